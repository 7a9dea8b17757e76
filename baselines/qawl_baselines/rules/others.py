"""Frames with a second party: دعا [السلطات إلى كذا], اتهم [إيران بكذا], وصف [القرار بأنه كذا].

Arabic puts speaker and second party side by side without a sign between them. The line is drawn
where a new noun phrase must begin: at a word whose gender, number or kind cannot go on with the
first one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.content import glued_bi, is_firm
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.letters import kept
from qawl_baselines.rules.shapes import is_bare_masdar, is_bare_masdar_core, is_finite_cue, is_judgement
from qawl_baselines.rules.speakers import Phrase, after_parenthesis, is_past_time, noun_phrase
from qawl_baselines.rules.subjects import gender_of

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.tokens import Form

_REACH = 34
_NEAR = 14
_PREPOSITION = {"ila": "الي", "min": "من", "ala": "علي"}
_RESPONSIBILITY = v.word_set("responsibility")
_EVERYBODY = v.word_set("everybody")

Frame = tuple[Phrase | None, Content | None]


def with_other(
    view: View, at: int, reading: Reading, *, preposed: bool = False
) -> Frame | None:
    """Subject and content of a verb that takes a second party; None if it is used without.

    ``preposed`` says that the subject stands before the verb, so that all behind it is the party.
    """
    hinge = _blame(view, at) if "blame" in reading.takes else _hinge(view, at, reading)
    if hinge is None:
        return _bare_small(view, at, reading) if "small" in reading.takes else None
    token, after = hinge
    if reading.pronoun:
        return noun_phrase(view.article, at + 1, token) or None, after
    if token == at + 1:
        return None, after
    if "told" in reading.takes:
        return None if preposed else _split(view, at + 1, token, reading)[0], after
    if preposed:
        other = at + 1
        if view.form(other).tags & (v.ADJUNCT | v.TIME) or is_past_time(view.article, other):
            behind = _after_adjunct(view, other, token)
            return (None, after) if behind is None else (None, Content(behind, 0, after.via))
        return None, Content(other, 0, after.via)
    subject, other = _split(view, at + 1, token, reading)
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
            if following.tags & (v.RELATIVE | v.TIME):
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
    if not phrase:
        return None, first if first in view.article.closing else None
    for token in range(first + 1, phrase.last):
        if token not in view.article.closing and _begins_anew(view, first, token, reading):
            return Phrase(first, token), token
    if phrase.last < hinge:
        other = _after_adjuncts(view, phrase.last, hinge)
        if other is None and "needs" in reading.takes:
            other = _after_adjunct(view, phrase.last, hinge)
            return (None, first) if other is None else (phrase, other)
        return phrase, other
    return _whole(view, phrase, reading)


def _whole(view: View, phrase: Phrase, reading: Reading) -> tuple[Phrase | None, int | None]:
    """Whose a phrase is that shows no line inside and reaches the hinge."""
    first = phrase.first
    forced = _forced(view, phrase) if "needs" in reading.takes else None
    if forced is not None:
        return Phrase(first, forced), forced
    joined = view.form(first - 1).skip > 0 and first - 1 > view.first
    if joined or _is_object(view, first, reading):
        return None, first
    return phrase, None


def _forced(view: View, phrase: Phrase) -> int | None:
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


def _after_adjuncts(view: View, start: int, hinge: int) -> int | None:
    """The second party behind adjuncts between commas."""
    for token in range(hinge - 1, start - 1, -1):
        if view.is_comma(token):
            following = view.form(token + 1)
            blocked = v.ADJUNCT | v.TIME | v.CLAUSE | v.RELATIVE
            if token + 1 < hinge and not following.tags & blocked:
                return token + 1
            return None
    return None


def _after_adjunct(view: View, start: int, hinge: int) -> int | None:
    """The second party behind an adjunct without commas: في المدينة الروسية | العلاقة."""
    found = None
    for token in range(start + 1, hinge):
        form, before = view.form(token), view.form(token - 1)
        if form.tags & before.tags & v.DEFINITE and not form.core.endswith(("ي", "ية")):
            found = token
    return found


def _begins_anew(view: View, first: int, token: int, reading: Reading) -> bool:
    """Whether the word at ``token`` must begin another noun phrase."""
    form, before, head = view.form(token), view.form(token - 1), view.form(first)
    if form.skip:
        return False
    joined = [at for at in range(first + 1, token) if view.form(at).skip]
    if joined:  # of joined speakers the last one tells
        first, head = joined[-1], view.form(joined[-1])
    complete = bool(before.tags & (v.DEFINITE | v.COUNTRY)) or _is_name(before)
    complete = complete or token - 1 in view.article.opening
    if not complete:
        return False
    if form.core in _EVERYBODY or (form.tags & (v.BODY | v.GROUP) and not form.tags & v.DEFINITE):
        return True
    if form.tags & v.COUNTRY:
        return before.tags & v.DEFINITE != 0 and not _is_name(before)
    if len(form.core) > 4 and form.core.endswith(("ه", "ها")) and not form.tags & v.ROLE:
        return True
    return bool(form.tags & v.DEFINITE) and not _agrees_on(view, first, token, head, reading)


_HALF_NAMES = v.word_set("half_names")


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
        # a name has had its surname already, unless that was half of عبد الباقي
        half = token - 2 >= first and view.form(token - 2).core in _HALF_NAMES
        return not view.form(token - 1).tags & v.DEFINITE or half
    if token == first + 1:
        # «الشرقي الحكومة»: a man takes no adjective of the other gender; plurals (الفصائل) do
        if core.endswith("ة") and gender_of(head) != "f":
            return reading.gender == "f" or not head.tags & v.DEFINITE
        return not (gender_of(head) == "f" and not core.endswith(("ة", "ي")))
    return True


def _is_object(view: View, first: int, reading: Reading) -> bool:
    """Whether the only phrase before the hinge is the second party, the speaker being implicit."""
    head = view.form(first)
    core = head.core
    if (core.endswith("ين") and len(core) > 4) or core in _EVERYBODY:
        return True
    gender = gender_of(head)
    if reading.gender and gender and gender != reading.gender and not head.tags & v.GROUP:
        return True
    return reading.number == "p" or "needs" in reading.takes


def _bare_small(view: View, at: int, reading: Reading) -> Frame | None:
    """«اعتبر [القرار خطأ]» without a preposition."""
    if reading.kind == "participle":
        following = view.form(at + 1) if at + 1 < view.last else None
        if (
            following is None
            or following.tags & (v.COMPLEMENTISER | v.ADJUNCT)
            or following.word == ":"
        ):
            return None
        return None, Content(at + 1, 0, "phrase")
    phrase = noun_phrase(view.article, at + 1, view.last)
    if reading.pronoun:
        judgement = _judgement(view, at + 1) or phrase.last
        return _judged(view, phrase._replace(last=min(phrase.last, judgement)))
    action = _action(view, at + 1)
    if action is not None:
        return action
    for token in range(at + 2, phrase.last):
        if token not in view.article.closing and _begins_anew(view, at + 1, token, reading):
            return Phrase(at + 1, token), Content(token, 0, "phrase")
    judgement = _judgement(view, at + 2)
    if judgement is None or not phrase or not reading.past:
        return None
    phrase = phrase._replace(last=min(phrase.last, judgement))
    line = _forced(view, phrase)
    if line is None and phrase.last - phrase.first == 2 and _both_definite(view, phrase):
        line = phrase.first + 1  # عد المدير | القرار خطأ
    if line is None:  # one noun and its judgement, so nobody is named
        return None, Content(phrase.first, 0, "phrase")
    return Phrase(phrase.first, line), Content(line, 0, "phrase")


def _action(view: View, first: int) -> Frame | None:
    """«عد | النائب | [انضمام البلاد خطأ]»: a verbal noun that is judged."""
    phrase = noun_phrase(view.article, first, view.last, before_masdar=True)
    token = after_parenthesis(view.article, phrase.last, view.last)
    while token < view.last and (view.is_comma(token) or view.form(token).tags & v.TIME):
        token += 1
    if not phrase or token >= view.last or not is_bare_masdar(view.form(token)):
        return None
    judgement = _judgement(view, token + 1)
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


def _both_definite(view: View, phrase: Phrase) -> bool:
    first, second = view.form(phrase.first), view.form(phrase.last - 1)
    return bool(first.tags & second.tags & v.DEFINITE) and not second.core.endswith(("ي", "ية"))


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


def _blame(view: View, at: int) -> tuple[int, Content] | None:
    """«حمل | الأهالي الشركة | مسؤولية كذا»: the hinge is the responsibility."""
    for token in range(at + 1, min(view.last, at + _REACH)):
        form = view.form(token)
        if form.core in _RESPONSIBILITY:
            return token, Content(token, 0, "phrase")
        if form.tags & v.COMPLEMENTISER or is_finite_cue(form) or form.word == ":":
            return None
    return None
