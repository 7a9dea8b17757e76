"""The letters that Arabic writing glues to a word: where a boundary may fall inside one.

Source: K. Ryding, *A Reference Grammar of Modern Standard Arabic* (2005), on conjunctions,
prepositions and pronoun suffixes written together with their host.
"""

from __future__ import annotations

import re
import unicodedata

# Interrogative أ, conjunction و ف, then future س or preposition/emphasis ب ك ل, then the article
# (whose alif is not written after ل). «لل» is the preposition with the article.
_PROCLITICS = re.compile(r"أ?[وف]?(?:س|[بكل])?(?:ال|ل)?")
# Pronouns; ني after verbs; the energetic and dual forms of newswire are covered by هما، كما.
_ENCLITICS = re.compile(r"(?:ه|ها|هم|هن|هما|ك|كم|كن|كما|ي|ني|نا)?")


def _letters(piece: str) -> str:
    """The piece without vowel signs, tatweel and joiners."""
    return "".join(
        c for c in piece if unicodedata.category(c) not in ("Mn", "Cf") and c != "\u0640"
    )


def is_proclitic(piece: str) -> bool:
    """Whether what stands before a boundary inside a word is nothing but glued particles."""
    return _PROCLITICS.fullmatch(_letters(piece)) is not None


def is_enclitic(piece: str) -> bool:
    """Whether what stands after a boundary inside a word is nothing but a glued pronoun."""
    return _ENCLITICS.fullmatch(_letters(piece)) is not None
