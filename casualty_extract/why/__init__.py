"""Why: which rule read each part of a claim, and why a number of the text is none."""

from casualty_extract.why.answers import Answer, Explanation, Reason, WhyNot
from casualty_extract.why.explaining import explain_claim
from casualty_extract.why.refusing import why_not

__all__ = ["Answer", "Explanation", "Reason", "WhyNot", "explain_claim", "why_not"]
