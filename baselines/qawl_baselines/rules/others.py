"""Frames with a second party: دعا [السلطات إلى كذا], اتهم [إيران بكذا], وصف [القرار بأنه كذا].

Arabic puts speaker and second party side by side without a sign between them; lines.py draws the
line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.judgements import bare_small
from qawl_baselines.rules.letters import kept
from qawl_baselines.rules.lines import (
    EVERYBODY,
    after_adjunct,
    after_adjuncts,
    begins_anew,
    behind_time,
    forced_object,
)
from qawl_baselines.rules.objects import glued_bi, is_firm
from qawl_baselines.rules.shapes import (
    is_bare_masdar_core,
    is_finite_cue,
)
from qawl_baselines.rules.speakers import Phrase, is_past_time, noun_phrase
from qawl_baselines.rules.subjects import gender_of

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.lexicon import Reading

_REACH = 34
_PREPOSITION = {"ila": "الي", "min": "من", "ala": "علي"}
_RESPONSIBILITY = v.word_set("responsibility")
Frame = tuple[Phrase | None, Content | None]


def with_other(view: View, at: int, reading: Reading, *, preposed: bool = False) -> Frame | None:
    """Subject and content of a verb that takes a second party; None if it is used without.

    ``preposed`` says that the subject stands before the verb, so that all behind it is the party.
    """
    hinge = _blame(view, at) if "blame" in reading.takes else _hinge(view, at, reading)
    if hinge is None:
        return bare_small(view, at, reading) if "small" in reading.takes else None
    token, after = hinge
    if reading.pronoun:
        return noun_phrase(view.article, at + 1, token) or None, after
    if token == at + 1:
        return None, after
    first = at + 1
    while first < token - 1 and view.form(first).tags & v.TIME:
        first += 1
    if "told" in reading.takes:
        return None if preposed else _split(view, at + 1, token, reading)[0], after
    if preposed:
        other = at + 1
        if view.form(other).tags & (v.ADJUNCT | v.TIME) or is_past_time(view.article, other):
            behind = after_adjunct(view, other, token)
            return (None, after) if behind is None else (None, Content(behind, 0, after.via))
        return None, Content(other, 0, after.via)
    subject, other = _split(view, first, token, reading)
    if other is None:
        return subject, after
    return subject, Content(other, 0, after.via)


def _hinge(view: View, at: int, reading: Reading) -> tuple[int, Content] | None:
    """The preposition that the verb governs, and the content behind it."""
    takes = reading.takes
    token = at + 1
    in_relative = False
    weak: tuple[int, Content] | None = None
    while token < min(view.last, at + _REACH):
        form = view.form(token)
        if view.is_comma(token):
            in_relative = False
            if view.form(token + 1).tags & v.TURN:
                break
        elif form.tags & v.RELATIVE:
            in_relative = True
        elif form.word == ":" or (is_finite_cue(form) and not in_relative):
            break
        elif form.tags & v.COMPLEMENTISER:
            if form.core.startswith("ب") and token + 1 < view.last and "bi" in takes:
                return token, Content(token + 1, 0, "clause")
            break
        elif not in_relative:
            found = _governed(view, token, takes)
            if found is not None:
                if found.token > token or is_firm(view, token):
                    return token, found
                weak = weak or (token, found)
        token = view.next_outside(token)
    return weak


def _governed(view: View, token: int, takes: frozenset[str]) -> Content | None:
    form = view.form(token)
    for name, core in _PREPOSITION.items():
        if name in takes and form.core == core and not form.skip and token + 1 < view.last:
            following = view.form(token + 1)
            if following.tags & v.COMPLEMENTISER:
                return Content(token + 2, 0, "clause") if token + 2 < view.last else None
            if following.tags & (v.RELATIVE | v.TIME | v.OPENING):
                return None
            return Content(token + 1, 0, "phrase")
    if "li" in takes and form.core.startswith("ل") and is_bare_masdar_core(form.core[1:]):
        return Content(token, kept(form.word, 1), "phrase")
    if "bi" not in takes:
        return None
    if token in view.article.closing:  # توعدت "بالثأر"
        inside = glued_bi(view, token + 1) is not None and is_firm(view, token + 1)
        return Content(token, 0, "mark") if inside else None
    return glued_bi(view, token)


def _split(
    view: View, first: int, hinge: int, reading: Reading
) -> tuple[Phrase | None, int | None]:
    """Draw the line between speaker and second party in the words before the hinge.

    Returns:
        The speaker, if he stands there; the first token of the second party, if it stands there.
    """
    if reading.kind == "participle":
        return None, first
    phrase = noun_phrase(view.article, first, hinge)
    if not phrase and view.form(first + 1).tags & v.OPENING and first + 2 < hinge:
        return None, first + 2 + view.is_comma(first + 2)  # دعت من جهتها | الناخبين إلى
    if not phrase:
        return None, first if first in view.article.closing else None
    for token in range(first + 1, phrase.last):
        if token not in view.article.closing and begins_anew(view, first, token, reading):
            return Phrase(first, token), token
    if phrase.last < hinge:
        other = after_adjuncts(view, phrase.last, hinge) or behind_time(view, phrase.last, hinge)
        if other is None and "needs" in reading.takes:
            other = after_adjunct(view, phrase.last, hinge)
            return (None, first) if other is None else (phrase, other)
        return phrase, other
    return _whole(view, phrase, reading)


def _whole(view: View, phrase: Phrase, reading: Reading) -> tuple[Phrase | None, int | None]:
    """Whose a phrase is that shows no line inside and reaches the hinge."""
    first = phrase.first
    forced = forced_object(view, phrase) if "needs" in reading.takes else None
    if forced is not None:
        return Phrase(first, forced), forced
    joined = view.form(first - 1).skip > 0 and first - 1 > view.first
    if joined or _is_object(view, first, reading):
        return None, first
    return phrase, None


def _is_object(view: View, first: int, reading: Reading) -> bool:
    """Whether the only phrase before the hinge is the second party, the speaker being implicit."""
    head = view.form(first)
    core = head.core
    if (core.endswith("ين") and len(core) > 4) or core in EVERYBODY:
        return True
    gender = gender_of(head)
    if reading.gender and gender and gender != reading.gender and not head.tags & v.GROUP:
        return True
    return reading.number == "p" or "needs" in reading.takes


def _blame(view: View, at: int) -> tuple[int, Content] | None:
    """«حمل | الأهالي الشركة | مسؤولية كذا»: the hinge is the responsibility."""
    for token in range(at + 1, min(view.last, at + _REACH)):
        form = view.form(token)
        if form.core in _RESPONSIBILITY:
            return token, Content(token, 0, "phrase")
        if form.tags & v.COMPLEMENTISER or is_finite_cue(form) or form.word == ":":
            return None
    return None
