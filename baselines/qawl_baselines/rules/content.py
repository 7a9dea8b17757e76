"""Where the content of a reporting word begins: after أن, a colon, a mark, a preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.objects import (
    adjuncts_only,
    glued_bi,
    governed_phrase,
    is_thing,
    object_noun,
)
from qawl_baselines.rules.shapes import is_finite_cue
from qawl_baselines.rules.speakers import after_parenthesis
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.tokens import Form

# Tokens between a speaker and what is said; more is another sentence in all but punctuation.
_REACH = 45
# أن after these is no content: قبل أن, دون أن
_NO_CONTENT = v.word_set("no_content")
_WORK_TOGETHER = v.word_set("work_together")
_HIDING = v.word_set("hiding")
_ASIDES = v.word_set("asides")
_TO_WHOM = v.word_set("to_whom")


def seek(view: View, start: int, takes: frozenset[str]) -> Content | None:
    """The beginning of the content, looked for from ``start``, or None."""
    end = min(view.last, start + _REACH)
    also: tuple[int, ...] = ()
    token = start = after_parenthesis(view.article, start, end)
    in_relative = False
    while token < end:
        form = view.form(token)
        if form.core in _WORK_TOGETHER:
            also = (*also, token)
        elif form.word in COMMAS:
            in_relative = False
        elif not in_relative and (form.cue or form.tags & v.RELATIVE or form.core in _ASIDES):
            in_relative = _turns_aside(view, token)
            if is_finite_cue(form) and token > start and not in_relative:
                return None
        if form.core == "عن" and "things" not in takes and is_thing(view, token + 1):
            return None
        found = _opening(view, token, start, takes)
        nominal = found is not None and found.via in ("phrase", "noun")
        if nominal and (in_relative or not adjuncts_only(view, start, token)):
            found = None
        if found is not None and found.via == "clause" and "close" in takes:
            found = found if adjuncts_only(view, start, token) else None
        if found is not None:
            return found._replace(also_cue=also)
        token = view.next_outside(token)
    return None


def _turns_aside(view: View, token: int) -> bool:
    """Whether a clause opens that tells of somebody: الذي, بيان نشر اليوم, طلب عدم كشف هويته."""
    form = view.form(token)
    if form.tags & v.RELATIVE:
        return True
    hides = view.form(min(token + 1, view.last - 1)).core in _HIDING
    if form.core in _ASIDES and hides:
        return True
    return is_finite_cue(form) and token > view.first and _opens_relative(view.form(token - 1))


def _opens_relative(before: Form) -> bool:
    """Whether a verb behind this word tells of it: في بيان | نشر اليوم."""
    return bool(before.tags & v.MEDIUM) and not before.tags & v.DEFINITE


def _opening(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    form = view.form(token)
    if form.tags & v.COMPLEMENTISER:
        return _clause(view, token, start, takes)
    if form.word == ":":
        return _after_colon(view, token, takes)
    if token in view.article.closing:
        return _mark(view, token, start, takes)
    if form.word in marks.MARKS:
        looks_open = token + 1 < view.last and "speech" in takes
        return Content(token, 0, "loose") if looks_open else None
    return governed_phrase(view, token, start, takes) or object_noun(view, token, start, takes)


def _clause(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    before = view.form(token - 1).core
    if token > start + 1 and view.form(token).core.startswith("ب"):
        nouns = (view.form(at).tags & v.SPEECH_NOUN for at in range(token - 3, token))
        if any(nouns):
            return None
    if "tight" in takes and token > start:
        return None
    barred = "noclause" in takes and before not in _WORK_TOGETHER
    resumed = view.form(token).core.startswith("ف")  # فإن belongs to another frame
    if barred or resumed or before in _NO_CONTENT or token + 1 >= view.last:
        return None
    first = token + 1 + view.is_comma(token + 1)  # أن، لو كان كذا
    return Content(first, 0, "clause") if first < view.last else None


def _after_colon(view: View, token: int, takes: frozenset[str]) -> Content | None:
    if "speech" not in takes or token + 1 >= view.last:
        return None
    following = token + 1
    if following in view.article.closing:
        return Content(following, 0, "mark")
    if view.form(following).tags & v.COMPLEMENTISER and following + 1 < view.last:
        return Content(following + 1, 0, "clause")  # قال فلان: إن كذا
    return Content(following, 0, "loose" if view.form(following).word in marks.MARKS else "colon")


def _mark(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """Whether a quoted string is what is said, and not a name on the way to it."""
    if view.form(token + 1).tags & v.ADDRESSEE:
        return None
    governed = "bi" in takes and token + 1 < view.last and glued_bi(view, token + 1) is not None
    said = governed or ("speech" in takes and not _names_on_the_way(view, token, start, takes))
    return Content(token, 0, "mark") if said else None


def _names_on_the_way(view: View, token: int, start: int, takes: frozenset[str]) -> bool:
    """Whether a string between speaker and content names something, or is answered."""
    length = view.article.words_in(token)
    before = view.form(token - 1) if token > start else None
    if before is not None and _leads_elsewhere(before, takes, length):
        return True
    if length <= 2 and token > start + 2 and not view.is_comma(token - 1):
        return True
    if (length <= 3 or "strict" in takes) and not adjuncts_only(view, start, token):
        return True
    if before is None:
        return False
    titled = length <= 3 and before.tags & v.ROLE and token > start
    return bool(titled) or (length <= 5 and _marker_follows(view, view.article.closing[token] + 1))


def _leads_elsewhere(before: Form, takes: frozenset[str], length: int) -> bool:
    """Whether the word before a string names it, or says what is answered: رد على «كذا»."""
    if before.core in _TO_WHOM:
        return length < 8 or "strict" in takes
    tags = before.tags | (v.tags_of(before.core[1:]) if before.core[0] in "لب" else 0)
    return length < 8 and bool(tags & v.NAMES)


def _marker_follows(view: View, token: int) -> bool:
    for at in range(token, min(view.last, token + 20)):
        form = view.form(at)
        if form.tags & v.COMPLEMENTISER or form.word == ":" or at in view.article.closing:
            return True
        if form.cue is not None:
            return False
    return False
