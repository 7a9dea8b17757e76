"""Arabic on a terminal: each line isolated, so that labels and text keep their order.

A terminal that knows the bidirectional algorithm (UAX #9) orders a line as a whole. A label, a
number and an Arabic string on one line would change places; between the isolates RLI and PDI the
Arabic is laid out by itself, right to left, and the rest of the line stays where it is.
"""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT_ISOLATE = "\u2067"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_LINE_ENDS = "\n\r\t\v\f\x85\u2028\u2029"
_KEPT = _LINE_ENDS + "\u200c\u200d"


def clean(text: str) -> str:
    """The text without control and direction characters: input may be hostile to terminals.

    Zero-width joiners stay, because they are spelling; line ends become spaces.
    """
    return "".join(
        " " if c in _LINE_ENDS else c
        for c in text
        if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


def isolate(text: str) -> str:
    """The text between RLI and PDI."""
    return f"{RIGHT_TO_LEFT_ISOLATE}{text}{POP_ISOLATE}"


def isolate_name(name: str) -> str:
    """A name between FSI and PDI, for it may be of either direction."""
    return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces, words longer than a line kept whole.

    Terminals break logical lines at the wrong end of right-to-left text, so it is done here.
    """
    lines: list[str] = []
    current, used = "", 0
    for word in text.split():
        size = columns(word)
        if current and used + 1 + size > width:
            lines.append(current)
            current, used = word, size
        else:
            used += size + (1 if current else 0)
            current = f"{current} {word}" if current else word
    return [*lines, current]


def columns(text: str) -> int:
    """How many columns a terminal gives the text: vowel signs take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(c) or c in "\u200c\u200d"
        else 2 if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )  # fmt: skip
