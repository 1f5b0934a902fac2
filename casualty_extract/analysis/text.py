"""Text to tokens, sentences, quotations and dateline. Both analyzers read the same tokens, so every stage does too."""

from __future__ import annotations

import regex

from casualty_extract.analysis import Document, Quote, Sentence, Token

_WORD = r"(?:(?:\p{L}\.){2,}|[\p{L}\p{M}\u00ad\u200b-\u200d\u2060]+(?:[-'’‑][\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060]+)*(?:['’](?=\s))?)"
_NUMBER = r"\d+(?:[.,:/]\d+)*\p{L}*(?:[-‑]\p{L}+)*"
_TOKEN = regex.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>\S)")
_INVISIBLE = regex.compile(r"[\u00ad\u200b-\u200d\u2060]")
_POSSESSIVE = regex.compile(r"['’][sS]$")

_GLUED = regex.compile(
    r"\p{Ll}{2}((?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Twenty|Thirty|Dozens|Scores|Hundreds|Thousands|At|Some)(?:-\p{Ll}+)?)$"
)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "capt",
        "sgt",
        "maj",
        "cpl",
        "brig",
        "adm",
        "cmdr",
        "supt",
        "insp",
        "det",
        "rev",
        "hon",
        "st",
        "mt",
        "ft",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "est",
        "approx",
        "vic",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "sen",
        "rep",
        "gov",
        "pres",
        "msgr",
        "fr",
        "sr",
        "jr",
        "al",
        "eg",
        "ie",
        "cf",
        "pvt",
        "pfc",
        "spc",
        "wg",
        "cdr",
        "gp",
        "sq",
    ]
)
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_OPENERS = frozenset("\"'“‘«([")
_FUNCTION_ENDS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "to",
        "and",
        "or",
        "but",
        "the",
        "a",
        "an",
        "is",
        "was",
        "were",
        "are",
        "that",
        "than",
        "as",
        "its",
        "his",
        "her",
        "their",
    ]
)
_DATELINE = regex.compile(
    r"""\s*(?:(?:UPDATE\s?\d?|CORRECTED)\s*[-:]\s*)?
    (?P<place>\p{Lu}[\p{Lu}\p{M}'’.\s-]{2,40}(?:,\s*[\p{L}'’.\s]{2,25}|\s*\([\p{L}\s]{2,25}\))?)?
    (?:,?\s*(?:\d{1,2}\s)?\p{Lu}[\p{L}]{2,8}\.?\s?\d{0,2}(?:,?\s?\d{2,4})?)?
    \s*(?:\((?P<agency>[\p{Lu}][\p{L}\d\s./-]{1,45})\))?
    \s*(?:--|-|–|—|:)\s""",
    regex.VERBOSE,
)


def read_text(text: str) -> Document:
    """The text as tokens, sentences and quotations; any ``str`` will do."""
    tokens = _tokens(text)
    dateline = _find_dateline(text)
    sentences = _sentences(text, tokens, dateline)
    return Document(text, tokens, sentences, _quotes(tokens, sentences), dateline)


def words(form: str) -> tuple[str, ...]:
    """A form of a lexicon as the lower words that the tokens of a text would have."""
    return tuple(t.lower for t in _tokens(form))


def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        start, stop, kind = match.start(), match.end(), match.lastgroup or "mark"
        gap = _gap(text[end:start]) if found else 0
        piece = match.group()
        tail = _POSSESSIVE.search(piece) if kind == "word" else None
        if tail and tail.start() > 0:
            cut = start + tail.start()
            found.append(_token(text, start, cut, kind, gap))
            found.append(_token(text, cut, stop, kind, 0))
        elif kind == "word" and (glued := _GLUED.search(piece)):
            found.append(_token(text, start, start + glued.start(1), kind, gap))
            found.append(_token(text, start + glued.start(1), stop, kind, 0))
        elif kind == "word" and len(piece) > 1 and piece[-1] in "'’":
            found.append(_token(text, start, stop - 1, kind, gap))
            found.append(_token(text, stop - 1, stop, "mark", 0))
        else:
            found.append(_token(text, start, stop, kind, gap))
        end = stop
    return tuple(found)


def _token(text: str, start: int, end: int, kind: str, gap: int) -> Token:
    piece = text[start:end]
    lower = piece.lower() if piece.isascii() else _INVISIBLE.sub("", piece).replace("’", "'").replace("‑", "-").lower()
    return Token(piece, start, end, lower, kind, gap)


def _gap(space: str) -> int:
    if not space:
        return 0
    lines = space.count("\n") or space.count("\r") or space.count("\u2028") or 2 * space.count("\u2029")
    return 3 if lines > 1 else 2 if lines else 1


def _sentences(text: str, tokens: tuple[Token, ...], dateline: tuple[int, int] | None) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    first = paragraph = 0
    wrapped = _is_wrapped(tokens)
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or _breaks(tokens, i, wrapped) or (dateline and tokens[i].start == dateline[1]):
            found.append(Sentence(first, i, paragraph))
            if i < len(tokens) and tokens[i].gap >= 2:
                paragraph += 1
            first = i
    return tuple(found)


