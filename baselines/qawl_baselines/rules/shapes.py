"""What the shape of a word tells, whatever stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.lexicon import lexicon

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Form

_NAMES_LIKE_VERBS = v.word_set("names_like_verbs")
_NARRATIVE = v.word_set("narrative")
_ADJECTIVES = v.word_set("adjectives")
_TANWIN = ("اً", "ًا")


def looks_verbal(form: Form) -> bool:
    """Whether an unknown word has the shape of a finite verb rather than of a noun."""
    core = form.core
    if form.tags & (v.SOURCE | v.DEFINITE | v.MASDAR | v.ADJUNCT | v.TIME) or len(core) < 3:
        return False
    if core in _NAMES_LIKE_VERBS:
        return False
    if form.word.endswith("ى") and core.startswith("ا"):
        return True  # ألقى, التقى
    if core.endswith("ت") and not core.endswith("ات"):
        return True
    if core.endswith(("وا", "تا")):
        return True
    return (core[0] in "يت" and not core.endswith(("ة", "ات", "ي"))) or (
        core.startswith(("سي", "ست")) and len(core) > 4
    )


def joins(form: Form) -> bool:
    """Whether a word is a verb with و before it, whether or not the و was recognised."""
    if form.skip:
        return looks_verbal(form) or form.core in _NARRATIVE
    rest = form.core[1:]
    known = form.tags or form.cue is not None or form.core[0] != "و" or len(rest) < 4
    verbal = rest.endswith("ت") and not rest.endswith("ات")
    return not known and (verbal or rest in _NARRATIVE)


def is_bare_masdar(form: Form) -> bool:
    """Whether a word is an indefinite verbal noun and no title or body (إدارة, تحالف)."""
    return bool(form.tags & v.MASDAR) and not form.tags & v.SOURCE


def is_bare_masdar_core(core: str) -> bool:
    """The same of a folded word that was cut from its preposition."""
    tags = v.tags_of(core)
    return bool(tags & v.MASDAR) and not tags & v.SOURCE


def is_definite_masdar(form: Form) -> bool:
    """Whether a word is a verbal noun with its article: أعلن الجيش | السيطرة على كذا."""
    definite = form.tags & v.DEFINITE and not form.tags & v.SOURCE and not form.skip
    noun = form.core[2:]
    return bool(definite) and (v.tags_of(noun) & v.MASDAR != 0 or noun in lexicon().speech_nouns)


def is_finite_cue(form: Form) -> bool:
    """Whether a word is a verb of reporting and no noun in the first place."""
    cue = form.cue
    if cue is None or cue.kind != "verb" or form.tags & v.SOURCE:
        return False
    if form.tags & v.ADJUNCT and not form.skip:
        return False  # عبر is "through" more often than not
    return "tight" not in cue.takes  # بين is "between" more often than not


def are_two_nouns(first: Form, second: Form) -> bool:
    """Whether two words with the article are two nouns, and not a noun with its adjective."""
    adjective = second.core.endswith(("ي", "ية")) or second.core in _ADJECTIVES
    return bool(first.tags & second.tags & v.DEFINITE) and not adjective


def is_judgement(form: Form) -> bool:
    """Whether a word is an indefinite accusative, as predicates of small clauses are: أمرا, أول."""
    plain = not form.tags & (v.DEFINITE | v.ADJUNCT | v.TIME | v.CLAUSE) and form.word[0].isalpha()
    elative = plain and form.word.startswith("أ") and len(form.word) == 4 and not form.skip
    return (
        is_accusative(form) or elative or (plain and form.core.endswith("ا") and len(form.core) > 3)
    )


def is_accusative(form: Form) -> bool:
    """Whether an indefinite word is written as an accusative, so is no subject: مرارا."""
    return form.word.endswith(_TANWIN)
