"""The reporting words with all their forms: from ``lexicon.toml`` to a table of readings."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from qawl_baselines.rules.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["verb", "participle", "noun", "preposition", "connective"]
Gender = Literal["m", "f", ""]

_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ني")
_NOUN_PRONOUNS = {
    "ه": ("m", "s"),
    "ها": ("f", "s"),
    "هم": ("m", "p"),
    "هما": ("", "d"),
    "هن": ("f", "p"),
}


class Reading(NamedTuple):
    """One way to read a word as a cue.

    Attributes:
        lemma: the dictionary form.
        kind: what sort of cue it is.
        takes: what it governs, as listed in ``lexicon.toml``.
        gender: of the speaker as far as the form shows it; empty where it does not.
        number: ``s``, ``d``, ``p``; a verb before its subject is singular whatever comes.
        pronoun: whether an object pronoun is glued to the form.
        past: whether the form is a perfect.
    """

    lemma: str
    kind: Kind
    takes: frozenset[str]
    gender: str = ""
    number: str = "s"
    pronoun: bool = False
    past: bool = False


class Lexicon(NamedTuple):
    """Everything that is looked up by form.

    Attributes:
        readings: folded form to its reading; the first listed wins.
        nouns_of_saying: folded nouns that a preposition takes into the cue.
        speech_nouns: folded nouns of speech whose content follows with أن.
        unnamed_holders: lemma of a passive, and the noun by which the unnamed source is called.
        held_nouns: folded nouns of speech, and what each governs behind its holder.
    """

    readings: dict[str, Reading]
    nouns_of_saying: frozenset[str]
    speech_nouns: frozenset[str]
    held_nouns: dict[str, frozenset[str]]
    unnamed_holders: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read and inflected once."""
    path = files("qawl_baselines.rules") / "lexicon.toml"
    data: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    readings: dict[str, Reading] = {}
    for entry in data["verbs"]:
        for form, reading in _inflections(entry):
            readings.setdefault(fold(form), reading)
    for entry in data["attitudes"]:
        for form, reading in _inflections(f"{entry} | - | attitude"):
            if reading.kind == "verb" or form.endswith("ا") or fold(form) not in readings:
                readings.setdefault(fold(form), reading)
    for word in data["not_cues"]:
        readings.pop(fold(word), None)
    for word in data["prepositions"]:
        readings[fold(word)] = Reading(word, "preposition", frozenset())
    for word in ("وفقاً", "طبقاً", "نقلاً"):
        readings[fold(word)] = Reading(fold(word), "preposition", frozenset())
    for word in data["connectives"]:
        readings[fold(word)] = Reading(word, "connective", frozenset())
    return Lexicon(
        readings,
        frozenset(map(fold, data["nouns_of_saying"])),
        frozenset(map(fold, data["speech_nouns"])),
        dict(map(_held, data["held_nouns"])),
        {lemma.strip(): noun.strip() for lemma, noun in _pairs(data["unnamed_holders"])},
    )


def _pairs(entries: list[str]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        first, second = entry.split("|")
        yield first, second


def _held(entry: str) -> tuple[str, frozenset[str]]:
    noun, takes = entry.split("|")
    return fold(noun.strip()), frozenset(takes.split())


def _inflections(entry: str) -> Iterator[tuple[str, Reading]]:
    past, present, participle, nouns, takes_text = (part.strip() for part in entry.split("|"))
    takes = frozenset(takes_text.split())

    def verb(gender: str, number: str, *, perfect: bool, pronoun: bool = False) -> Reading:
        return Reading(past, "verb", takes, gender, number, pronoun, perfect)

    present_forms = _imperfect(present) if present != "-" else ()
    for form, gender, number in [*_perfect(past), *present_forms]:
        perfect = form[0] not in "يت" or form.startswith(past[:2])
        yield form, verb(gender, number, perfect=perfect)
        if "pronoun" in takes:
            host = form.removesuffix("ا") if form.endswith("وا") else form
            for pronoun in _PRONOUNS:
                yield host + pronoun, verb(gender, number, perfect=perfect, pronoun=True)
    if participle != "-":
        for form, gender, number in _participle(participle):
            yield form, Reading(past, "participle", takes, gender, number)
    for noun in nouns.split():
        if noun != "-":
            yield from _verbal_noun(noun, past, takes)


def _perfect(past: str) -> Iterator[tuple[str, str, str]]:
    """Third persons of the perfect with gender and number."""
    stem = past[:-1] if past[-1] in "ىا" else past
    weak = stem != past
    yield past, "m", "s"
    yield stem + "ت", "f", "s"
    yield stem + "وا", "m", "p"
    if len(stem) > 2:  # ردا is "in answer", عدا "except"
        yield (stem + "يا" if weak else stem + "ا"), "m", "d"
    yield stem + "تا", "f", "d"


def _imperfect(present: str) -> Iterator[tuple[str, str, str]]:
    """Third persons of the imperfect, with and without the س of the future."""
    stem = present[1:]
    short = stem[:-1] if stem[-1] in "يىو" else stem
    forms = [
        ("ي" + stem, "m", "s"),
        ("ت" + stem, "f", "s"),
        ("ي" + short + "ون", "m", "p"),
        ("ي" + stem + "ان", "m", "d"),
        ("ت" + stem + "ان", "f", "d"),
    ]
    for form, gender, number in forms:
        yield form, gender, number
        yield "س" + form, gender, number


def _participle(participle: str) -> Iterator[tuple[str, str, str]]:
    """Circumstantial participles, which stand in the accusative: مضيفا مضيفة مضيفين.

    A masculine singular without its alif (مضيف) is a noun or predicate, and no cue.
    """
    stem = participle
    if participle in _WEAK:
        stem = participle + "ي"
        yield participle, "", ""
    yield stem + "ا", "m", "s"
    yield stem + "ة", "f", "s"
    yield (participle if participle in _WEAK else stem) + "ين", "m", "p"
    yield (participle if participle in _WEAK else stem) + "ون", "m", "p"
    yield stem + "تين", "f", "d"
    yield stem + "ات", "f", "p"


_WEAK = frozenset({"ناف", "داع", "راو", "حاك", "ماض", "متمن", "مدع", "موص", "مشتك", "شاك", "مناد"})


def _verbal_noun(noun: str, lemma: str, takes: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    """The verbal noun with the speaker as a pronoun, and after ب: قوله بقوله."""
    host = noun[:-1] + "ت" if noun.endswith("ة") else noun
    if noun.endswith("اء"):
        host = noun[:-1] + "ئ"
    for pronoun, (gender, number) in _NOUN_PRONOUNS.items():
        reading = Reading(lemma, "noun", takes, gender, number)
        yield host + pronoun, reading
        yield "ب" + host + pronoun, reading
    if noun == "قول":
        yield "بالقول", Reading(lemma, "noun", takes)
