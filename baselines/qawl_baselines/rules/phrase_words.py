"""Whether a word begins, goes on with, or ends the noun phrase of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import (
    is_accusative,
    is_bare_masdar,
    is_definite_masdar,
    is_finite_cue,
)
from qawl_baselines.rules.ties import (
    glued_ties,
    has_members,
    is_glued,
    preposition_ties,
    without_li,
)

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Article, Form

# Prepositions that may tie a place or a field to a title: مصدر في الشرطة, عضو لدى الهيئة
_INNER = v.word_set("inner")
_SPANS_OF_TIME = v.word_set("spans_of_time")
_WHICH_TIME = v.word_set("which_time")
_NAMES_IN_T = v.word_set("names_in_t")
_MANNERS = v.word_set("manners")
_DEMONSTRATIVES = v.word_set("demonstratives")
_FORMERLY = v.word_set("formerly")
_WHAT = v.word_set("what")
_ASIDES = v.word_set("asides")
_HIDING = v.word_set("hiding")
_OFFICES = v.word_set("offices")
_AFFAIRS = v.word_set("affairs")
# Words of these classes are in no noun phrase.
NEVER_INSIDE = v.COMPLEMENTISER | v.RELATIVE | v.TIME | v.AUXILIARY | v.ADDRESSEE | v.NEGATION
OPENS_ADJUNCT = v.ADJUNCT | v.CLAUSE | v.OPENING


class Manner(NamedTuple):
    """How a phrase is looked for; see :func:`noun_phrase`."""

    before_masdar: bool
    skip: int
    preposed: bool
    appositions: bool


def ends_phrase(article: Article, first: int, token: int, manner: Manner) -> bool:
    """Whether the word at ``token`` is not in the phrase any more."""
    form = article.forms[token]
    if token == first:
        return _cannot_begin(form, manner)
    if form.tags & NEVER_INSIDE:
        return not _inside_after_all(article, first, token)
    if form.core in _INNER:
        return not preposition_ties(article, first, token)
    accusative = is_accusative(form) and not manner.preposed  # no more of the subject
    if accusative or form.tags & OPENS_ADJUNCT or form.core in ("ل", "ب", "ك"):
        return True
    possessed = form.tags & v.MEDIUM and form.core.endswith(("ه", "ها", "هم"))  # ختم فلان | كلمته
    if possessed or is_past_time(article, token) or is_verb_of_relative(form):
        return True
    hides = form.core in _ASIDES and _next(article, token) in _HIDING  # طلب عدم كشف اسمه
    return hides or _tells_on(article, token) or _leaves(article, first, token, manner)


def _inside_after_all(article: Article, first: int, token: int) -> bool:
    """مدير عام; النقابة الوطنية للصحفيين; إحصائية لموقع كذا."""
    form, head = article.forms[token], article.forms[first]
    owned = token == first + 1 and form.tags & v.ADDRESSEE and head.tags & (v.DOCUMENT | v.FACT)
    office = form.tags & v.ADDRESSEE and article.forms[token - 1].core in _OFFICES
    general = form.core == "عام" and article.forms[token - 1].tags & v.ROLE
    return bool(owned or general or office) or has_members(article, first, token)


def _tells_on(article: Article, token: int) -> bool:
    """Whether the word is a cue of its own; «دار نشر» is none."""
    form, before = article.forms[token], article.forms[token - 1]
    if is_finite_cue(form):
        return not (before.tags & v.BODY and not before.tags & v.DEFINITE and not form.skip)
    circumstance = (
        form.cue is not None and form.cue.kind == "participle" and not form.tags & v.SOURCE
    )
    complete = before.tags & (v.DEFINITE | v.COUNTRY) or not before.tags & (v.SOURCE | v.MASDAR)
    apart = circumstance and form.core.endswith("ة") and not form.tags & v.DEFINITE and complete
    return bool(apart) or is_other_cue(form)


def _cannot_begin(form: Form, manner: Manner) -> bool:
    """Whether a word is no first word of a phrase."""
    if _is_ali(form) or (manner.skip and v.tags_of(without_li(form.core)) & v.SOURCE):
        return False
    if form.tags & (NEVER_INSIDE | OPENS_ADJUNCT) or form.core in ("ل", "ب", "ك"):
        return True
    if (is_finite_cue(form) and form.skip) or is_other_cue(form):
        return True
    if not manner.preposed and is_accusative(form):
        return True  # accusative, so no subject: مرارا
    guest = form.core[0] == "ل" and form.core.endswith(("ه", "ها", "هم")) and len(form.core) > 4
    adverb = guest or form.core.startswith("بال") or form.core in _WHAT or form.core in _MANNERS
    return adverb and not manner.skip and not form.tags & v.SOURCE


def points(article: Article, token: int) -> bool:
    """Whether a demonstrative opens a noun phrase here: هذه | المجموعة."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    form = article.forms[token]
    return form.core in _DEMONSTRATIVES and not form.skip and following.tags & v.DEFINITE != 0


