"""Small clauses without a preposition: اعتبر [القرار خطأ], عد النائب [انضمام البلاد خطأ]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.lines import begins_anew, both_definite, forced_object
from qawl_baselines.rules.shapes import is_bare_masdar, is_finite_cue, is_judgement
from qawl_baselines.rules.speakers import Phrase, after_parenthesis, noun_phrase

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.lexicon import Reading

_NEAR = 14

Frame = tuple[Phrase | None, Content | None]


def bare_small(view: View, at: int, reading: Reading) -> Frame | None:
    """«اعتبر [القرار خطأ]» without a preposition."""
    following = view.form(at + 1) if at + 1 < view.last else None
    if following is None:
        return None
    if reading.kind == "participle":
        elsewhere = following.tags & (v.COMPLEMENTISER | v.ADJUNCT) or following.word == ":"
        return None if elsewhere else (None, Content(at + 1, 0, "phrase"))
    phrase = noun_phrase(view.article, at + 1, view.last)
    counts = not (reading.past or reading.pronoun)  # تعتبر المدينة كذا: it counts as
    if counts or _clause_follows(view, phrase.last):
        return None
    if reading.pronoun:
        judgement = _judgement(view, at + 1) or phrase.last
        return _judged(view, phrase._replace(last=min(phrase.last, judgement)))
    if view.form(at).skip and is_bare_masdar(following):
        return None, Content(at + 1, 0, "phrase")  # واعتبر | وقف العمل خطأ
    return _action(view, at + 1) or _two_phrases(view, phrase, reading)


def _two_phrases(view: View, phrase: Phrase, reading: Reading) -> Frame | None:
    """«اعتبر | المدير | [القرار خطأ]»: speaker and object side by side, or the object alone."""
    for token in range(phrase.first + 1, phrase.last):
        if token not in view.article.closing and begins_anew(view, phrase.first, token, reading):
            return Phrase(phrase.first, token), Content(token, 0, "phrase")
    judgement = _judgement(view, phrase.first + 1)
    if judgement is None or not phrase:
        return None
    phrase = phrase._replace(last=min(phrase.last, judgement))
    line = forced_object(view, phrase)
    if line is None and both_definite(view, phrase):
        line = phrase.first + 1  # عد المدير | القرار خطأ
    if line is None:  # one noun and its judgement, so nobody is named
        return None, Content(phrase.first, 0, "phrase")
    return Phrase(phrase.first, line), Content(line, 0, "phrase")


def _clause_follows(view: View, token: int) -> bool:
    """Whether a clause with أن follows at once, or after a time: اعتبر فلان، السبت، أن."""
    while token < view.last and (view.is_comma(token) or view.form(token).tags & v.TIME):
        token += 1
    return token < view.last and bool(view.form(token).tags & v.COMPLEMENTISER)


def _judged(view: View, phrase: Phrase) -> Frame | None:
    """«اعتبرها | البعض | تجسيدا لكذا»: the judgement alone is said."""
    if phrase.last >= view.last:
        return None
    behind = view.form(phrase.last)
    marked = phrase.last in view.article.closing
    judgement = is_judgement(behind) or behind.tags & v.MASDAR or behind.core.endswith("ة")
    if not (marked or judgement):
        return None
    return phrase or None, Content(phrase.last, 0, "mark" if marked else "phrase")


def _action(view: View, first: int) -> Frame | None:
    """«عد | النائب | [انضمام البلاد خطأ]»: a verbal noun that is judged."""
    phrase = noun_phrase(view.article, first, view.last, before_masdar=True)
    token = after_parenthesis(view.article, phrase.last, view.last)
    while token < view.last and (view.is_comma(token) or view.form(token).tags & v.TIME):
        token += 1
    if not phrase or token >= view.last or not is_bare_masdar(view.form(token)):
        return None
    judgement = _judgement(view, token + 1)
    if judgement == token + 1 and both_definite(view, phrase):
        return None  # عد المدير القرار | خطأ كبيرا: the noun judges
    return None if judgement is None else (phrase, Content(token, 0, "phrase"))


def _judgement(view: View, start: int) -> int | None:
    """Where the predicate of a small clause stands."""
    for token in range(start, min(view.last, start + _NEAR)):
        form = view.form(token)
        if view.is_comma(token) or form.tags & v.COMPLEMENTISER or is_finite_cue(form):
            return None
        before = view.form(token - 1)
        if is_judgement(form) or (form.tags & v.MASDAR and before.tags & v.DEFINITE):
            return token
    return None
