"""When two names are written the same: the declared normalisation of entity names."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})


@lru_cache(maxsize=1 << 14)
def normalised(name: str) -> str:
    """A name without what Arabic writers leave to taste.

    Compatibility forms are folded (NFKC), vowel signs, tatweel and invisible characters dropped,
    the forms of alif made one, final ى read as ي and ة as ه, marks and punctuation taken for
    spaces, spaces folded, case folded. Titles and articles stay: they are part of the name.
    """
    folded = unicodedata.normalize("NFKC", name).translate(_SPELLINGS)
    letters = (
        c if unicodedata.category(c)[0] in "LN" else " "
        for c in folded
        if unicodedata.category(c) not in ("Mn", "Cf")
    )
    return " ".join("".join(letters).split()).casefold()
