"""What the shape of a word tells, whatever stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Form

_NAMES_LIKE_VERBS = v.word_set("names_like_verbs")
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
    return bool(definite) and bool(v.tags_of(form.core[2:]) & v.MASDAR)


def is_finite_cue(form: Form) -> bool:
    """Whether a word is a verb of reporting and no noun in the first place."""
    cue = form.cue
    if cue is None or cue.kind != "verb" or form.tags & v.SOURCE:
        return False
    if form.tags & v.ADJUNCT and not form.skip:
        return False  # عبر is "through" more often than not
    return "tight" not in cue.takes  # بين is "between" more often than not


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
