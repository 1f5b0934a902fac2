"""The class of a word by the words beside it: nouns that are verbs here, verbs that are nouns, longer times."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casualty_extract.analysis import Token
from casualty_extract.analysis.grammar import Vocabulary

_SETTLED = frozenset(("her", "these", "those", "either", "since"))
_SHOWS = frozenset(("show", "shows"))  # nouns in front of "of": "in a rare show of support"
_STATE_REACH = 10  # tokens between "took" and "prisoner"


class Draft:
    """The tags of a sentence while they are settled; k counts from its first token."""

    __slots__ = ("_first", "_tokens", "tags", "words")

    def __init__(self, tokens: Sequence[Token], first: int, words: Sequence[str], tags: list[str]) -> None:
        self._tokens, self._first, self.tags = tokens, first, tags
        self.words = (*words, "")  # so that the last word has one behind it too

    def places(self, words: frozenset[str]) -> list[int]:
        """Where one of these words stands, but for the first and the last token."""
        return [k for k, word in enumerate(self.words[1:-2], 1) if word in words]

    def token(self, k: int) -> Token:
        """The token at k."""
        return self._tokens[self._first + k]

    def word(self, k: int) -> str:
        """The lower word at k."""
        return self.words[k]

    def word_after(self, k: int) -> str:
        """The lower word behind k; "" at the end."""
        return self.words[k + 1]

    def before(self, k: int) -> str:
        """The tag in front of k; that of a mark at the start."""
        return self.tags[k - 1] if k else "."

    def after(self, k: int) -> str:
        """The tag behind k; that of a mark at the end."""
        return self.tags[k + 1] if k + 1 < len(self.tags) else "."


class Neighbours:
    """Settles the classes that words have by their form where the words beside them show another."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar, self._verbs = vocabulary.grammar, vocabulary.verbs
        self._past_suffixes = tuple(vocabulary.grammar.past_suffixes)
        grammar = vocabulary.grammar
        self._behind = grammar.postmodifiers | grammar.reflexives
        self._joining = grammar.age_units | grammar.time_modifiers | self._behind | {"."}
        self._settle: dict[str, Callable[[Draft, int], None]] = {
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
        self._settled = grammar.time_spans | grammar.relatives | grammar.noun_states | _SETTLED  # of the small classes

    def settle(self, draft: Draft) -> None:
        """Changes the tags of a sentence in place: a tag at its own place or the one before, never ahead."""
        for k in draft.places(self._joining):
            if draft.words[k] == ".":
                _join_stop(draft, k, self._grammar.titles)
            elif draft.words[k] in self._behind:
                self._part_behind(draft, k)
            else:
                self._join_time(draft, k)
        words, settle, settled = draft.words, self._settle, self._settled
        for k, tag in enumerate(draft.tags):
            if tag in "np":  # few of the many nouns
                if words[k][-1:] not in "sg" and words[k - 1] != "to" and words[k + 1] != "that":
                    continue
            elif tag not in "VN" and words[k] not in settled:
                continue
            if tag in settle:
                settle[tag](draft, k)

    def _join_time(self, draft: Draft, k: int) -> None:
        """Ages and times of several words: "a 10 year old boy", "last June"."""
        tags, word = draft.tags, draft.word(k)
        if word in self._grammar.age_units and draft.word(k + 1) == "old":
            tags[k - 1] = tags[k] = tags[k + 1] = "n"
        elif word in self._grammar.time_modifiers and tags[k + 1] == "T" and tags[k] in "nAp":
            tags[k] = "T"
        elif word in self._grammar.time_modifiers and tags[k] == "n" and tags[k - 1] == "Q" and tags[k + 1] == "I":
            tags[k] = "A"  # "stood at 14 late on Sunday"

    def _part_behind(self, draft: Draft, k: int) -> None:
        """What stands behind a noun and is none: "fighters loyal to", "the mayor himself said"."""
        reflexive = draft.word(k) in self._grammar.reflexives
        if draft.before(k) in "np" and draft.after(k) in ("VNBHMA" if reflexive else "I"):
            draft.tags[k] = "A"

    def _settle_rate(self, draft: Draft, k: int) -> None:
        """A time that tells a rate: "seven people a day"."""
        is_rate = draft.before(k) == "D" and draft.word(k - 1) in self._grammar.distributives
        if is_rate and draft.word(k) in self._grammar.time_spans:
            draft.tags[k - 1] = draft.tags[k] = "A"

    def _settle_name(self, draft: Draft, k: int) -> None:
        """A form in -ing with an object: "cities killing dozens"; a headline's second verb: "Kills 3 Wounds 20"."""
        if draft.word(k).endswith("ing") and (_has_object(draft, k) or self._is_activity(draft, k)):
            draft.tags[k] = "G"
        elif self._is_next_result(draft, k):
            draft.tags[k] = "V"

    def _is_activity(self, draft: Draft, k: int) -> bool:
        """ "comrades killed fighting Kurds": what they did when they were harmed."""
        return draft.word(k) in self._grammar.activities and draft.before(k) in "NJ" and draft.after(k) in "np"

    def _is_next_result(self, draft: Draft, k: int) -> bool:
        """Whether a verb stands between two figures with no conjunction: "Kills Two Injures Three"."""
        word = draft.word(k)
        return draft.before(k) == draft.after(k) == "Q" and word.endswith("s") and word in self._verbs

    def _settle_noun(self, draft: Draft, k: int) -> None:
        """A noun that is a verb here: "towns burying their dead", "which relies on", "sources report that"."""
        word = draft.word(k)
        if word.endswith("ing") and (_has_object(draft, k) or self._is_activity(draft, k)):
            draft.tags[k] = "G"
        elif self._is_next_result(draft, k) or _is_infinitive(draft, k) or self._is_predicate(draft, k):
            draft.tags[k] = "V"

    def _is_predicate(self, draft: Draft, k: int) -> bool:
        """ "which relies on", "sources report that"."""
        word = draft.word(k)
        if draft.before(k) == "R" and word.endswith("s") and draft.after(k) in "IDSAQPpn":
            return True
        return draft.word_after(k) == "that" and f"{word} that" in self._verbs

    def _settle_her(self, draft: Draft, k: int) -> None:
        """ "her" with no noun behind it is no possessive: "shot her in"."""
        if draft.word(k) == "her" and draft.after(k) not in "npNGQJADT":
            draft.tags[k] = "P"

    def _settle_these(self, draft: Draft, k: int) -> None:
        """ "these" and "those" with no noun behind are pronouns: "two of these were"; "either" in a verb group."""
        if draft.after(k) in "BHMIRA" and draft.word(k) in ("these", "those"):
            draft.tags[k] = "P"
        elif draft.word(k) == "either" and draft.before(k) in "BH":
            draft.tags[k] = "A"  # "were either killed or captured"

    def _settle_compound(self, draft: Draft, k: int) -> None:
        """ "machine gun-equipped vehicles": a participle with its object in front is no predicate."""
        joined = draft.before(k) in "np" or (draft.before(k) == "C" and draft.before(k - 1) == "n")
        if "-" in draft.word(k) and joined and draft.after(k) in "np":
            draft.tags[k] = "n"  # "small and medium-sized towns" too

    def _settle_since(self, draft: Draft, k: int) -> None:
        """ "since" in a verb group: "two have since died"."""
        if draft.word(k) == "since" and draft.before(k) == "H":
            draft.tags[k] = "A"

    def _settle_relative(self, draft: Draft, k: int) -> None:
        """ "that" and "where" behind a noun: "the blast that killed"."""
        if draft.word(k) in self._grammar.relatives and draft.before(k) in "npJ,T)Q":
            draft.tags[k] = "R"

    def _settle_state(self, draft: Draft, k: int) -> None:
        """A noun that is a state behind "taken" only: "a political prisoner", not "took nine men prisoner"."""
        if draft.word(k) not in self._grammar.noun_states:
            return
        before = (draft.word(i) for i in range(max(0, k - _STATE_REACH), k))
        if self._grammar.takes.isdisjoint(before):
            draft.tags[k] = "n"

    def _settle_verb(self, draft: Draft, k: int) -> None:
        """A verb form that is a noun here: "air strikes kill", "the fall"."""
        word = draft.word(k)
        if word.endswith(self._past_suffixes) or word in self._grammar.past_forms:
            is_noun = draft.before(k) in "DS" and word not in self._grammar.sure_verbs
        else:
            is_noun = self._is_base_noun(draft, k, word)
        if is_noun and not self._is_next_result(draft, k):
            draft.tags[k] = "n"

    def _is_base_noun(self, draft: Draft, k: int, word: str) -> bool:
        """Whether a form in -s or a base form is a noun: "a media report", not "officials report"."""
        before, after = draft.before(k), draft.after(k)
        if draft.word_after(k) == "that" and "as" in (draft.word(k - 2), draft.word(k - 3)):
            return True  # "dismissed as propaganda reports that"
        if before == "Q" and (word in self._grammar.copulas or word in self._grammar.sure_verbs):
            return False  # "nine remain in custody", "thirty die of it"
        bare = k == 0 or before in "np"  # nothing or a noun in front
        shown = word in _SHOWS and draft.word_after(k) == "of"
        if before in "DSIsQ" or after in "VBHM" or (bare and after == "N") or shown:
            return True
        opens = after == "I" and (k == 0 or draft.word_after(k) == "of")  # "Reports on Sunday said", "new reports of"
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

    def _has_base_subject(self, draft: Draft, k: int) -> bool:
        """Whether the word in front can be the subject of a base form: "officials say", "police say"."""
        if k > 1 and draft.word(k - 2) in ("a", "an"):
            return False
        word = draft.word(k - 1)
        return word.endswith("s") or word in self._grammar.base_subjects


def _join_stop(draft: Draft, k: int, titles: frozenset[str]) -> None:
    """A stop inside of a time or a name: "Oct. 7", "Lt. Gen. Ozal", "Omar J. Ozal"."""
    tags = draft.tags
    if draft.words[k - 1] == "no" and draft.token(k + 1).kind == "number" and draft.before(k - 1) in "np":
        tags[k - 1] = tags[k] = tags[k + 1] = "p"  # "Infantry Battalion No. 4"
    elif tags[k - 1] == "T" and draft.token(k + 1).kind == "number":
        tags[k] = "T"
        tags[k + 1] = "T" if tags[k + 1] == "n" else tags[k + 1]
    elif (
        draft.token(k).gap == 0
        and draft.token(k - 1).capital
        and draft.token(k + 1).capital
        and (draft.words[k - 1] in titles or len(draft.words[k - 1]) == 1)
    ):
        tags[k - 1] = tags[k] = "p"


def _has_object(draft: Draft, k: int) -> bool:
    """Whether a form in -ing stands in front of its object: "killing dozens", "a raid killing more civilians"."""
    has = draft.after(k) in "QDSP" or draft.word_after(k) == "more"
    return k > 0 and has and draft.before(k) not in "DSI"


def _is_infinitive(draft: Draft, k: int) -> bool:
    """Whether a word with an object stands behind "used to" and the like: "who used to visit the farm"."""
    return k > 1 and draft.word(k - 1) == "to" and draft.before(k - 1) in "NV" and draft.after(k) in "DSP"


def _is_after_according(draft: Draft, k: int) -> bool:
    """ "according to preliminary reports on Sunday": no verb stands in what "according to" names."""
    i = k - 1
    while i > 0 and draft.tags[i] in "npJDSsNA":
        i -= 1
    return i > 0 and draft.word(i) == "to" and draft.word(i - 1) == "according"


def _is_behind_preposition(draft: Draft, k: int) -> bool:
    """Whether the nouns in front of a word are led by a preposition: "by Israeli forces"."""
    i = k - 1
    while i >= 0 and draft.tags[i] in "npJDSs":
        i -= 1
    return i >= 0 and draft.tags[i] == "I"
