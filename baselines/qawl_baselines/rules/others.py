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
    both_definite,
    forced_object,
)
from qawl_baselines.rules.objects import glued_bi, is_firm
from qawl_baselines.rules.phrase_words import is_past_time
from qawl_baselines.rules.shapes import (
    is_bare_masdar_core,
    is_finite_cue,
)
from qawl_baselines.rules.speakers import Phrase, noun_phrase
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
    subject, other = _parties(view, at, token, reading, preposed=preposed)
    if other is None or "told" in reading.takes:
        return subject, after
    return subject, Content(other, 0, after.via)


def _parties(
    view: View, at: int, hinge: int, reading: Reading, *, preposed: bool
) -> tuple[Phrase | None, int | None]:
    """Speaker and second party between the verb and the hinge."""
    first = at + 1
    if preposed:
        aside = view.form(first).tags & (v.ADJUNCT | v.TIME) or is_past_time(view.article, first)
        return None, after_adjunct(view, first, hinge) if aside else first
    while first < hinge - 1 and view.form(first).tags & v.TIME:
        first += 1
    return _split(view, first, hinge, reading)


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
        elif form.tags & v.COMPLEMENTISER:
            clause = form.core.startswith("ب") and token + 1 < view.last and "bi" in takes
            return (token, Content(token + 1, 0, "clause")) if clause else weak
        elif form.word == ":" or (is_finite_cue(form) and not in_relative):
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
            return _behind_preposition(view, token + 1)
    if "li" in takes and form.core.startswith("ل") and is_bare_masdar_core(form.core[1:]):
        return Content(token, kept(form.word, 1), "phrase")
    if "bi" in takes and token in view.article.closing:  # توعدت "بالثأر"
        inside = glued_bi(view, token + 1) is not None and is_firm(view, token + 1)
        return Content(token, 0, "mark") if inside else None
    return glued_bi(view, token) if "bi" in takes else None


def _behind_preposition(view: View, token: int) -> Content | None:
    following = view.form(token)
    if following.tags & v.COMPLEMENTISER:
        return Content(token + 1, 0, "clause") if token + 1 < view.last else None
    elsewhere = following.tags & (v.RELATIVE | v.TIME | v.OPENING)
    return None if elsewhere else Content(token, 0, "phrase")


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
    if not phrase:
        return None, _party_alone(view, first, hinge)
    for token in range(first + 1, phrase.last):
        if token not in view.article.closing and begins_anew(view, first, token, reading):
            return Phrase(first, token), token
    if phrase.last == hinge:
        return _whole(view, phrase, reading)
    other = after_adjuncts(view, phrase.last, hinge) or behind_time(view, phrase.last, hinge)
    if other is None and "needs" in reading.takes:
        other = after_adjunct(view, phrase.last, hinge)
        return (None, first) if other is None else (phrase, other)
    return phrase, other


def _party_alone(view: View, first: int, hinge: int) -> int | None:
    """The second party where no speaker stands: دعت من جهتها | الناخبين إلى."""
    if view.form(first + 1).tags & v.OPENING and first + 2 < hinge:
        return first + 2 + view.is_comma(first + 2)
    return first if first in view.article.closing else None


def _whole(view: View, phrase: Phrase, reading: Reading) -> tuple[Phrase | None, int | None]:
    """Whose a phrase is that shows no line inside and reaches the hinge."""
    first = phrase.first
    forced = forced_object(view, phrase) if "needs" in reading.takes else None
    if forced is not None:
        return Phrase(first, forced), forced
    joined = view.form(first - 1).skip > 0 and first - 1 > view.first
    must = "needs" in reading.takes and not joined and not view.form(first - 1).skip
    if must and both_definite(view, phrase):
        return Phrase(first, first + 1), first + 1  # اتهمت النقابة | الإدارة بكذا
    if joined or _is_object(view, first, reading):
        return None, first
    return phrase, None


def _is_object(view: View, first: int, reading: Reading) -> bool:
    """Whether the only phrase before the hinge is the second party, the speaker being implicit."""
    head = view.form(first)
    core = head.core
    joined = view.form(first - 1).skip > 0
    if (core.endswith("ين") and len(core) > 4) or (core in EVERYBODY and joined):
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
