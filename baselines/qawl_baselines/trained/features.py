"""What a classifier sees of a token: its form, its neighbours, the marks and cues around it.

A feature is a short string. None holds more than two words of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.tokens import COMMAS, ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.records import Span
    from qawl_baselines.rules.tokens import Article, Form

_BITS = tuple((1 << bit, str(bit)) for bit in range(30))
_STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 80)
_EDGE = "#"


def bucket(count: int) -> int:
    """The largest step that a count reaches; 0 for none, negative for counts below."""
    if count < 0:
        return -bucket(-count)
    found = 0
    for step in _STEPS:
        if count < step:
            break
        found = step
    return found


class Sentence(NamedTuple):
    """Tokens ``first`` up to and without ``last``, and the number of the line from 0."""

    first: int
    last: int
    line: int


def sentences(article: Article) -> list[Sentence]:
    """For every token the sentence around it; ends inside quotation marks count as none."""
    found: list[Sentence] = []
    forms, around = article.forms, article.around
    first = line = 0
    for token, form in enumerate(forms):
        newline = form.word == "\n"
        if newline or (form.word in ENDS and around[token] < 0) or token - first > 400:
            found += [Sentence(first, token + 1, line)] * (token + 1 - first)
            first = token + 1
            line += newline
    found += [Sentence(first, len(forms), line)] * (len(forms) - first)
    return found


def base(article: Article) -> list[list[str]]:
    """For every token its features without regard to other decisions."""
    forms = article.forms
    own = [_own(form) for form in forms]
    classes = [_classes(form) for form in forms]
    around = sentences(article)
    rows = []
    last = len(forms)
    for at in range(last):
        row = own[at] + [f"t{name}" for name in classes[at]]
        for shift in (-3, -2, -1, 1, 2, 3):
            place = at + shift
            inside = 0 <= place < last
            row.append(f"{shift}w{forms[place].core if inside else _EDGE}")
            if inside:
                row += [f"{shift}t{name}" for name in classes[place]]
        before = forms[at - 1].core if at else _EDGE
        after = forms[at + 1].core if at + 1 < last else _EDGE
        row += [f"b{before} {forms[at].core}", f"a{forms[at].core} {after}"]
        row += _place(article, at, around[at])
        rows.append(row)
    _add_state(article, rows, around, {at for at in range(last) if _may_report(forms[at])}, "l")
    _add_coming(article, rows, around)
    return rows


def _own(form: Form) -> list[str]:
    core = form.core
    row = ["1", f"w{core}", f"p{core[:2]}", f"P{core[:3]}", f"s{core[-2:]}", f"S{core[-3:]}"]
    if form.skip:
        row.append("&")
    if form.cue is not None:
        row += [f"c{form.cue.kind}", f"C{form.cue.lemma}", f"g{form.cue.gender}"]
        row += [f"G{frame}" for frame in sorted(form.cue.takes)]
    return row


def _classes(form: Form) -> list[str]:
    found = [name for bit, name in _BITS if form.tags & bit]
    if form.cue is not None:
        found.append(form.cue.kind)
    if not form.core[:1].isalnum():
        found.append("mark")
    return found


def _may_report(form: Form) -> bool:
    return form.cue is not None or bool(form.tags & v.SPEECH_NOUN)


def _place(article: Article, at: int, sentence: Sentence) -> list[str]:
    """Where the token stands: in the sentence, in the article, in quotation marks."""
    row = [
        f"x{bucket(at - sentence.first)}",
        f"y{bucket(sentence.last - at)}",
        f"z{min(sentence.line, 2)}",
    ]
    opening = article.around[at]
    if at in article.closing:
        row += ["q(", f"q({bucket(article.words_in(at))}"]
    elif at in article.opening:
        opened = article.opening[at]
        row += ["q)", f"q){bucket(article.words_in(opened))}"]
    elif opening >= 0:
        size = bucket(article.words_in(opening))
        row += ["q=", f"q={size}", f"q+{bucket(at - opening)}"]
    if at and at - 1 in article.closing:
        row.append("q<")
    if at and at - 1 in article.opening:
        row.append("q>")
    if at + 1 in article.closing:
        row.append(f"q^{bucket(article.words_in(at + 1))}")
    return row


def add_cues(article: Article, rows: Sequence[list[str]], cues: Sequence[Span]) -> list[list[str]]:
    """The features with what is known once the cues are found.

    Args:
        article: the text as tokens.
        rows: of :func:`base`.
        cues: stretches of tokens, half open.
    """
    made = [list(row) for row in rows]
    held = {at for first, last in cues for at in range(first, last)}
    _add_state(article, made, sentences(article), held, "k")
    return made


def _add_state(
    article: Article,
    rows: Sequence[list[str]],
    around: Sequence[Sentence],
    cues: set[int],
    sign: str,
) -> None:
    """What has been read of the sentence before each token, and which cue comes next."""
    forms = article.forms
    state = _State()
    for at, form in enumerate(forms):
        if around[at].first == at:
            state = _State(before=state.cue)
        if at in cues:
            rows[at].append(f"{sign}=")
        rows[at] += [sign + name for name in state.names(at)]
        state.read(at, form, reports=at in cues)
    following: int | None = None
    for at in range(len(forms) - 1, -1, -1):
        if following is not None and following < around[at].last:
            kind = _kind(forms[following])
            rows[at] += [f"{sign}n{kind}", f"{sign}N{kind}{bucket(following - at)}"]
        else:
            rows[at].append(f"{sign}n-")
        if at in cues:
            following = at


def _add_coming(article: Article, rows: Sequence[list[str]], around: Sequence[Sentence]) -> None:
    """How far what opens a content is: a complementiser, a mark, a colon; and the next comma."""
    forms = article.forms
    coming: dict[str, int] = {}
    for at in range(len(forms) - 1, -1, -1):
        form = forms[at]
        near = {
            name: bucket(coming[name] - at)
            for name in ("that", "mark", ":", "comma")
            if coming.get(name, len(forms)) < around[at].last
        }
        shown = [f"f{name}{near.get(name, '-')}" for name in ("that", "mark", ":", "comma")]
        rows[at] += shown
        if form.cue is not None:
            rows[at] += [f"f{form.cue.kind}{name}" for name in shown]
            rows[at].append(f"f{form.cue.lemma}{min(near, key=near.__getitem__, default='-')}")
        name = _opens(article, at)
        if name:
            coming[name] = at


def _opens(article: Article, at: int) -> str:
    form = article.forms[at]
    if form.tags & v.COMPLEMENTISER:
        return "that"
    if at in article.closing:
        return "mark"
    return "comma" if form.word in COMMAS else ":" if form.word == ":" else ""


def _kind(form: Form) -> str:
    return form.cue.kind if form.cue is not None else "?"


class _State:
    """What a reader remembers of a sentence."""

    def __init__(self, before: str = "") -> None:
        self.cue = ""
        self._before = before
        self._kind = "-"
        self._at = self._commas = self._opened = 0
        self._that = self._colon = False

    def names(self, at: int) -> Iterator[str]:
        """The features of the token at a place."""
        if not self.cue:
            yield f"-{self._before}"
            yield f"-{self._colon}"
            return
        away = bucket(at - self._at)
        opened = bucket(at - self._opened) if self._opened else -1
        yield f"d{away}"
        yield f"k{self._kind}{away}"
        yield f"c{self.cue}{min(away, 3)}"
        yield f"m{min(self._commas, 3)}{self._that:d}{self._colon:d}"
        yield f"M{self._kind}{min(self._commas, 2)}{self._that:d}{self._colon:d}"
        yield f"o{opened}"
        yield f"O{self._kind}{opened}"

    def read(self, at: int, form: Form, *, reports: bool) -> None:
        """Go on to the next token."""
        if reports:
            self.cue = form.cue.lemma if form.cue is not None else form.core
            self._kind = _kind(form)
            self._at, self._commas, self._opened, self._that = at, 0, 0, False
        elif form.word in COMMAS:
            self._commas += 1
        elif form.tags & v.COMPLEMENTISER and not self._that:
            self._that, self._opened = True, at
        elif form.word == ":":
            self._colon, self._opened = True, at
