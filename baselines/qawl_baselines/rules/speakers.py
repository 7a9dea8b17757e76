"""Where the noun phrase of a source begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import is_accusative, is_bare_masdar, is_finite_cue, looks_verbal
from qawl_baselines.rules.ties import (
    glued_ties,
    has_members,
    is_glued,
    preposition_ties,
    title_before,
    without_li,
)
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Article, Form

_LONGEST = 28
_LONGEST_APPOSITION = 14
_LONGEST_PARENTHESIS = 9
_APPOSES = frozenset("،,-–—")
_LONGEST_NAME_IN_MARKS = 6
# Prepositions that may tie a place or a field to a title: مصدر في الشرطة, عضو لدى الهيئة
_INNER = v.word_set("inner")
_SPANS_OF_TIME = v.word_set("spans_of_time")
_WHICH_TIME = v.word_set("which_time")
_ASIDES = v.word_set("asides")
_NAMES_IN_T = v.word_set("names_in_t")
_MANNERS = v.word_set("manners")
_DEMONSTRATIVES = v.word_set("demonstratives")
_FORMERLY = v.word_set("formerly")
_WHAT = v.word_set("what")
_AFFAIRS = v.word_set("affairs")
_LEFT_OVER = frozenset("وبل،,.") | _INNER
# Words of these classes are in no noun phrase.
_NEVER_INSIDE = v.COMPLEMENTISER | v.RELATIVE | v.TIME | v.AUXILIARY | v.ADDRESSEE | v.NEGATION
_OPENS_ADJUNCT = v.ADJUNCT | v.CLAUSE | v.OPENING


class Phrase(NamedTuple):
    """A noun phrase: tokens ``first`` up to and without ``last``; empty if they are equal.

    ``skip`` is the number of code points of a glued preposition or conjunction before it.
    """

    first: int
    last: int
    skip: int = 0

    def __bool__(self) -> bool:
        return self.last > self.first


class _Manner(NamedTuple):
    """How a phrase is looked for; see :func:`noun_phrase`."""

    before_masdar: bool
    skip: int
    preposed: bool
    appositions: bool


def noun_phrase(
    article: Article,
    first: int,
    end: int,
    *,
    before_masdar: bool = False,
    skip: int = 0,
    preposed: bool = False,
    appositions: bool = True,
) -> Phrase:
    """The longest noun phrase that starts at token ``first`` and stays before ``end``.

    Args:
        article: the article.
        first: the first token.
        end: the token before which it must end.
        before_masdar: whether an indefinite verbal noun ends it: أعلنت الوزارة | تسجيل إصابات.
        skip: code points of a preposition that is glued to its first word.
        preposed: whether the verb comes behind it, so that a string in marks is no content.
        appositions: whether it may go on behind a comma.
    """
    manner = _Manner(before_masdar, skip, preposed, appositions)
    end = min(end, first + _LONGEST)
    last = first
    while last < end:
        following = _step(article, first, last, end, manner)
        if following == last:
            break
        last = following
    return Phrase(first, _without_tail(article, first, last), skip)


def _step(article: Article, first: int, token: int, end: int, manner: _Manner) -> int:
    """The token behind what goes on with the phrase at ``token``; ``token`` itself if nothing."""
    form = article.forms[token]
    if token == first and points(article, token):
        return token + 1
    if form.core in ("ل", "ب") and token > first and _named_owner(article, first, token):
        return article.closing[token + 1] + 1
    if token in article.closing:
        named = _is_name_in_marks(article, first, token, end, manner.preposed)
        return article.closing[token] + 1 if named else token
    if form.word in _APPOSES and token > first and manner.appositions:
        apposition = _apposition(article, token + 1, end, manner)
        return apposition if apposition > token + 1 else token
    if form.word == "(" and token > first:
        behind = after_parenthesis(article, token, end)
        return behind if behind > token and _goes_on(article, behind, end) else token
    if form.word == "." and token > first and len(article.forms[token - 1].word) == 1:
        return token + 1  # م. فلان, د. فلان
    if not form.word[0].isalnum():
        return token
    stays = token > first and _stays(article, token)
    return token + 1 if stays or not _ends_phrase(article, first, token, manner) else token


def points(article: Article, token: int) -> bool:
    """Whether a demonstrative opens a noun phrase here: هذه | المجموعة."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    form = article.forms[token]
    return form.core in _DEMONSTRATIVES and not form.skip and following.tags & v.DEFINITE != 0


