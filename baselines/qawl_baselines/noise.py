"""What no system should spend its time on: lines of nothing but quotation marks."""

from __future__ import annotations

from qawl.marks import MARKS

# An article has a dozen marks to a paragraph, a book page some dozens.
_MOST_MARKS = 1000
_BLANKS = {ord(mark): " " for mark in MARKS}


def without_noise(text: str) -> str:
    """The text at its full length, its marks blanked in lines that hold over a thousand.

    Offsets stay what they are, and the time that a hostile line takes stays that of its length.
    """
    if len(text) <= _MOST_MARKS:
        return text
    return "\n".join(map(_calm, text.split("\n")))


def _calm(line: str) -> str:
    noisy = len(line) > _MOST_MARKS and sum(map(line.count, MARKS)) > _MOST_MARKS
    return line.translate(_BLANKS) if noisy else line
