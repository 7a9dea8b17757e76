"""Word classes: which words open an adjunct, name a role, a body, a time, and so on.

The lists stand in ``vocabulary.toml``; here they become bits, so that one look-up answers every
question about a word.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from qawl_baselines.rules.letters import fold

# One bit for each list of vocabulary.toml, in the order that matters to nobody.
COMPLEMENTISER = 1 << 0
RELATIVE = 1 << 1
NEGATION = 1 << 2
AUXILIARY = 1 << 3
SUBJUNCTIVE = 1 << 4
TIME = 1 << 5
ADJUNCT = 1 << 6
CLAUSE = 1 << 7
TURN = 1 << 8
OPENING = 1 << 9
MEDIUM = 1 << 10
ADDRESSEE = 1 << 11
ROLE = 1 << 12
BODY = 1 << 13
DOCUMENT = 1 << 14
GROUP = 1 << 15
UNNAMED = 1 << 16
FACT = 1 << 17
STANDARD = 1 << 18
NAMES = 1 << 19
TITLES = 1 << 20
TERMS = 1 << 21
CALLED = 1 << 22
COUNTRY = 1 << 23
MASDAR = 1 << 24
# Bits of the word itself.
DEFINITE = 1 << 25
CONJOINED = 1 << 26
NUMBER = 1 << 27
PLURAL = 1 << 28
SPEECH_NOUN = 1 << 29

SOURCE = ROLE | BODY | DOCUMENT | GROUP | UNNAMED | COUNTRY

_NAMES = (
    "complementiser relative negation auxiliary subjunctive time adjunct clause turn opening "
    "medium addressee role body document group unnamed fact standard names titles terms called "
    "country masdar"
)
_LISTS = {name: 1 << bit for bit, name in enumerate(_NAMES.split())}
# Nouns of these classes are known with the article, too.
_NOUNS = (
    ROLE | BODY | DOCUMENT | GROUP | UNNAMED | MEDIUM | FACT | STANDARD | NAMES | TITLES | TERMS
)
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "ني", "نا", "ي", "ك", "كم", "نهم", "نها", "نه")

# Verbal nouns of the derived forms; the article and pronouns are dealt with before.
_MASDAR_SHAPES = re.compile(
    r"""ت[^اوي]{2}ي[^اوي]ة? | ت[^ا]?[^ا]ئ?ي[^اي] | [ا][^اوي]ت[^ي]?ا?[^اوي]?ا[^اوي]
    | است[^ا]{1,3}ا[^ا] | است[^ا]{1,2}ا[^ا]ة | ان[^اوي]{2}ا[^اوي] | ا[^اوي]{2}ا[^اوي]
    | ا[^اوي]ا[^اوي]ة | م[^اوي]ا[^اوي]{2}ة | ت[^ا]ا[^اوي]{2} | ت[^اوي]{2}ية
    | ا[^اوي]تيا[^اوي] | ان[^اوي]يا[^اوي] | اي[^اوي]ا[^اوي] | تا[^اوي]ي[^اوي]""",
    re.VERBOSE,
)
_MASDAR_PRONOUN = re.compile(r"(.{3,}?)(?:ها|هم|ه)\Z")


@cache
def _data() -> dict[str, Any]:
    path = files("qawl_baselines.rules") / "vocabulary.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """A small closed set of folded words, from the table ``sets``."""
    return frozenset(map(fold, _data()["sets"][name]))


@cache
def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for name, bit in _LISTS.items():
        for word in _data()[name]:
            if word.endswith("_"):  # a word left out on purpose: its other reading is commoner
                continue
            table[fold(word)] = table.get(fold(word), 0) | bit
    for word in ("ان", "بان", "فان"):
        for pronoun in _PRONOUNS:
            table[word + pronoun] = table.get(word + pronoun, 0) | COMPLEMENTISER
    return table


def tags_of(core: str) -> int:
    """The classes of a folded word without its conjunction."""
    table = _table()
    tags = table.get(core, 0)
    if core.startswith("ال") and len(core) > 4:
        tags |= DEFINITE | (table.get(core[2:], 0) & _NOUNS)
    elif not tags and core.endswith("ا") and len(core) > 4:
        tags = table.get(core[:-1], 0) & _NOUNS  # the accusative: ضابطا
    elif core[:1].isdigit():
        tags |= NUMBER
    if is_masdar(core):
        tags |= MASDAR
    return tags


def knows(word: str) -> bool:
    """Whether a folded word stands in a list as it is."""
    return word in _table()


def is_masdar(core: str) -> bool:
    """Whether an indefinite word looks like a verbal noun, its pronoun left out."""
    if len(core) < 4 or core.startswith("ال") or core in word_set("names_like_masdars"):
        return False
    if _MASDAR_SHAPES.fullmatch(core):
        return True
    if core.endswith("ا") and len(core) > 4 and _MASDAR_SHAPES.fullmatch(core[:-1]):
        return True  # the accusative: استمرارا
    stem = _MASDAR_PRONOUN.fullmatch(core)
    if stem is None:
        return False
    known = _table().get(stem[1], 0) & MASDAR
    return bool(known) or _MASDAR_SHAPES.fullmatch(stem[1]) is not None
