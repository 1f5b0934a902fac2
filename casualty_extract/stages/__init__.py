"""Grammar: one module a stage. No stage imports another; what they hand on is in `mentions`."""
