"""Relations between the claims of a text, the episodes that it tells of, and the tolls that it comes to."""

from casualty_extract.stages.resolution.resolver import resolve_claims

__all__ = ["resolve_claims"]
