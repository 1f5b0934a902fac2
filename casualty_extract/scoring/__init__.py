"""How well a pipeline does on gold: the claims found are paired with those expected, and each pair is measured.

Gold and found claims are paired one to one where their counts overlap, the best fit first: harm, then bounds, then
victims' category, then the longest overlap. Optional gold claims are neither hits nor errors, nor are implicit claims
(no number word) that match none. What gold accepts besides (``also``) counts as right. Over the pairs:

    found      the harm is right                          value    value, low and high, given found
    number     found, and value, low, high are right      chain    every link of the attribution, given found
    victims    number, and the victims' category          name     the resolved name, where gold has one that its
    claimant   number, and the origin of the figure                words do not say
    full       number, victims, claimant and status       returned numbers that count no victims (``not_claims``),
    part_of    the ties to a whole, any mention of the             returned as a count
               same figure of the same harm will do

found to part_of are precision, recall and F1, with a bootstrap interval of F1 over texts (95 %). Two sources are the
same where they share half of the stretch that both cover together, or half of their words or names.
"""

from casualty_extract.scoring.measuring import Extract, score
from casualty_extract.scoring.pairing import pair_claims
from casualty_extract.scoring.sources import same_origin
from casualty_extract.scoring.types import GIVEN, LEVELS, Measure, Mistake, Score

__all__ = ["GIVEN", "LEVELS", "Extract", "Measure", "Mistake", "Score", "pair_claims", "same_origin", "score"]
