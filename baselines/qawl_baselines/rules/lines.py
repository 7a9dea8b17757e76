"""Where a noun phrase must end because another begins, though no sign stands between them.

Arabic puts speaker and second party side by side. The line is drawn at a word whose gender, number
or kind cannot go on with the first phrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import are_two_nouns, is_accusative
from qawl_baselines.rules.subjects import gender_of

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Form

EVERYBODY = v.word_set("everybody")
_DEMONSTRATIVES = v.word_set("demonstratives")
_HALF_NAMES = v.word_set("half_names")


def forced_object(view: View, phrase: Phrase) -> int | None:
    """The object of a verb that must have one: the definite word that ends a long phrase."""
    last = phrase.last - 1
    if phrase.last - phrase.first < 3 or not view.form(last).tags & v.DEFINITE:
        return None
    tags = view.form(phrase.first).tags
    named = _has_name(view, phrase.first + 1, last) and tags & v.ROLE
    core = view.form(last).core
    second = view.form(last - 1).tags & v.DEFINITE and not core.endswith(("ي", "ية"))
    other = core.endswith("ة") != (gender_of(view.form(phrase.first)) == "f")
    return last if named or (second and (other or tags & (v.GROUP | v.BODY))) else None


def after_adjuncts(view: View, start: int, hinge: int) -> int | None:
    """The second party behind adjuncts between commas."""
    for token in range(hinge - 1, start - 1, -1):
        if view.is_comma(token):
            following = view.form(token + 1)
            blocked = v.ADJUNCT | v.TIME | v.CLAUSE | v.RELATIVE
            if token + 1 < hinge and not following.tags & blocked:
                return token + 1
            return None
    return None


def behind_time(view: View, start: int, hinge: int) -> int | None:
    """The second party right behind the speaker, or behind an adverb: حماس مؤخرا | مصر, هذه."""
    token = start
    if view.form(token).core in _DEMONSTRATIVES:
        return token
    while token < hinge and (view.form(token).tags & v.TIME or is_accusative(view.form(token))):
        token += 1
    noun = v.DEFINITE | v.COUNTRY | v.SOURCE
    return token if start < token < hinge and view.form(token).tags & noun else None


def after_adjunct(view: View, start: int, hinge: int) -> int | None:
    """The second party behind an adjunct without commas: في المدينة الروسية | العلاقة."""
    found = None
    for token in range(start + 1, hinge):
        form, before = view.form(token), view.form(token - 1)
        if form.tags & before.tags & v.DEFINITE and not form.core.endswith(("ي", "ية")):
            found = token
    return found


def both_definite(view: View, phrase: Phrase) -> bool:
    """Whether a phrase is two nouns with the article, of which the second is no adjective in ي."""
    if phrase.last - phrase.first != 2:
        return False
    return are_two_nouns(view.form(phrase.first), view.form(phrase.last - 1))


def begins_anew(view: View, first: int, token: int, reading: Reading) -> bool:
    """Whether the word at ``token`` must begin another noun phrase."""
    form, before, head = view.form(token), view.form(token - 1), view.form(first)
    if form.skip:
        return False
    joined = [at for at in range(first + 1, token) if view.form(at).skip]
    if joined:  # of joined speakers the last one tells
        first, head = joined[-1], view.form(joined[-1])
    complete = bool(before.tags & (v.DEFINITE | v.COUNTRY)) or _is_name(before)
    if not (complete or token - 1 in view.article.opening):
        return False
    if form.tags & v.COUNTRY and form.core not in EVERYBODY:
        return before.tags & v.DEFINITE != 0 and not _is_name(before)
    if _always_begins(form, before, reading):
        return True
    return bool(form.tags & v.DEFINITE) and not _agrees_on(view, first, token, head, reading)


def _always_begins(form: Form, before: Form, reading: Reading) -> bool:
    """Whether a word goes on with no phrase: كافة, indefinite bodies, nouns with a pronoun."""
    indefinite = form.tags & (v.BODY | v.GROUP) and not form.tags & v.DEFINITE
    possessed = len(form.core) > 4 and form.core.endswith(("ه", "ها")) and not form.tags & v.ROLE
    if form.core in EVERYBODY or indefinite or possessed:
        return True
    # هدد نديم | المسؤول عن كذا
    must = reading.takes & {"needs", "told"}
    return bool(must and form.tags & v.ROLE and form.tags & v.DEFINITE) and _is_name(before)


def _has_name(view: View, first: int, token: int) -> bool:
    return any(_is_name(view.form(at)) for at in range(first, token))


def _is_name(form: Form) -> bool:
    common = form.tags & (v.DEFINITE | v.SOURCE | v.ADJUNCT) or form.core.startswith("باسم")
    return not common and form.word[0].isalpha()


def _agrees_on(view: View, first: int, token: int, head: Form, reading: Reading) -> bool:
    """Whether a definite word may go on with the phrase as an adjective or surname."""
    core = view.form(token).core
    if core.endswith("ات") or (core.endswith(("ين", "ون")) and len(core) > 5):
        before = view.form(token - 1)
        plural = head.core.endswith(("ات", "ون", "ين")) or before.core.endswith("ات")
        plural = plural or bool(head.tags & v.GROUP)
        return plural and not _has_name(view, first, token)
    if _has_name(view, first, token):
        if (
            "needs" in reading.takes
            and token - 2 >= first
            and _has_name(view, token - 2, token - 1)
        ):
            return not _is_name(view.form(token - 1))  # نديم راجح | الهجوم الأخير
        # a name has had its surname already, unless that was half of عبد الباقي
        half = token - 2 >= first and view.form(token - 2).core in _HALF_NAMES
        return not view.form(token - 1).tags & v.DEFINITE or half
    if token == first + 1:
        # «الشرقي الحكومة»: a man takes no adjective of the other gender; plurals (الفصائل) do
        if core.endswith("ة") and gender_of(head) != "f":
            return reading.gender == "f" or not head.tags & v.DEFINITE
        return not (gender_of(head) == "f" and not core.endswith(("ة", "ي")))
    return True
