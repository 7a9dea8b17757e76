"""Quotation marks: which opens, which closes, and which pair stands around what.

Arabic newswire mixes " ", « », “ ” and ” ”, writes some of them reversed, leaves a space inside
them, glues clitics before them (بـ"كذا") and loses every hundredth. A mark is therefore read by
what it is *and* by what stands beside it, and what cannot be paired is reported, never guessed.
Single marks (‘ ’) are not read: in Arabic news they are apostrophes of foreign words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple

from qawl.clitics import is_proclitic

STRAIGHT, CURLY, GUILLEMET, ANGLE = "straight", "curly", "guillemet", "angle"
_FAMILY = {
    '"': STRAIGHT, "\uff02": STRAIGHT,
    "“": CURLY, "”": CURLY, "„": CURLY, "‟": CURLY,
    "«": GUILLEMET, "»": GUILLEMET,
    "‹": ANGLE, "›": ANGLE,
}  # fmt: skip
MARKS = frozenset(_FAMILY)
_MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
_OPENERS = frozenset("“„‟«‹")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\ufeff")
_HEAD = re.compile(f"[\\s{''.join(sorted(_INVISIBLE))}]*")
# A quote that runs on longer than this is a lost mark, not a quote.
_LONGEST_RUN = 6
# Longer than any particle, however many vowel signs and tatweels it is written with.
_LONGEST_PARTICLE = 64

Look = Literal["open", "close", "either"]


class Pair(NamedTuple):
    """A quoted string: ``start`` is its opening mark, ``end`` lies behind its closing mark.

    Offsets are code points, half open; ``family`` is that of the opening mark.
    """

    start: int
    end: int
    family: str


class Loose(NamedTuple):
    """A mark without a partner, and what it looks like from its neighbours."""

    at: int
    family: str
    look: Look


class Pairing(NamedTuple):
    """All marks of a text: ``pairs`` by start, and the ``loose`` ones by place."""

    pairs: tuple[Pair, ...]
    loose: tuple[Loose, ...]


def find(text: str) -> Pairing:
    """Pair the quotation marks of a text.

    Within a paragraph (a line) marks nest; what stays open there may close in a later paragraph,
    where each paragraph may repeat the opening mark, as printing houses do.
    """
    pairs: list[Pair] = []
    loose: list[Loose] = []
    paragraphs = _Paragraphs([], [])
    offset = 0
    for line in text.split("\n"):
        paragraphs.starts.append(offset)
        paragraphs.heads.append(offset + _HEAD.match(line).end())  # type: ignore[union-attr]
        found, rest = _pair_line(line, offset)
        pairs += found
        loose += rest
        offset += len(line) + 1
    return _pair_over_paragraphs(pairs, loose, paragraphs)


def _pair_line(line: str, offset: int) -> tuple[list[Pair], list[Loose]]:
    places = [match.start() for match in _MARK.finditer(line)]
    if not places:  # most lines
        return [], []
    pairs: list[Pair] = []
    loose: list[Loose] = []
    opened = _OpenMarks()
    last_of = {_FAMILY[line[place]]: place for place in places}
    for place in places:
        family = _FAMILY[line[place]]
        mark = Loose(place + offset, family, _look(line, place))
        partner = _partner(line[place], mark, opened, place, last_of)
        if partner is not None:
            opening, *inside = opened.pop_from(partner)
            loose += inside
            pairs.append(Pair(opening.at, mark.at + 1, opening.family))
        elif _opens(line[place], mark, followed=last_of[family] > place):
            opened.push(mark._replace(look="open"))
        else:
            loose.append(mark._replace(look="close"))
    return pairs, sorted(loose + opened.marks)


class _OpenMarks:
    """The marks that are open at a place of a line, the innermost last."""

    def __init__(self) -> None:
        self.marks: list[Loose] = []
        self.count: Counter[str] = Counter()

    def push(self, mark: Loose) -> None:
        self.marks.append(mark)
        self.count[mark.family] += 1

    def innermost(self, family: str) -> int:
        """The index of the innermost open mark of a family that has one."""
        index = len(self.marks) - 1
        while self.marks[index].family != family:
            index -= 1
        return index

    def pop_from(self, index: int) -> list[Loose]:
        """Take the mark at the index out, and all that were opened after it."""
        popped = self.marks[index:]
        del self.marks[index:]
        self.count.subtract(mark.family for mark in popped)
        return popped


def _partner(
    character: str, mark: Loose, opened: _OpenMarks, place: int, last_of: dict[str, int]
) -> int | None:
    """The index of the open mark that this one closes, or None if it closes nothing."""
    if opened.count[mark.family]:
        nested_opener = character in _OPENERS and mark.look == "open"
        nested_straight = mark.family == STRAIGHT and mark.look == "open"
        return None if nested_opener or nested_straight else opened.innermost(mark.family)
    # « … " : a pair closed by another family's mark, if its own mark does not come.
    if opened.marks and mark.look == "close" and character not in _OPENERS:
        top = opened.marks[-1]
        if last_of[top.family] < place:
            return len(opened.marks) - 1
    return None


def _opens(character: str, mark: Loose, *, followed: bool) -> bool:
    """Whether a mark that closes nothing opens something; ``followed``: by one of its family."""
    if character in _OPENERS or mark.family == STRAIGHT:
        return mark.look != "close"
    # ” and » open only in ” … ” and » … «, that is when a partner follows on the line.
    return mark.look == "open" or (mark.look == "either" and followed)


def _look(line: str, place: int) -> Look:
    """Whether the neighbours make the mark an opening one, a closing one, or do not tell."""
    before, glued = _before(line, place)
    after = _after(line, place)
    if not before or before.isspace() or before in "([{:-–—/":
        can_open, can_close = True, before.isspace()
    elif glued:
        can_open, can_close = is_proclitic(glued), before != "\u0640"
    else:
        can_open, can_close = before in MARKS or before in "،,", True
    if not after:
        can_open = False
    elif after.isalnum():
        can_close = False
    elif after.isspace():
        # A tatweel joins what comes next, so «بـ" كذا "» opens although a space was typed.
        can_open = can_open and (not before or before.isspace() or before == "\u0640")
    elif after in "،.؛؟!,:;)]}…":
        can_open = False
    if can_open == can_close:
        # « كذا» after a space and before one: lean on the shape that nearly all houses use.
        return "either"
    return "open" if can_open else "close"


def _before(line: str, place: int) -> tuple[str, str]:
    """The visible character before a place, and the letters that run up to it."""
    end = place
    while end and line[end - 1] in _INVISIBLE:
        end -= 1
    start = end
    while start and end - start < _LONGEST_PARTICLE and _is_spelling(line[start - 1]):
        start -= 1
    glued = line[start:end]
    # A vowel sign with no letter under it glues nothing to anything.
    return line[max(0, end - 1) : end], glued if any(map(str.isalpha, glued)) else ""


def _is_spelling(character: str) -> bool:
    return character.isalpha() or unicodedata.category(character) == "Mn"


def _after(line: str, place: int) -> str:
    """The visible character after a place."""
    start = place + 1
    while start < len(line) and line[start] in _INVISIBLE:
        start += 1
    return line[start : start + 1]


class _Paragraphs(NamedTuple):
    """Where each paragraph of a text starts, and where its first visible character is."""

    starts: list[int]
    heads: list[int]

    def number(self, place: int) -> int:
        """The paragraph that a place lies in."""
        return bisect_right(self.starts, place) - 1

    def begins_with(self, place: int) -> bool:
        """Whether a paragraph begins with the mark at the place."""
        return self.heads[self.number(place)] == place


@dataclass
class _Run:
    """A quote that stays open at the end of its paragraph."""

    first: Loose
    last: int  # the last paragraph that is known to belong to it
    repeated: list[Loose] = field(default_factory=list)
    whole: bool = True  # every paragraph so far has repeated the mark


def _pair_over_paragraphs(
    pairs: list[Pair], loose: list[Loose], paragraphs: _Paragraphs
) -> Pairing:
    found = dict.fromkeys(pairs)
    left: list[Loose] = []
    runs: dict[str, _Run] = {}
    items: list[Pair | Loose] = [*loose, *pairs]
    for item in sorted(items, key=itemgetter(0)):
        run = runs.get(item.family)
        number = paragraphs.number(item[0])
        reach = number - paragraphs.number(run.first.at) if run else 0
        if isinstance(item, Pair):
            # The last paragraph of a quote whose mark each paragraph repeats is a pair by itself.
            # One repetition must have gone before: else the first mark may as well be a lost one.
            goes_on = run and run.repeated and run.whole and number == run.last + 1
            if run and goes_on and reach <= _LONGEST_RUN and paragraphs.begins_with(item.start):
                del found[item], runs[item.family]
                found[Pair(run.first.at, item.end, item.family)] = None
        elif run is None or (item.look == "open" and reach > _LONGEST_RUN):
            left += [run.first, *run.repeated] if run else []
            runs.pop(item.family, None)
            if item.look == "open":
                runs[item.family] = _Run(item, number)
            else:
                left.append(item)
        elif item.look == "open" and number > run.last and paragraphs.begins_with(item.at):
            run.whole = run.whole and number == run.last + 1
            run.last = number
            run.repeated.append(item)
        elif item.look != "open" and 0 < reach <= _LONGEST_RUN:
            found[Pair(run.first.at, item.at + 1, item.family)] = None
            del runs[item.family]
        else:
            left.append(item)
    left += [mark for run in runs.values() for mark in (run.first, *run.repeated)]
    return Pairing(tuple(sorted(found)), tuple(sorted(left)))
