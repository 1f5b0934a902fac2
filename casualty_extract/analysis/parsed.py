"""One sentence by its dependency parse: it says who does what to whom; where it says nothing, word order does.

The words of a phrase are those of the rule-based reading, so that stages meet phrases of one shape; the parse adds how
phrases and predicates hang together. Small models stumble over headlines, gapped verbs and text without marks; each
correction below that prefers word order names what the parse gets wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from casualty_extract.analysis import Clause, Document, Phrase, Reading
from casualty_extract.analysis.tree import Tree

_SUBJECTS, _OBJECTS = frozenset(("nsubj", "nsubjpass")), frozenset(("dobj", "obj"))
_COORDINATED, _AGENT, _OF_AGENT = frozenset(("conj",)), frozenset(("agent",)), frozenset(("pobj",))
_CONTENT = frozenset(("ccomp", "parataxis"))
_INHERITING = frozenset(("conj", "xcomp", "advcl", "oprd", "acomp", "attr", "ccomp", "dep"))  # of the head's subject
_CONTROLLED = frozenset(("xcomp", "oprd", "ccomp", "acomp"))  # said of the head's object: "left 640 families homeless"
_RELATIVES = frozenset(("WP", "WDT"))
_FINITE = frozenset(("VBZ", "VBP", "VBD", "MD"))


class ParsedReading:
    """One sentence by its parse, with the reading by word order (``plain``) to correct and to fall back on.

    ``parse`` gives the tree; it is asked once, at the first question that needs it.
    """

    def __init__(
        self, document: Document, plain: Reading, quantities: Iterable[tuple[int, int]], parse: Callable[[], Tree]
    ) -> None:
        self.sentence = plain.sentence
        self._document, self._plain, self._parse = document, plain, parse
        self._quantities = tuple(quantities)

    @property
    def plain(self) -> Reading:
        """The reading by word order, for which nothing is parsed."""
        return self._plain

    @cached_property
    def _tree(self) -> Tree:
        return self._parse()

    # --- phrases ----------------------------------------------------------------------------------------------------

    def phrase(self, token: int) -> Phrase | None:
        """The phrase by word order, without a finite verb at its end ("the coroner estimated")."""
        phrase = self._plain.phrase(token)
        last = phrase.stop - 1 if phrase else token
        if phrase is None or last == phrase.first or self._tree.tag(last) not in _FINITE:
            return phrase
        return Phrase(phrase.first, last, last - 1, last) if token < last else None

    def group(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those coordinated with it."""
        return self._linked(self._cut(self._plain.group(phrase)))

    def after(self, token: int) -> tuple[Phrase, ...]:
        """The group that begins at the token."""
        return self._linked(self._cut(self._plain.after(token)))

    def before(self, token: int) -> tuple[Phrase, ...]:
        """The group that ends right before the token."""
        return self._cut(self._plain.before(token))

    def _linked(self, group: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        """A group with what the parse joins to its last phrase: "the loss of five nurses and two cooks shocked"."""
        if not group:
            return ()
        last = group[-1]
        linked = self._phrases(last.head, self.sentence.stop, self.sentence.stop)
        return (*group, *(p for p in linked if p.first >= last.stop))

    def _cut(self, group: Sequence[Phrase]) -> tuple[Phrase, ...]:
        return tuple(p for p in (self.phrase(q.first) for q in group) if p)

    def _is_counted(self, group: Sequence[Phrase]) -> bool:
        return any(p.first < stop and first < p.stop for p in group for first, stop in self._quantities)

    # --- clauses by both readings -----------------------------------------------------------------------------------

    def clause(self, first: int, stop: int) -> Clause:
        """The clause by the parse, corrected by word order; that of word order where the parse knows no argument."""
        plain = self._plain.clause(first, stop)
        parsed = self._parsed(first, stop)
        if parsed is None or (plain.passive and not parsed.passive and parsed.object):
            return plain  # "three civilians killed 12 others injured": word order knows lists of results
        if parsed.passive and self._is_counted(plain.object) and not self._is_counted(parsed.subject):
            return plain  # "shells fired by rebels killed and injured five": no participle of the agent
        if plain.passive and (self._is_counted(parsed.subject) or not self._has_content(parsed)):
            parsed = parsed._replace(passive=True)  # "two suspects killed when": a bare participle
        near = self._plain.before(first)[-1:]
        if self._is_counted(near) and not parsed.object and not self._holds(parsed.subject, near[0]):
            return plain  # "19 were killed and 71 others injured": the auxiliary is left out
        subject = parsed.subject
        if plain.passive == parsed.passive:
            subject = _joined(self._nearer(parsed, plain), plain.subject)
        if parsed.passive:
            if self._is_counted(plain.subject) and not self._is_counted(subject):
                subject = plain.subject
            return Clause(first, subject or plain.subject, (), True, _joined(parsed.agent, plain.agent) or plain.agent)
        objects = _joined(parsed.object, plain.object) or plain.object
        if self._is_counted(plain.object) and not self._is_counted(objects):
            objects = plain.object
        if plain.object and objects and plain.object[0].first == stop and objects[0].first > plain.object[-1].stop:
            objects = plain.object  # "have hanged a prisoner in Harl [Tessel] prison": what stands right behind
        return Clause(first, subject or plain.subject, objects, False)

    def subject(self, first: int, stop: int) -> tuple[Phrase, ...]:
        """The subject of that clause, which both readings tell by the whole of it."""
        return self.clause(first, stop).subject

    def _has_content(self, clause: Clause) -> bool:
        """Whether a clause hangs on a predicate as on a verb of saying ("CTV News reported Sunday")."""
        return self._tree.child(clause.predicate, _CONTENT) is not None

    def _holds(self, group: Sequence[Phrase], phrase: Phrase) -> bool:
        """Whether a phrase is one of a group or hangs on one of it."""
        return not {p.head for p in group}.isdisjoint(self._tree.path(phrase.head))

    def _nearer(self, parsed: Clause, plain: Clause) -> tuple[Phrase, ...]:
        """The subject of word order where it stands between that of the parse and the verb and is no part of it."""
        if not parsed.subject or not plain.subject or set(parsed.subject) & set(plain.subject):
            return parsed.subject
        far, near = parsed.subject[-1].head, plain.subject[-1].head
        if not far < near < parsed.predicate:
            return parsed.subject
        if self._tree.dep(near) == "pobj" and self._tree.head(near) != plain.subject[-1].first - 1:
            return plain.subject  # "on Thursday state news agency SANA reported"
        for i in self._tree.path(near):
            if i == far:
                return parsed.subject
            if self._tree.dep(i) in ("appos", "conj", "npadvmod"):
                break
        return plain.subject

    # --- clauses by the parse ---------------------------------------------------------------------------------------

    def _parsed(self, first: int, stop: int) -> Clause | None:
        """The clause of the cue's topmost token, where it is a verb or an adjective said of something."""
        tree = self._tree
        top = min(range(first, stop), key=lambda i: sum(1 for _ in tree.path(i)))
        if not tree.tag(top).startswith(("VB", "JJ")) or tree.dep(top) == "amod":
            return None
        passive = self._is_passive(top)
        subject = self._phrases(self._subject(top), first, stop)
        objects = () if passive else self._phrases(self._object(top), first, stop)
        agent = self._phrases(self._agent(top), first, stop) if passive else ()
        return Clause(first, subject, objects, passive, agent) if subject or objects else None

    def _is_passive(self, i: int) -> bool:
        tree = self._tree
        if tree.child(i, frozenset(("nsubjpass", "auxpass"))) is not None:
            return True
        if tree.tag(i) not in ("VBN", "VBD") or tree.child(i, frozenset(("nsubj", "dobj"))) is not None:
            return False
        if tree.dep(i) in ("acl", "oprd"):
            return True
        inherits = tree.dep(i) in ("conj", "xcomp", "ccomp") and tree.tag(i) == "VBN"
        return inherits and tree.child(i, frozenset(("aux",))) is None and self._is_passive(tree.head(i))

    def _subject(self, i: int) -> int | None:
        """The head of the subject: its own, a noun that it modifies, or what the verb says that it hangs on."""
        tree, dep = self._tree, self._tree.dep(i)
        head, own = tree.head(i), tree.child(i, _SUBJECTS)
        if own is not None:
            return head if dep == "relcl" and tree.tag(own) in _RELATIVES else own
        if dep == "acl":
            return head
        if dep in _CONTROLLED or (dep == "advcl" and tree.tag(i) == "JJ"):
            over = tree.child(head, _OBJECTS)
            if over is not None and over < i:
                return over
        if dep not in _INHERITING or (dep == "advcl" and tree.tag(i) == "VBN"):
            return None
        return self._subject(head) if tree.tag(head).startswith(("VB", "MD", "JJ")) else None

    def _object(self, i: int) -> int | None:
        """The head of the object: its own, or that of a verb coordinated behind it ("killed and wounded 40")."""
        tree, own = self._tree, self._tree.child(i, _OBJECTS)
        if own is not None:
            return tree.head(i) if tree.dep(i) == "relcl" and tree.tag(own) in _RELATIVES else own
        for k in tree.children(i, _COORDINATED):
            if tree.tag(k).startswith("VB") and tree.child(k, _SUBJECTS) is None:
                return self._object(k)
        return None

    def _agent(self, i: int) -> int | None:
        by = self._tree.child(i, _AGENT)
        return None if by is None else self._tree.child(by, _OF_AGENT)

    def _phrases(self, head: int | None, first: int, stop: int) -> tuple[Phrase, ...]:
        """The phrase of a noun and those coordinated with it, all on its side of the cue at first..stop-1."""
        found: list[Phrase] = []
        left = head is not None and head < first
        while head is not None and (head < first) == left and not first <= head < stop:
            phrase = self.phrase(head)
            if phrase is None or phrase.first <= first < phrase.stop:
                break
            phrase = self._outer(head, phrase)
            if phrase not in found:
                found.append(phrase)
            head = self._tree.child(head, _COORDINATED)
        return tuple(found)

    def _outer(self, head: int, phrase: Phrase) -> Phrase:
        """The counted phrase whose complement a phrase is ("thousands of civilians fleeing"), else the phrase."""
        of = self._tree.head(head)
        outer = self.phrase(self._tree.head(of)) if self._document.tokens[of].lower == "of" else None
        if outer is None or outer.extent < phrase.stop or self._is_counted((phrase,)):
            return phrase
        return outer if self._is_counted((outer,)) else phrase


def _joined(parsed: tuple[Phrase, ...], plain: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The group of both readings where they share a phrase, else that of the parse."""
    return tuple(sorted({*parsed, *plain})) if set(parsed) & set(plain) else parsed
