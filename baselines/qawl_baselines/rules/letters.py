"""Spelling: what two words must share to be the same word.

Newswire writes one word in several ways: hamza on the alif or not, ى for ي, vowel signs, tatweel.
Folding maps them all to one form. It is used for looking words up and never for offsets, because
it changes lengths.
"""

from __future__ import annotations

# Combining signs and invisible joiners that may stand inside an Arabic word.
_DROPPED = [
    *range(0x0610, 0x061B),
    *range(0x064B, 0x0660),
    0x0640,
    0x0670,
    *range(0x06D6, 0x06ED),
    0x00AD,
    0x200C,
    0x200D,
]
_FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ئ", "ک": "ك", "ی": "ي"}
)
_TABLE: dict[int, int | str | None] = {**_FOLDED, **dict.fromkeys(_DROPPED)}

DAMMA = "\u064f"


def fold(word: str) -> str:
    """The word without vowel signs and tatweel, every alif bare and every ى a ي."""
    return word.translate(_TABLE)


def kept(word: str, letters: int) -> int:
    """How many code points of ``word`` its first ``letters`` folded letters take up.

    Signs that follow the last of them belong to it: the boundary falls before the next letter.
    """
    at = 0
    while at < len(word) and letters >= 0:
        if ord(word[at]) not in _DROPPED_SET:
            letters -= 1
            if letters < 0:
                break
        at += 1
    return at


_DROPPED_SET = frozenset(_DROPPED)
