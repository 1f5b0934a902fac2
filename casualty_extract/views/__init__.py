"""What people look at: reports and reconciled tolls as HTML and as plain text. No script, no request to any network."""
