"""Sayings of one sentence: who says something, by which cue, and over which tokens the content runs.

Terms of PARC and PolNeAR: a cue ("said"), its sources, its content. A relay stands nearer the reader than the source
("told AFP"), an origin farther away ("citing residents").

``finder`` holds the order of the rules; ``verbs``, ``frames`` and ``headlines`` read a cue each in their way, with what
``subjects``, ``inversion``, ``hearers``, ``documents`` and ``sources`` know of sources and ``content`` of contents.
All of them ask one ``context``.
"""

from casualty_extract.stages.sayings.finder import SayingFinder

__all__ = ["SayingFinder"]
