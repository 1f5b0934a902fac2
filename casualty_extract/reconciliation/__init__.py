"""What many texts of the same event come to: who gives which figure, who agrees, and how it moved."""

from casualty_extract.reconciliation.reconciler import reconcile
from casualty_extract.reconciliation.types import (
    ENDS,
    Agreement,
    Event,
    EventToll,
    Figure,
    LeftOut,
    Quotation,
    Reconciliation,
)

__all__ = [
    "ENDS",
    "Agreement",
    "Event",
    "EventToll",
    "Figure",
    "LeftOut",
    "Quotation",
    "Reconciliation",
    "reconcile",
]
