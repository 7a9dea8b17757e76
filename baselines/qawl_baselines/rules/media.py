"""Whose words a medium holds: ألقى [الوزير] كلمة قال فيها, رسالة من [الوزير] يطلب فيها."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import is_finite_cue, looks_verbal
from qawl_baselines.rules.speakers import Phrase, noun_phrase
from qawl_baselines.rules.ties import without_li

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View

_IN_IT = v.word_set("in_it")
_CALLS = v.word_set("calls")
_OWNERS = v.word_set("owners")
_REACH = 22
_NEAR = 4


def owner(view: View, verb: int) -> Phrase | None:
    """The one who speaks in a medium to which a pronoun behind the verb goes back, or None."""
    if not any(
        view.form(at).core in _IN_IT for at in range(verb + 1, min(view.last, verb + _NEAR))
    ):
        return None
    medium = _medium(view, verb)
    if medium is None:
        return None
    return _behind(view, medium, verb) or _subject(view, medium)


def _medium(view: View, verb: int) -> int | None:
    """The noun of a medium to which the pronoun goes back."""
    for at in range(verb - 1, max(view.first, verb - _REACH) - 1, -1):
        form = view.form(at)
        if form.tags & v.COMPLEMENTISER or is_finite_cue(form):
            return None
        if form.tags & (v.MEDIUM | v.DOCUMENT) and view.article.around[at] == view.segment.inside:
            return at
    return None


def _behind(view: View, medium: int, verb: int) -> Phrase | None:
    """The owner that follows: كلمة | رئيس الجمعية, تصريحات | للرئيس, بيان صادر عن | الهيئة."""
    token = medium + 1
    while token < verb and view.form(token).core in _OWNERS:
        token += 1
    form = view.form(token)
    skip = 0
    if form.core.startswith("ل") and v.tags_of(without_li(form.core)) & v.SOURCE:
        skip = 1
    elif not form.tags & v.SOURCE or form.skip:
        return None
    phrase = noun_phrase(view.article, token, verb, skip=skip)
    return phrase or None


def _subject(view: View, medium: int) -> Phrase | None:
    """The subject of the verb whose object the medium is: ألقى | الوزير | كلمة."""
    for at in range(medium - 1, max(view.first, medium - _REACH) - 1, -1):
        form = view.form(at)
        opens = at == view.first or form.skip or view.form(at - 1).tags & (v.CLAUSE | v.AUXILIARY)
        opens = opens or view.is_comma(at - 1)
        if form.core in _CALLS and opens:
            phrase = noun_phrase(view.article, at + 1, medium)
            return phrase or _before(view, at)
    return None


def _before(view: View, verb: int) -> Phrase | None:
    """«الوزير نشر مقطعا»: the subject before that verb."""
    phrase = noun_phrase(view.article, view.first, verb, preposed=True)
    reaches = phrase and phrase.last == verb and not looks_verbal(view.form(view.first))
    return phrase._replace(skip=view.form(view.first).skip) if reaches else None