def _is_wrapped(tokens: tuple[Token, ...]) -> bool:
    """Whether the lines are broken at a width: two or more single line ends stand before a word in lower case."""
    return sum(t.gap == 2 and t.text[:1].islower() for t in tokens) >= 1


def _breaks(tokens: tuple[Token, ...], i: int, wrapped: bool) -> bool:
    """Whether a sentence begins at token i."""
    token, last = tokens[i], tokens[i - 1]
    if token.gap == 3:
        return last.lower != "-" or not token.text[:1].islower()
    if last.text in _CLOSERS and token.gap == 0:
        return False
    k = i - 1
    while k > 0 and tokens[k].text in _CLOSERS and tokens[k].gap == 0:
        k -= 1
    ended = tokens[k].text in _ENDS or (
        len(tokens[k].text) > 2 and tokens[k].text.endswith(".") and tokens[k].kind == "word"
    )
    begins = _can_begin(tokens, i)
    if token.gap == 2 and begins and not wrapped:
        return ended or tokens[k].text == ":" or not (last.lower in _FUNCTION_ENDS or last.text in ",;-–—")
    if not ended or not begins:
        return False
    if tokens[k].text == ".":
        return _stop_ends(tokens, k, i)
    if tokens[k].kind == "word":  # an acronym with stops: only where a word that begins sentences follows
        return token.gap >= 2 or token.lower in _STARTERS
    if k != i - 1 and tokens[k].text in "!?" and token.gap < 2:
        return token.lower not in ("said", "asks")
    return token.gap > 0


_STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "it",
        "he",
        "she",
        "they",
        "this",
        "these",
        "that",
        "those",
        "but",
        "however",
        "meanwhile",
        "according",
        "no",
        "there",
        "some",
        "police",
        "officials",
    ]
)


def _stop_ends(tokens: tuple[Token, ...], k: int, i: int) -> bool:
    """Whether the full stop at k, with token i behind it, ends a sentence."""
    word, token = tokens[k - 1], tokens[i]
    if k == 0 or (tokens[k].gap > 0 and word.kind != "mark"):
        return token.gap > 0
    if word.lower in _ABBREVIATIONS and i == k + 1 and word.kind == "word":
        if word.lower in ("inc", "ltd", "co", "corp", "etc", "no", "al", "est", "st"):
            return token.lower in _STARTERS or (word.lower == "no" and token.kind == "word")
        return False
    if word.kind == "word" and len(word.text) == 1 and word.text.isupper() and i == k + 1:
        return token.lower in _STARTERS and token.gap > 0
    if token.gap == 0 and i == k + 1:  # "fuel.On Thursday": the space was lost
        return (
            token.kind == "word"
            and token.text[:1].isupper()
            and (word.kind == "number" or len(word.text) > 2)
            and tokens[k].gap == 0
        )
    return True


def _can_begin(tokens: tuple[Token, ...], i: int) -> bool:
    k = i
    while k < len(tokens) - 1 and tokens[k].text in _OPENERS:
        k += 1
    first = tokens[k].text[:1]
    return (
        first.isupper()
        or first.isdigit()
        or (first.isalpha() and not first.islower())
        or tokens[i].text in '"“«•*-–—#@'
    )


def _quotes(tokens: tuple[Token, ...], sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
    """Quotations in double marks, straight, curly or angular. An open one ends with its paragraph."""
    starts = {s.first: s.paragraph for s in sentences}
    found: list[Quote] = []
    opened: int | None = None
    paragraph = 0
    for i, token in enumerate(tokens):
        if starts.get(i, paragraph) != paragraph:
            paragraph = starts[i]
            if opened is not None:
                found.append(Quote(opened, i, False))
                opened = None
        if token.text in ("“", "«", "„"):
            opened = i if opened is None else opened
        elif (token.text in ("”", "»") and opened is not None) or (
            token.text == '"' and opened is not None and not _reopens(tokens, i)
        ):
            found.append(Quote(opened, i + 1, True))
            opened = None
        elif token.text == '"':
            opened = i
    if opened is not None:
        found.append(Quote(opened, len(tokens), False))
    return tuple(found)


def _reopens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a straight mark can only open: a space before it and none behind."""
    return tokens[i].gap > 0 and i + 1 < len(tokens) and tokens[i + 1].gap == 0 and tokens[i - 1].text not in ",."


def _find_dateline(text: str) -> tuple[int, int] | None:
    """The dateline ("BEIRUT (AFP) -") at the start of the text or of one of its first paragraphs, by character."""
    start = 0
    for _ in range(6):
        match = _DATELINE.match(text, start)
        if match and (match["agency"] or _is_place(match)):
            begin = match.end() - len(match.group().lstrip())
            return begin, match.end()
        newline = text.find("\n", start)
        if newline < 0 or newline > 1500:
            return None
        start = newline + 1
    return None


def _is_place(match: regex.Match[str]) -> bool:
    place = match["place"]
    if not place or match.group().rstrip()[-1] == ":":
        return False
    name = place.split(",")[0].split("(")[0].strip()
    return (
        name.isupper()
        and len(name.split()) <= 4
        and name not in ("CORRECTED", "UPDATE", "UPDATED", "BREAKING", "NOTE", "URGENT", "WATCH", "LIVE", "MORE")
    )
