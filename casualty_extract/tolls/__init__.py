"""What the claims of a text come to: the toll of each harm, what it rests on and leaves out, and by which policy."""

from casualty_extract.tolls.parts import SumCheck, check_sums
from casualty_extract.tolls.policy import BEST, Policy
from casualty_extract.tolls.statements import Bounds, Statement, bounds_of, speakers
from casualty_extract.tolls.sums import Outcome, narrowed_toll, sum_tolls, weigh

__all__ = [
    "BEST",
    "Bounds",
    "Outcome",
    "Policy",
    "Statement",
    "SumCheck",
    "bounds_of",
    "check_sums",
    "narrowed_toll",
    "speakers",
    "sum_tolls",
    "weigh",
]
