"""The flow, whole: text to report. The only place that states the order of the stages."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from casualty_extract.analysis import Analyzer, Document, Reading, Sentence
from casualty_extract.analysis.dateline import find_dateline
from casualty_extract.analysis.text import read_text, split_sections
from casualty_extract.analysis.unread import Unread
from casualty_extract.model import Claim, Rejection
from casualty_extract.report import Report
from casualty_extract.rules.gate import Gate
from casualty_extract.rules.types import Rules
from casualty_extract.stages.attribution import Desk
from casualty_extract.stages.circumstances import Circumstances, find_circumstances
from casualty_extract.stages.claims import Phrases, bind, may_bind
from casualty_extract.stages.harms import find_harms
from casualty_extract.stages.mentions import HarmCue, Mention, Number, People, Refusal, Saying
from casualty_extract.stages.numbers import find_numbers
from casualty_extract.stages.parts import Context, find_parts, may_recall, recall
from casualty_extract.stages.qualifiers import find_qualifiers, qualify_scope, qualify_status
from casualty_extract.stages.reference import resolve_names
from casualty_extract.stages.rejections import explain_refusals, show
from casualty_extract.stages.resolution import resolve_claims
from casualty_extract.stages.sayings import SayingFinder
from casualty_extract.stages.spans import make_claim
from casualty_extract.stages.victims import find_victims
from casualty_extract.tolls import sum_tolls


class Sighting(NamedTuple):
    """A number of a text, whether any claim takes it or not: str offsets, and what the first stages make of it.

    ``kind`` is that of a number expression ("figure", "article", ...), "" where a guard refuses it; ``reason`` is the
    guard's, None where none does; ``shown`` are the words that show the reason; ``harmful``: a harm word stands in its
    sentence.
    """

    text: str
    start: int
    end: int
    kind: str
    reason: str | None
    shown: str
    harmful: bool


BEFORE = 200  # mentions before a sentence among which the whole of a part is looked for; no article has as many
AFTER = 2  # sentences behind one with a harm word in which a part of its figure may stand


class Pipeline:
    """One way to read texts: rules and an analyzer, both made once. Threads may share it."""

    def __init__(self, rules: Rules, analyzer: Analyzer, gate: Gate, settings: Mapping[str, Any], library: str) -> None:
        self._rules, self._analyzer, self._gate = rules, analyzer, gate
        self._settings, self._library = settings, library

    @property
    def rules(self) -> Rules:
        """The lexicons in use."""
        return self._rules

    @property
    def analyzer(self) -> Analyzer:
        """What reads the sentences."""
        return self._analyzer

    def with_analyzer(self, analyzer: Analyzer) -> Pipeline:
        """The same pipeline over another analyzer."""
        return Pipeline(self._rules, analyzer, self._gate, self._settings, self._library)

    def extract(self, text: str, meta: Mapping[str, Any] | None = None) -> Report:
        """The report of one text. Raises TypeError for a text that is no ``str`` and a meta that is no mapping."""
        if not isinstance(text, str):
            raise TypeError(f"text must be str, not {type(text).__name__}")
        if meta is not None and not isinstance(meta, Mapping):
            raise TypeError(f"meta must be a mapping, not {type(meta).__name__}")
        about = dict(meta) if meta else {}
        dateline = find_dateline(text)
        if dateline and "dateline" not in about:
            about["dateline"] = text[slice(*dateline)].strip()
        claims: list[Claim] = []
        rejections: list[Rejection] = []
        sentences: dict[str, int] = {}
        count = 0
        for first, last in split_sections(text):
            if not self._gate.opens(text[first:last]):
                continue
            document = read_text(text, first, last, self._rules.openings.find, lambda _: dateline)
            found, numbers, refused = self._read(document)
            claims += found
            rejections += refused
            sentences |= {id_: count + number for id_, number in numbers.items()}
            count += len(document.sentences)
        tolls = sum_tolls(claims, sentences=sentences) if claims else {}
        return Report(
            text=text, claims=tuple(claims), tolls=tolls, rejections=tuple(rejections), meta=about,
            pipeline=self._analyzer.name, settings=self._settings, library=self._library,
        )  # fmt: skip

    def _read(self, document: Document) -> tuple[list[Claim], dict[str, int], tuple[Rejection, ...]]:
        """The claims of a text, or of a section of it, with the sentence of each by its id, and the numbers refused."""
        found = Sentences(document, self._rules, self._analyzer)
        mentions = found.bind()
        if not mentions:
            return [], {}, explain_refusals(document, found.refused, found.unbound(mentions), self._rules)
        claims = found.qualify(mentions)
        desk = Desk(document, found.reading, found.sayings, self._rules)
        attributions, links = desk.attribute_claims(claims, mentions), partial(desk.links, mentions[-1].sentence)
        claims = resolve_names(document, claims, attributions, links, self._rules)
        claims, sentences = resolve_claims(document, claims, mentions, self._rules)
        refused = explain_refusals(document, found.refused, found.unbound(mentions), self._rules)
        return claims, sentences, refused

    def sight_numbers(self, text: str) -> tuple[Sighting, ...]:
        """Every number of a text in order, those of sentences without harm words too, which `extract` never reads."""
        found: list[Sighting] = []
        for first, last in split_sections(text):
            found += self._sight(read_text(text, first, last, self._rules.openings.find))
        return tuple(sorted(found, key=lambda s: (s.start, s.end)))

    def _sight(self, document: Document) -> list[Sighting]:
        rules = self._rules
        found: list[Sighting] = []
        for sentence in document.sentences:
            numbers, refused = find_numbers(document.tokens, sentence, rules)
            harmful = bool(find_harms(document, sentence, rules))
            places: list[tuple[int, int, str, str | None]] = [(n.first, n.stop, n.kind, None) for n in numbers]
            places += [(r.first, r.stop, "", r.reason) for r in refused]
            for first, stop, kind, reason in places:
                shown = show(document, sentence, first, stop, reason, rules)
                found.append(Sighting(*document.slice(first, stop), kind, reason, shown, harmful))
        return found

    def pipe(self, texts: Iterable[Any], **options: Any) -> Generator[Any, None, None]:
        """The reports of a stream of texts; the options are those of `casualty_extract.pipe`, but for the pipeline."""
        from casualty_extract.streams import pipe

        return pipe(self, texts, **options)


class Sentences:
    """The sentences of one document through the stages that read a sentence at a time."""

    def __init__(self, document: Document, rules: Rules, analyzer: Analyzer) -> None:
        self.document, self.rules, self.analyzer = document, rules, analyzer
        self.numbers: dict[int, tuple[Number, ...]] = {}
        self.cues: dict[int, tuple[HarmCue, ...]] = {}
        self.refused: list[Refusal] = []
        self._readings: dict[int, Reading] = {}
        self._people: dict[tuple[int, int, int], People] = {}  # by the place of their noun phrase
        self._empty: set[int] = set()  # sentences in which nobody can be bound, whatever a parse says
        self._around_of: dict[int, Circumstances] = {}  # by the identity of the mention

    def reading(self, index: int) -> Reading:
        """The reading of a sentence, made where first asked for."""
        if index not in self._readings:
            sentence = self.document.sentences[index]
            if index not in self.numbers:
                self.numbers[index], _ = find_numbers(self.document.tokens, sentence, self.rules)
            quantities = [(n.first, n.stop) for n in self.numbers[index] if n.kind != "article"]
            self._readings[index] = self.analyzer.read(self.document, sentence, quantities)
        return self._readings[index]

    def _reading_later(self, index: int) -> Reading:
        """The reading of a sentence that may not be needed: made at the first question to it."""
        return self._readings.get(index) or Unread(self.document.sentences[index], lambda: self.reading(index))

    def read_people(self, first: int, stop: int, extent: int) -> People:
        """The people in a noun phrase without its number (see `find_victims`), which several rules ask about."""
        place = (first, stop, extent)
        if place not in self._people:
            self._people[place] = find_victims(self.document.tokens, first, stop, extent, self.rules)
        return self._people[place]

    def bind(self) -> list[Mention]:
        """The mentions of the text, in order."""
        self._scan()
        mentions: list[Mention] = []
        for index, sentence in enumerate(self.document.sentences):
            cues = self.cues.get(index, ())
            if not cues and not self._may_follow(mentions, index):
                continue
            if index not in self.numbers:
                self.numbers[index], _ = find_numbers(self.document.tokens, sentence, self.rules)
            numbers = self.numbers[index]
            if not numbers and not cues:
                continue
            if index in self._empty and not mentions:
                continue
            harmed = bool(cues and numbers)  # then somebody is bound nearly always
            phrases = self._phrases(index, self.reading(index) if harmed else self._reading_later(index))
            bound = bind(phrases, index) if cues and index not in self._empty else []
            if numbers or bound:
                mentions += find_parts(self._context(index, phrases, bound, mentions))
            if cues and may_recall(mentions, index):
                mentions += recall(self._context(index, phrases, bound, mentions))
        return mentions

    def _phrases(self, index: int, reading: Reading) -> Phrases:
        """A sentence for the rules of binding."""
        first, stop, _ = self.document.sentences[index]
        words = set(self.document.words[first:stop])
        numbers, cues = self.numbers[index], self.cues.get(index, ())
        return Phrases(self.document.tokens, reading, numbers, cues, self.rules, self.read_people, words)

    def _context(self, index: int, sentence: Phrases, bound: Sequence[Mention], mentions: Sequence[Mention]) -> Context:
        """The same sentence for the rules of parts, with what is bound in it and the mentions before."""
        return Context(
            self.document, index, sentence.reading, sentence.numbers, sentence.cues, tuple(bound),
            tuple(mentions[-BEFORE:]), self.rules, self.read_people, sentence.words,
        )  # fmt: skip

    def _scan(self) -> None:
        """Harm words and the numbers beside them. An analyzer that parses is told which sentences will be asked about,
        those with numbers behind them too, so that it may parse them together."""
        last, parses = -AFTER - 1, self.analyzer.parses
        expected: list[Sentence] = []
        for index, sentence in enumerate(self.document.sentences):
            cues = find_harms(self.document, sentence, self.rules)
            if not cues and (not parses or index - last > AFTER):
                continue  # its numbers are looked for where a figure has been bound before
            self.numbers[index], refused = find_numbers(self.document.tokens, sentence, self.rules)
            if cues:
                self.cues[index], last = cues, index
                self.refused += refused
            if parses and cues and self._is_empty(index):
                self._empty.add(index)
            elif cues or self.numbers[index]:
                expected.append(sentence)
        self.analyzer.expect(self.document, expected)

    def _is_empty(self, index: int) -> bool:
        """Whether a parse is not worth its time: word order binds nobody to the harm words, and nobody is there whom a
        parse could bind."""
        phrases = self._phrases(index, self.reading(index).plain)
        return not may_bind(phrases) and not bind(phrases, index)

    def _may_follow(self, mentions: Sequence[Mention], index: int) -> bool:
        """A sentence without harm words may still hold a part of the figure in one of the two sentences before."""
        return bool(mentions) and index - mentions[-1].sentence <= AFTER

    def qualify(self, mentions: Sequence[Mention]) -> list[Claim]:
        """The mentions as claims, with status and scope."""
        claims: list[Claim] = []
        together: dict[int, list[Mention]] = {}
        for mention in mentions:
            together.setdefault(mention.sentence, []).append(mention)
        triggers = {
            index: find_qualifiers(self.document, self.document.sentences[index], self.rules) for index in together
        }
        for mention in mentions:
            sentence = self.document.sentences[mention.sentence]
            status = qualify_status(mention, triggers[mention.sentence], self.document, sentence, self.rules)
            scope = qualify_scope(mention, triggers[mention.sentence], self.document, sentence, self.rules)
            around = self._around(mention, together[mention.sentence])
            claims.append(make_claim(mention, self.document, status, scope, around))
        return claims

    def _around(self, mention: Mention, together: Sequence[Mention]) -> Circumstances:
        """The circumstances of a mention; place and time of a claim of its sentence where its own clause names none."""
        around = self._circumstances(mention)
        place, time = around.place, around.time
        for other in together:
            if place and time:
                break
            beside = self._circumstances(other)
            place, time = place or beside.place, time or beside.time
        return around._replace(place=place, time=time)

    def _circumstances(self, mention: Mention) -> Circumstances:
        """What a mention's own clause says of who, by what, where and when, read once."""
        if id(mention) not in self._around_of:
            reading = self.reading(mention.sentence)
            self._around_of[id(mention)] = find_circumstances(mention, self.document.tokens, reading, self.rules)
        return self._around_of[id(mention)]

    def sayings(self, index: int) -> list[Saying]:
        """The sayings of a sentence."""
        return SayingFinder(self.document, self._reading_later(index), self.rules).find()

    def unbound(self, mentions: Sequence[Mention]) -> list[Number]:
        """The figures of sentences with harm words that no claim took."""
        taken = {(m.sentence, m.number.core) for m in mentions}
        return [
            n
            for i, numbers in self.numbers.items()
            if self.cues.get(i)
            for n in numbers
            if (i, n.core) not in taken and n.kind in ("figure", "vague")
        ]