def _named_owner(article: Article, first: int, token: int) -> bool:
    """Whether «ل "كذا"» says whose a document or of what somebody is head."""
    opening = token + 1
    if opening not in article.closing or article.words_in(opening) > 4:
        return False
    if article.forms[first].tags & v.DOCUMENT:
        return True
    behind = article.closing[opening] + 1
    named = behind < len(article.forms) and _goes_on(article, behind, behind + 1)
    return named and title_before(article, first, token) is not None


def after_parenthesis(article: Article, token: int, end: int) -> int:
    """The token behind the parenthesis that opens at ``token``; ``token`` if there is none."""
    if token >= end or article.forms[token].word != "(":
        return token
    for at in range(token + 1, min(end, token + _LONGEST_PARENTHESIS)):
        if article.forms[at].word == ")":
            return at + 1
    return token


def _goes_on(article: Article, token: int, end: int) -> bool:
    """Whether a phrase goes on behind a parenthesis: فلان (23 عاما) | أحد سكان المبنى."""
    if token >= end:
        return False
    form = article.forms[token]
    stop = _NEVER_INSIDE | _OPENS_ADJUNCT | v.MASDAR | v.DEFINITE
    if form.tags & (v.ROLE | v.UNNAMED | v.GROUP) and not form.skip and form.cue is None:
        return True
    plain = form.word[0].isalpha() and not form.skip and form.cue is None
    return plain and not form.tags & stop and not looks_verbal(form) and not is_accusative(form)


def _stays(article: Article, token: int) -> bool:
    """Whether a word that mostly ends a phrase goes on with it: الشيخ علي, المصادر غير الرسمية."""
    form = article.forms[token]
    if form.core in _FORMERLY and token + 1 < len(article.forms):
        return article.forms[token + 1].tags & v.ROLE != 0  # إمام الحرم سابقا | الشيخ فلان
    return _is_ali(form) or (form.core == "غير" and not _followed_by_clause(article, token))


def _without_tail(article: Article, first: int, last: int) -> int:
    """Without a preposition that was left without its noun."""
    while last > first and article.forms[last - 1].core in _LEFT_OVER:
        last -= 1
    return last


def _is_name_in_marks(article: Article, first: int, opening: int, end: int, preposed: bool) -> bool:
    """Whether a quoted string is a name inside the phrase: قناة “كذا”, الرئيس “فلان”."""
    closing = article.closing[opening]
    if closing - opening - 1 > _LONGEST_NAME_IN_MARKS or closing >= end:
        return False
    if article.forms[opening + 1].tags & v.ADDRESSEE:
        return False  # قال فلان "للإذاعة"
    if preposed:
        return True
    before = article.forms[opening - 1] if opening > first else None
    if before is not None and before.tags & v.NAMES and closing - opening - 1 <= 4:
        return True
    subject = before is None and article.forms[closing + 1].tags & v.MASDAR
    return bool(subject) or _content_follows(article, closing + 1, end)


def _content_follows(article: Article, token: int, end: int) -> bool:
    """Whether something that opens a content still comes."""
    for at in range(token, min(end, token + 25)):
        form = article.forms[at]
        if form.tags & v.COMPLEMENTISER or form.word == ":" or at in article.closing:
            return True
    return False


def _ends_phrase(article: Article, first: int, token: int, manner: _Manner) -> bool:
    """Whether the word at ``token`` is not in the phrase any more."""
    form = article.forms[token]
    if token == first:
        return _cannot_begin(form, manner)
    before = article.forms[token - 1]
    if form.tags & _NEVER_INSIDE:
        # مدير عام; النقابة الوطنية للصحفيين; إحصائية لموقع كذا
        of_site = v.DOCUMENT | v.FACT
        if token == first + 1 and form.tags & v.ADDRESSEE and article.forms[first].tags & of_site:
            return False
        return not (
            has_members(article, first, token) or (form.core == "عام" and before.tags & v.ROLE)
        )
    if form.core in _INNER:
        return not preposition_ties(article, first, token)
    accusative = is_accusative(form) and not manner.preposed  # no more of the subject
    if accusative or form.tags & _OPENS_ADJUNCT or form.core in ("ل", "ب", "ك"):
        return True
    if is_past_time(article, token) or _is_verb_of_relative(form):
        return True
    if is_finite_cue(form):  # «دار نشر» is no verb
        return not (before.tags & v.BODY and not before.tags & v.DEFINITE and not form.skip)
    return _is_other_cue(form) or _leaves(article, first, token, manner)


