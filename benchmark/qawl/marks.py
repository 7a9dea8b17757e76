"""Quotation marks: which opens, which closes, and which pair stands around what.

Arabic newswire mixes " ", « », “ ” and ” ”, writes some of them reversed, leaves a space inside
them, glues clitics before them (بـ"كذا") and loses every hundredth. A mark is therefore read by
what it is *and* by what stands beside it, and what cannot be paired is reported, never guessed.
Single marks (‘ ’) are not read: in Arabic news they are apostrophes of foreign words.
"""

from __future__ import annotations

import re
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
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\u0640*\Z|\u0640+\Z")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\ufeff")
# A quote that runs on longer than this is a lost mark, not a quote.
_LONGEST_RUN = 6

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
    where each paragraph between may repeat the opening mark, as printing houses do.
    """
    pairs: list[Pair] = []
    loose: list[Loose] = []
    paragraph_of: dict[int, int] = {}
    offset = 0
    for number, line in enumerate(text.split("\n")):
        found, rest = _pair_line(line, offset)
        pairs += found
        loose += rest
        paragraph_of.update((mark.at, number) for mark in rest)
        offset += len(line) + 1
    over, left = _pair_over_paragraphs(loose, paragraph_of)
    return Pairing(tuple(sorted(pairs + over)), tuple(left))


def _pair_line(line: str, offset: int) -> tuple[list[Pair], list[Loose]]:
    pairs: list[Pair] = []
    loose: list[Loose] = []
    open_marks: list[Loose] = []
    places = [match.start() for match in _MARK.finditer(line)]
    for number, place in enumerate(places):
        family = _FAMILY[line[place]]
        mark = Loose(place + offset, family, _look(line, place))
        partner = _partner(line, places[number:], mark, open_marks)
        if partner is not None:
            opening = open_marks[partner]
            loose += open_marks[partner + 1 :]
            del open_marks[partner:]
            pairs.append(Pair(opening.at, mark.at + 1, opening.family))
        elif _opens(line, places[number:], mark):
            open_marks.append(mark._replace(look="open"))
        else:
            loose.append(mark._replace(look="close"))
    return pairs, sorted(loose + open_marks)


def _partner(line: str, rest: list[int], mark: Loose, open_marks: list[Loose]) -> int | None:
    """The index of the open mark that this one closes, or None if it closes nothing."""
    same = [i for i, other in enumerate(open_marks) if other.family == mark.family]
    character = line[rest[0]]
    if same:
        nested_opener = character in _OPENERS and mark.look == "open"
        nested_straight = mark.family == STRAIGHT and mark.look == "open"
        return None if nested_opener or nested_straight else same[-1]
    # « … " : a pair closed by another family's mark, if its own mark does not come.
    if open_marks and mark.look == "close" and character not in _OPENERS:
        top = open_marks[-1]
        if not any(_FAMILY[line[place]] == top.family for place in rest[1:]):
            return len(open_marks) - 1
    return None


def _opens(line: str, rest: list[int], mark: Loose) -> bool:
    """Whether a mark that closes nothing opens something."""
    character = line[rest[0]]
    if character in _OPENERS:
        return mark.look != "close"
    if mark.family == STRAIGHT:
        return mark.look != "close"
    # ” and » open only in ” … ” and » … «, that is when a partner follows on the line.
    return mark.look == "open" or (
        mark.look == "either" and any(_FAMILY[line[p]] == mark.family for p in rest[1:])
    )


def _look(line: str, place: int) -> Look:
    """Whether the neighbours make the mark an opening one, a closing one, or do not tell."""
    before = line[:place].rstrip("".join(_INVISIBLE))
    after = line[place + 1 :].lstrip("".join(_INVISIBLE))
    glued = _LETTERS_BEFORE.search(before)
    if not before or before[-1].isspace() or before[-1] in "([{:-–—/":
        can_open, can_close = True, bool(before) and before[-1].isspace()
    elif glued is not None:
        can_open, can_close = is_proclitic(glued.group()), before[-1] != "\u0640"
    else:
        can_open, can_close = before[-1] in MARKS or before[-1] in "،,", True
    if not after:
        can_open = False
    elif after[0].isalnum():
        can_close = False
    elif after[0].isspace():
        # A tatweel joins what comes next, so «بـ" كذا "» opens although a space was typed.
        can_open = can_open and (not before or before[-1].isspace() or before[-1] == "\u0640")
    elif after[0] in "،.؛؟!,:;)]}…":
        can_open = False
    if can_open == can_close:
        # « كذا» after a space and before one: lean on the shape that nearly all houses use.
        return "either"
    return "open" if can_open else "close"


def _pair_over_paragraphs(
    loose: list[Loose], paragraph_of: dict[int, int]
) -> tuple[list[Pair], list[Loose]]:
    pairs: list[Pair] = []
    left: list[Loose] = []
    opened: dict[str, Loose] = {}
    for mark in loose:
        first = opened.get(mark.family)
        reach = first and paragraph_of[mark.at] - paragraph_of[first.at]
        if mark.look == "open" and (first is None or reach is None or reach > _LONGEST_RUN):
            if first is not None:
                left.append(first)
            opened[mark.family] = mark
        elif mark.look == "open":
            continue  # the opening mark repeated at the head of a paragraph of the same quote
        elif first is not None and reach is not None and 0 < reach <= _LONGEST_RUN:
            pairs.append(Pair(first.at, mark.at + 1, first.family))
            del opened[mark.family]
        else:
            left.append(mark)
    return pairs, sorted(left + list(opened.values()))
