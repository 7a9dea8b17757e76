"""Spelling folded away, with the way back: where each folded letter stands in the text.

A model that copies a text drops vowel signs, straightens quotation marks or writes the other
hamza. What it wrote is then not in the text, but its folded form is in the folded text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qawl.records import Span

_SAME = {
    "ا": "أإآٱ", "و": "ؤ", "ي": "ىئیۍ", "ه": "ةەہ", "ك": "کڪ",
    '"': "“”„‟«»‹›″＂", "'": "‘’‚‛′`", "-": "‐‑‒–—―−", ",": "،", ";": "؛", "?": "؟", "%": "٪",
}  # fmt: skip
_FOLDED = {other: plain for plain, others in _SAME.items() for other in others}
_TATWEEL = "\u0640"


@lru_cache(maxsize=1 << 14)
def fold_character(character: str) -> str:
    """What is left of a character: nothing of signs, tatweel and invisible ones.

    Letters that writers exchange (alif and hamza forms, ى and ي, ة and ه), quotation marks,
    dashes, Arabic and Latin punctuation and digits become one each; presentation forms come
    apart; every white space is a blank.
    """
    if character.isspace():
        return " "
    if character == _TATWEEL or unicodedata.category(character) in ("Mn", "Cf", "Cc", "Cs"):
        return ""
    if character in _FOLDED:
        return _FOLDED[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    # A ligature comes apart into letters and signs, each of which is folded in turn.
    apart = unicodedata.normalize("NFKD", character)
    if apart == character:
        return character
    return "".join(" " if part.isspace() else fold_character(part) for part in apart)


@dataclass(frozen=True)
class Folded:
    """A text in folded form.

    Attributes:
        text: the folded text; runs of white space are one blank.
        places: for each folded code point the place of its origin, in code points.
        origin: the text as it is.
    """

    text: str
    places: tuple[int, ...]
    origin: str

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that a stretch of the folded one came from, both half open.

        The signs behind the last letter belong to it.
        """
        return self.places[start], with_signs(self.origin, self.places[end - 1] + 1)


def with_signs(text: str, end: int) -> int:
    """The place behind the signs of the letter before ``end``, from which nothing parts them."""
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end


def fold(text: str) -> Folded:
    """The folded form of a text, with the way back."""
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in fold_character(character):
            if folded == " " and pieces and pieces[-1] == " ":
                continue
            pieces.append(folded)
            places.append(place)
    return Folded("".join(pieces), tuple(places), text)