def _cannot_begin(form: Form, manner: _Manner) -> bool:
    """Whether a word is no first word of a phrase."""
    if _is_ali(form) or (manner.skip and v.tags_of(without_li(form.core)) & v.SOURCE):
        return False
    if form.tags & (_NEVER_INSIDE | _OPENS_ADJUNCT) or form.core in ("ل", "ب", "ك"):
        return True
    if (is_finite_cue(form) and form.skip) or _is_other_cue(form):
        return True
    if not manner.preposed and is_accusative(form):
        return True  # accusative, so no subject: مرارا
    adverb = form.core.startswith("بال") or form.core in _WHAT or form.core in _MANNERS
    return adverb and not manner.skip and not form.tags & v.SOURCE


def _is_ali(form: Form) -> bool:
    """The name علي, which folds to the same as على."""
    return form.core == "علي" and form.word.endswith("ي")


def _followed_by_clause(article: Article, token: int) -> bool:
    """Whether «غير أن» stands here, and not «غير الرسمية»."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    return bool(following.tags & v.COMPLEMENTISER)


def _leaves(article: Article, first: int, token: int, manner: _Manner) -> bool:
    """Whether a noun belongs to the clause and no more to the phrase."""
    form, before = article.forms[token], article.forms[token - 1]
    if is_glued(form):
        head = article.forms[first]
        tags = v.tags_of(without_li(head.core)) if manner.skip else head.tags
        if not glued_ties(article, first, token, tags):
            return True
    waits = before.tags & (v.ROLE | v.BODY | v.DOCUMENT) and not before.tags & v.DEFINITE
    waits = waits or before.core in _AFFAIRS
    return (
        manner.before_masdar and is_bare_masdar(form) and not waits and not _names(article, token)
    )


def _names(article: Article, token: int) -> bool:
    """Whether a verbal noun is half of a name: فتح الله, نصر الدين."""
    following = article.forms[min(token + 1, len(article.forms) - 1)]
    return following.core in ("الله", "الدين")


def _is_other_cue(form: Form) -> bool:
    if form.cue is None or form.cue.kind == "verb":
        return False
    circumstance = form.core.endswith("ا") or form.skip > 0 or form.cue.lemma == "قال"
    return form.cue.kind != "participle" or circumstance


def is_past_time(article: Article, token: int) -> bool:
    """«الشهر الماضي», «العام الجاري»: a time, where «العام» alone is "general"."""
    if article.forms[token].core not in _SPANS_OF_TIME or token + 1 >= len(article.forms):
        return False
    return article.forms[token + 1].core in _WHICH_TIME


def _is_verb_of_relative(form: Form) -> bool:
    """«مصادر | تحدثت لنا»: the clause of an indefinite noun."""
    core = form.core
    if len(core) < 5 or form.tags & (v.DEFINITE | v.SOURCE | v.MASDAR):
        return False
    return core.endswith("ت") and not core.endswith(("ات", "يت", "وت")) and core not in _NAMES_IN_T


def _apposition(article: Article, token: int, end: int, manner: _Manner) -> int:
    """The end of an apposition between commas that starts at ``token``, or ``token`` if none."""
    if token >= end or not _may_be_apposition(article.forms[token], manner):
        return token
    for at in range(token, min(end, token + _LONGEST_APPOSITION)):
        form = article.forms[at]
        if form.word in COMMAS or form.word in ":(":
            return at
        if form.tags & (v.COMPLEMENTISER | v.RELATIVE):
            return at
        if at in article.closing and article.words_in(at) > _LONGEST_NAME_IN_MARKS:
            return at
        circumstance = form.cue is not None and form.cue.kind == "participle"
        if is_finite_cue(form) or form.tags & v.CLAUSE or (circumstance and form.core[-1] == "ا"):
            return token
    return token


def _may_be_apposition(form: Form, manner: _Manner) -> bool:
    core = form.core
    stop = _NEVER_INSIDE | v.ADJUNCT | v.CLAUSE | v.TURN
    joined = form.skip and form.tags & v.SOURCE and not is_finite_cue(form)
    if (form.skip and not joined) or form.tags & stop or not form.word[0].isalpha():
        return False
    if form.cue is not None and not form.tags & v.SOURCE:
        return False
    if core.startswith("و") and core.endswith(("ه", "ها", "هو", "هي")):
        return False  # ومقرها كذا
    if core in _ASIDES or _is_verb_of_relative(form):
        return False  # مصادر، رفضت الكشف عن هويتها
    if manner.before_masdar and is_bare_masdar(form):
        return False
    glued = core.startswith(("بال", "لل", "ب")) and len(core) > 5 and not form.tags & v.SOURCE
    return not (glued and v.tags_of(core[1:]))
