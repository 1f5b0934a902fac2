"""Words to one-letter classes (see ``tagged``): first each word by its form, then by the words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casualty_extract.analysis import Sentence, Token
from casualty_extract.analysis.grammar import Vocabulary

_STATE_REACH = 10  # tokens between "took" and "prisoner"
_MARKS = {",": ",", "(": "(", "[": "(", ")": ")", "]": ")"} | dict.fromkeys("\"'“”‘’«»", "q")
_PLAIN_MARKS = ',.;:!?()[]-–—…"“”'  # that are nothing else
_MOST_WORDS = 50_000  # that are remembered


class WordClasses:
    """Gives the words of a sentence their classes."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar, self._verbs, self._reporting = vocabulary.grammar, vocabulary.verbs, vocabulary.reporting
        self._past_suffixes = tuple(vocabulary.grammar.past_suffixes)
        self._class_of = _closed_classes(vocabulary)
        self._small = {mark: _MARKS.get(mark, ".") for mark in _PLAIN_MARKS}  # and words in small letters seen before
        self._joining = vocabulary.grammar.age_units | vocabulary.grammar.time_modifiers | {"."}
        self._settle: dict[str, Callable[[_Draft, int], None]] = {
            "T": self._settle_rate,
            "n": self._settle_noun,
            "p": self._settle_name,
            "S": self._settle_her,
            "D": self._settle_these,
            "I": self._settle_since,
            "V": self._settle_verb,
            "N": self._settle_compound,
            "U": self._settle_relative,
            "J": self._settle_state,
        }

    def tag(self, tokens: Sequence[Token], sentence: Sentence, quantities: Sequence[tuple[int, int]]) -> list[str]:
        """The tags of the tokens of a sentence. Quantities are (first, stop) ranges of number expressions."""
        first, small = sentence.first, self._small  # what has one class by its form, wherever it stands
        tags = [
            small[t.text] if t.text in small else self._by_form(tokens, i, sentence)
            for i, t in enumerate(tokens[first : sentence.stop], first)
        ]
        for start, stop in quantities:
            for i in range(start, stop):
                tags[i - first] = "Q"
        draft = _Draft(tokens, first, tags)
        joining = self._joining
        for k in [k for k, t in enumerate(tokens[first + 1 : sentence.stop - 1], 1) if t.lower in joining]:
            self._join_time(draft, k)
        for k, tag in enumerate(tags):  # a tag is settled at its own place or the one before, never ahead
            if tag in self._settle:
                self._settle[tag](draft, k)
        return tags

    # --- one word by its form ---------------------------------------------------------------------------------------

    def _by_form(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> str:
        token = tokens[i]
        if token.kind == "mark":
            return "s" if _is_possessive_mark(tokens, i, sentence) else _MARKS.get(token.text, ".")
        if token.kind == "number":
            named = i > sentence.first and tokens[i - 1].text[:1].isupper() and tokens[i - 1].kind == "word"
            return "#" if token.text[-1:].isdigit() and not named and "-" not in token.text else "n"  # "7th" is a word
        word = token.lower
        if word == "'s":
            return "s"
        tag = self._by_capitals(tokens, i, sentence, self._class_of.get(word) or self._open_class(word))
        if token.text == word and word.islower() and len(self._small) < _MOST_WORDS:
            self._small[word] = tag
        return tag

    def _open_class(self, word: str) -> str:
        """The class of a word that is in no closed class, by its ending: "shelled" N, "reportedly" A."""
        if word in self._grammar.not_verbs:
            return "n"
        if word in self._grammar.intransitives:
            return "V"
        if word.endswith("ed") and len(word) > 3:
            return "N"
        if word.endswith("ing") and len(word) > 4:
            return "G"
        if word in self._grammar.verbs or word in self._verbs:
            return "V"
        if word.endswith("ly") and len(word) > 4 and word not in self._grammar.not_adverbs:
            return "A"
        return "n"

    def _by_capitals(self, tokens: Sequence[Token], i: int, sentence: Sentence, tag: str) -> str:
        """The class of a word that may be a name for its capitals: "IS militants", "the Shining Path"."""
        text, word = tokens[i].text, tokens[i].lower
        capital = text[:1].isupper()
        if tag in "VN" and capital and not text[1:].islower() and not text.isupper() and len(text) > 2:
            return "p"  # "the LeT", "eThekwini"
        if tag not in "npNGVJ" and len(text) > 1 and text.isupper() and not _is_shouted(tokens, i, sentence):
            return "p"  # "US strikes"
        if tag in "NGn":
            named = capital and i > sentence.first and word not in self._verbs and word not in self._grammar.verbs
            if named and tag != "n" and text.isupper() and _is_shouted(tokens, i, sentence):
                return tag  # "WOUNDED SIX PERSONS AND CAUSED DAMAGE"
            return "p" if named else tag
        if tag == "A" and capital and self._is_name_in_ly(tokens, i, sentence):
            return "p"
        if tag != "T":
            return tag
        if capital:
            named = word in self._grammar.common_times and i > sentence.first
            return "p" if named and not _is_shouted(tokens, i, sentence) else tag  # the newspaper Dawn
        if word == "may":
            return "M"
        return "n" if word in self._grammar.noun_times else tag

    def _is_name_in_ly(self, tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
        """ "Mayor Reilly", "Reilly said": no adverb, by a capital that its neighbours do not have; not "12 Reportedly
        Killed" nor "Sadly, 12 died"."""
        if not tokens[i].lower.endswith("ly") or _is_shouted(tokens, i, sentence):
            return False
        after = tokens[i + 1] if i + 1 < sentence.stop else None
        if i == sentence.first:
            return after is not None and after.text in self._reporting
        return after is None or after.text[:1].islower() or after.kind == "mark"

    # --- the words beside it ----------------------------------------------------------------------------------------

    def _join_time(self, draft: _Draft, k: int) -> None:
        """Ages and times of several words: "a 10 year old boy", "last June", "Oct. 7"."""
        tags, word = draft.tags, draft.word(k)
        if word in self._grammar.age_units and draft.word(k + 1) == "old":
            tags[k - 1] = tags[k] = tags[k + 1] = "n"
        elif word in self._grammar.time_modifiers and tags[k + 1] == "T" and tags[k] in "nAp":
            tags[k] = "T"
        elif word == "." and tags[k - 1] == "T" and draft.token(k + 1).kind == "number":
            tags[k] = "T"
            tags[k + 1] = "T" if tags[k + 1] == "n" else tags[k + 1]

    def _settle_rate(self, draft: _Draft, k: int) -> None:
        """A time that tells a rate: "seven people a day"."""
        is_rate = draft.before(k) == "D" and draft.word(k - 1) in self._grammar.distributives
        if is_rate and draft.word(k) in self._grammar.time_spans:
            draft.tags[k - 1] = draft.tags[k] = "A"

    def _settle_name(self, draft: _Draft, k: int) -> None:
        """A form in -ing with an object: "cities killing dozens"; a headline's second verb: "Kills 3 Wounds 20"."""
        if draft.word(k).endswith("ing") and (_has_object(draft, k) or self._is_activity(draft, k)):
            draft.tags[k] = "G"
        elif self._is_next_result(draft, k):
            draft.tags[k] = "V"

    def _is_activity(self, draft: _Draft, k: int) -> bool:
        """ "comrades killed fighting Kurds": what they did when they were harmed."""
        return draft.word(k) in self._grammar.activities and draft.before(k) in "NJ" and draft.after(k) in "np"

    def _is_next_result(self, draft: _Draft, k: int) -> bool:
        """Whether a verb stands between two figures with no conjunction: "Kills Two Injures Three"."""
        word = draft.word(k)
        return draft.before(k) == draft.after(k) == "Q" and word.endswith("s") and word in self._verbs

    def _settle_noun(self, draft: _Draft, k: int) -> None:
        """A noun that is a verb here: "towns burying their dead", "which relies on", "sources report that"."""
        word = draft.word(k)
        if word.endswith("ing") and (_has_object(draft, k) or self._is_activity(draft, k)):
            draft.tags[k] = "G"
        elif self._is_next_result(draft, k) or _is_infinitive(draft, k) or self._is_predicate(draft, k):
            draft.tags[k] = "V"

    def _is_predicate(self, draft: _Draft, k: int) -> bool:
        """ "which relies on", "sources report that"."""
        word = draft.word(k)
        if draft.before(k) == "R" and word.endswith("s") and draft.after(k) in "IDSAQPpn":
            return True
        return draft.word_after(k) == "that" and f"{word} that" in self._verbs

    def _settle_her(self, draft: _Draft, k: int) -> None:
        """ "her" with no noun behind it is no possessive: "shot her in"."""
        if draft.word(k) == "her" and draft.after(k) not in "npNGQJADT":
            draft.tags[k] = "P"

    def _settle_these(self, draft: _Draft, k: int) -> None:
        """ "these" and "those" with an auxiliary behind them are pronouns: "two of these were found"."""
        if draft.after(k) in "BHM" and draft.word(k) in ("these", "those"):
            draft.tags[k] = "P"

    def _settle_compound(self, draft: _Draft, k: int) -> None:
        """ "machine gun-equipped vehicles": a participle with its object in front is no predicate."""
        if "-" in draft.word(k) and draft.before(k) in "np" and draft.after(k) in "np":
            draft.tags[k] = "n"

    def _settle_since(self, draft: _Draft, k: int) -> None:
        """ "since" in a verb group: "two have since died"."""
        if draft.word(k) == "since" and draft.before(k) == "H":
            draft.tags[k] = "A"

    def _settle_relative(self, draft: _Draft, k: int) -> None:
        """ "that" and "where" behind a noun: "the blast that killed"."""
        if draft.word(k) in self._grammar.relatives and draft.before(k) in "npJ,T)Q":
            draft.tags[k] = "R"

    def _settle_state(self, draft: _Draft, k: int) -> None:
        """A noun that is a state behind "taken" only: "a political prisoner", not "took nine men prisoner"."""
        if draft.word(k) not in self._grammar.noun_states:
            return
        before = (draft.word(i) for i in range(max(0, k - _STATE_REACH), k))
        if self._grammar.takes.isdisjoint(before):
            draft.tags[k] = "n"

    def _settle_verb(self, draft: _Draft, k: int) -> None:
        """A verb form that is a noun here: "air strikes kill", "the fall"."""
        word = draft.word(k)
        if word.endswith(self._past_suffixes) or word in self._grammar.past_forms:
            is_noun = draft.before(k) in "DS" and word not in self._grammar.sure_verbs
        else:
            is_noun = self._is_base_noun(draft, k, word)
        if is_noun and not self._is_next_result(draft, k):
            draft.tags[k] = "n"

    def _is_base_noun(self, draft: _Draft, k: int, word: str) -> bool:
        """Whether a form in -s or a base form is a noun: "a media report", not "officials report"."""
        before, after = draft.before(k), draft.after(k)
        if word in self._grammar.copulas and before == "Q":
            return False  # "nine remain in custody"
        bare = k == 0 or before in "np"  # nothing or a noun in front
        if before in "DSIsQ" or after in "VBHM" or (bare and after == "N"):
            return True
        opens = k == 0 and after == "I"  # "Reports on Sunday said"
        if word.removesuffix("s") in self._grammar.noun_verbs and (opens or _is_after_according(draft, k)):
            return True
        if word in self._grammar.noun_verbs:
            if bare and draft.word_after(k) == "that":
                return False
            if before in "npJ" and _is_behind_preposition(draft, k):
                return True  # "killed by Israeli forces in the city"
            if bare and not self._has_base_subject(draft, k):
                return True
        if after in ".," and bare and word in self._verbs and "I" not in draft.tags[max(0, k - 4) : k]:
            return False  # "..., the survey estimates."
        return after not in "QDSPnpUARXJNGI"

    def _has_base_subject(self, draft: _Draft, k: int) -> bool:
        """Whether the word in front can be the subject of a base form: "officials say", "police say"."""
        if k > 1 and draft.word(k - 2) in ("a", "an"):
            return False
        word = draft.word(k - 1)
        return word.endswith("s") or word in self._grammar.base_subjects


class _Draft:
    """The tags of a sentence while they are settled; k counts from its first token."""

    __slots__ = ("_first", "_tokens", "tags")

    def __init__(self, tokens: Sequence[Token], first: int, tags: list[str]) -> None:
        self._tokens, self._first, self.tags = tokens, first, tags

    def token(self, k: int) -> Token:
        return self._tokens[self._first + k]

    def word(self, k: int) -> str:
        return self._tokens[self._first + k].lower

    def word_after(self, k: int) -> str:
        return self._tokens[self._first + k + 1].lower if k + 1 < len(self.tags) else ""

    def before(self, k: int) -> str:
        return self.tags[k - 1] if k else "."

    def after(self, k: int) -> str:
        return self.tags[k + 1] if k + 1 < len(self.tags) else "."


def _closed_classes(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word of a closed class with its tag; of a word in several classes the first counts."""
    g = vocabulary.grammar
    classes = (
        ("T", ("may",)), ("U", ("that", "where")), ("B", g.be), ("H", g.have), ("M", g.modals - {"to"}),
        ("X", g.negations), ("R", g.relatives - {"whose"}), ("T", g.times), ("S", g.possessives), ("D", g.determiners),
        ("P", g.pronouns), ("C", g.conjunctions), ("I", g.prepositions), ("U", g.subordinators), ("A", g.adverbs),
        ("J", vocabulary.states), ("N", g.participles),
    )  # fmt: skip
    found: dict[str, str] = {}
    for tag, forms in classes:
        for form in forms:
            found.setdefault(form, tag)
    return found


def _is_possessive_mark(tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
    """Whether an apostrophe makes a possessive: "the miners' union"."""
    return (
        tokens[i].text in ("'", "’")
        and tokens[i].gap == 0
        and i > sentence.first
        and tokens[i - 1].lower.endswith("s")
        and i + 1 < sentence.stop
        and tokens[i + 1].kind == "word"
        and tokens[i + 1].gap > 0
    )


def _is_shouted(tokens: Sequence[Token], i: int, sentence: Sentence) -> bool:
    """Whether a neighbour is in capitals too: then capitals say nothing."""
    near = tokens[max(sentence.first, i - 2) : min(sentence.stop, i + 3)]
    others = [t for t in near if t.kind == "word" and t is not tokens[i]]
    return bool(others) and sum(t.text.isupper() for t in others) * 2 > len(others)


def _has_object(draft: _Draft, k: int) -> bool:
    """Whether a form in -ing stands in front of its object: "killing dozens"."""
    return k > 0 and draft.after(k) in "QDSP" and draft.before(k) not in "DSI"


def _is_infinitive(draft: _Draft, k: int) -> bool:
    """Whether a word with an object stands behind "used to" and the like: "who used to visit the farm"."""
    return k > 1 and draft.word(k - 1) == "to" and draft.before(k - 1) in "NV" and draft.after(k) in "DSP"


def _is_after_according(draft: _Draft, k: int) -> bool:
    """ "according to preliminary reports on Sunday": no verb stands in what "according to" names."""
    i = k - 1
    while i > 0 and draft.tags[i] in "npJDSsNA":
        i -= 1
    return i > 0 and draft.word(i) == "to" and draft.word(i - 1) == "according"


def _is_behind_preposition(draft: _Draft, k: int) -> bool:
    """Whether the nouns in front of a word are led by a preposition: "by Israeli forces"."""
    i = k - 1
    while i >= 0 and draft.tags[i] in "npJDSs":
        i -= 1
    return i >= 0 and draft.tags[i] == "I"