def stays(article: Article, token: int) -> bool:
    """Whether a word that mostly ends a phrase goes on with it: الشيخ علي, المصادر غير الرسمية."""
    form = article.forms[token]
    if form.core in _FORMERLY and token + 1 < len(article.forms):
        return article.forms[token + 1].tags & v.ROLE != 0  # إمام الحرم سابقا | الشيخ فلان
    return _is_ali(form) or (form.core == "غير" and not _followed_by_clause(article, token))


def _is_ali(form: Form) -> bool:
    """The name علي, which folds to the same as على."""
    return form.core == "علي" and form.word.endswith("ي")


def _followed_by_clause(article: Article, token: int) -> bool:
    """Whether «غير أن» stands here, and not «غير الرسمية»."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    return bool(following.tags & v.COMPLEMENTISER)


def _leaves(article: Article, first: int, token: int, manner: Manner) -> bool:
    """Whether a noun belongs to the clause and no more to the phrase."""
    form, before = article.forms[token], article.forms[token - 1]
    if is_glued(form):
        head = article.forms[first]
        tags = v.tags_of(without_li(head.core)) if manner.skip else head.tags
        if not glued_ties(article, first, token, tags):
            return True
    waits = before.tags & (v.ROLE | v.BODY | v.DOCUMENT) and not before.tags & v.DEFINITE
    waits = waits or before.core in _AFFAIRS
    if manner.before_masdar and is_definite_masdar(form):
        return bool(before.tags & v.DEFINITE) and not form.core.endswith(("ي", "ية"))
    bare = manner.before_masdar and is_bare_masdar(form) and not form.skip
    return bare and not waits and not _names(article, token)


def _names(article: Article, token: int) -> bool:
    """Whether a verbal noun is half of a name: فتح الله, نصر الدين."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    return following.core in ("الله", "الدين")


def is_other_cue(form: Form) -> bool:
    """Whether a word is a cue that is no finite verb: a participle, a connective, قوله."""
    if form.cue is None or form.cue.kind == "verb":
        return False
    circumstance = form.core.endswith("ا") or form.skip > 0 or form.cue.lemma == "قال"
    return form.cue.kind != "participle" or circumstance


def is_past_time(article: Article, token: int) -> bool:
    """«الشهر الماضي», «العام الجاري»: a time, where «العام» alone is "general"."""
    if article.forms[token].core not in _SPANS_OF_TIME or token + 1 >= len(article.forms):
        return False
    return article.forms[token + 1].core in _WHICH_TIME


def is_verb_of_relative(form: Form) -> bool:
    """«مصادر | تحدثت لنا»: the clause of an indefinite noun."""
    core = form.core
    if len(core) < 5 or form.tags & (v.DEFINITE | v.SOURCE | v.MASDAR):
        return False
    return core.endswith("ت") and not core.endswith(("ات", "يت", "وت")) and core not in _NAMES_IN_T


def _next(article: Article, token: int) -> str:
    return article.forms[min(token + 1, len(article.forms) - 1)].core
