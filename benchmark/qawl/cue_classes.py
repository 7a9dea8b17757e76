"""The grammatical class of a cue, read off its form.

A closed inventory settles prepositions, connectives and nouns; participles are known by their
pattern and ending; what remains is a finite verb. `none` is an attribution without a cue.
"""

from __future__ import annotations

import re

from qawl.names import normalised

CUE_CLASSES = ("verb", "participle", "preposition", "noun", "connective", "none")

_PREPOSITIONS = frozenset({"بحسب", "حسب", "وفق", "وفقا", "طبقا", "استنادا", "نقلا", "علي"})
_CONNECTIVES = frozenset({"حسبما", "وفقما", "كما", "مثلما", "بحسبما", "فيما", "وفق ما", "حسب ما"})
_STEMS = (
    "قول|تاكيد|اتهام|زعم|تصريح|تحذير|دعوت|مطالبت|اعلان|نفي|وصف|تعبير|وعد|تهديد|شهادت|ادعاء|توقع"
)
# Without a preposition, a plural or a pronoun most of these are read as verbs (وصف، نفى، زعم).
_NOUNS = re.compile(
    rf"(?:ب|ل)(?:ال)?(?:{_STEMS})(?:ات)?(?:ه|ها|هم|هما|هن|نا|ي)?"
    rf"|(?:{_STEMS})(?:ات)?(?:ه|ها|هم|هما|هن|نا)"
    r"|(?:ال)?(?:اتهام|تصريح|تحذير|تهديد|ادعاء|توقع|مطالب)ات|مزاعم|انباء|اقوال|شكاوي|دعوه"
)
# فاعل، مفعِل، مفعّل، مستفعِل with an accusative or feminine ending: قائلا، مضيفة، مشيرين.
_PARTICIPLE = re.compile(r"(?:م\w{2,}|\wا\w{1,2}[يئ]?)(?:(?<!و)ا|ه|ين|ات)")


def cue_class(cue: str) -> str:
    """The class of a cue.

    A glued conjunction makes no difference: «وبحسب» is of the class of «بحسب».

    Args:
        cue: its words; spans joined by a space; empty for an attribution without one.
    """
    words = normalised(cue).split()
    if not words:
        return "none"
    found = _class_of(words)
    # Only where the whole is no word of the inventory: the و of «وفقا» is no conjunction.
    if found == "verb" and words[0][0] in "وف" and len(words[0]) > 2:
        found = _class_of([words[0][1:], *words[1:]])
    return found


def _class_of(words: list[str]) -> str:
    first = words[0]
    if first in _CONNECTIVES or " ".join(words[:2]) in _CONNECTIVES:
        return "connective"
    if first in _PREPOSITIONS:
        return "preposition"
    if _NOUNS.fullmatch(first):
        return "noun"
    if _PARTICIPLE.fullmatch(first):
        return "participle"
    return "verb"
