"""Where the noun phrase of a source begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.phrase_words import (
    NEVER_INSIDE,
    OPENS_ADJUNCT,
    Manner,
    ends_phrase,
    is_verb_of_relative,
    points,
    stays,
)
from qawl_baselines.rules.shapes import is_accusative, is_bare_masdar, is_finite_cue, looks_verbal
from qawl_baselines.rules.ties import title_before, without_li
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
_ASIDES = v.word_set("asides")
_LEFT_OVER = frozenset("وبل،,.") | _INNER


class Phrase(NamedTuple):
    """A noun phrase: tokens ``first`` up to and without ``last``; empty if they are equal.

    ``skip`` is the number of code points of a glued preposition or conjunction before it.
    """

    first: int
    last: int
    skip: int = 0

    def __bool__(self) -> bool:
        return self.last > self.first


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
    manner = Manner(before_masdar, skip, preposed, appositions)
    end = min(end, first + _LONGEST)
    last = first
    while last < end:
        following = _step(article, first, last, end, manner)
        if following == last:
            break
        last = following
    return Phrase(first, _without_tail(article, first, last), skip)


def _step(article: Article, first: int, token: int, end: int, manner: Manner) -> int:
    """The token behind what goes on with the phrase at ``token``; ``token`` itself if nothing."""
    form = article.forms[token]
    if token in article.closing:
        named = _is_name_in_marks(article, first, token, end, manner.preposed)
        return article.closing[token] + 1 if named else token
    if token == first:
        goes_on = points(article, token) or not ends_phrase(article, first, token, manner)
        return token + 1 if form.word[0].isalnum() and goes_on else token
    if not form.word[0].isalnum():
        return _past_sign(article, token, end, manner)
    if form.core in ("ل", "ب") and _named_owner(article, first, token):
        return article.closing[token + 1] + 1
    goes_on = not ends_phrase(article, first, token, manner) or stays(article, token)
    return token + 1 if goes_on else token


def _past_sign(article: Article, token: int, end: int, manner: Manner) -> int:
    """The same for a sign inside a phrase: a comma, a parenthesis, the full stop of «د.»."""
    form = article.forms[token]
    if form.word in _APPOSES and manner.appositions:
        apposition = _apposition(article, token + 1, end, manner)
        return apposition if apposition > token + 1 else token
    if form.word == "(":
        behind = after_parenthesis(article, token, end)
        return behind if behind > token and _goes_on(article, behind, end) else token
    title = form.word == "." and len(article.forms[token - 1].word) == 1  # م. فلان
    return token + 1 if title else token


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
    stop = NEVER_INSIDE | OPENS_ADJUNCT | v.MASDAR | v.DEFINITE
    if form.tags & (v.ROLE | v.UNNAMED | v.GROUP) and not form.skip and form.cue is None:
        return True
    plain = form.word[0].isalpha() and not form.skip and form.cue is None
    return plain and not form.tags & stop and not looks_verbal(form) and not is_accusative(form)


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
    called = before is not None and (before.tags | v.tags_of(without_li(before.core))) & v.NAMES
    if called and closing - opening - 1 <= 4:
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


def _apposition(article: Article, token: int, end: int, manner: Manner) -> int:
    """The end of an apposition between commas that starts at ``token``, or ``token`` if none."""
    if token >= end or not _may_be_apposition(article.forms[token], manner):
        return token
    for at in range(token, min(end, token + _LONGEST_APPOSITION)):
        form = article.forms[at]
        if _closes_apposition(article, at):
            return at
        circumstance = form.cue is not None and form.cue.kind == "participle"
        if circumstance and form.core[-1] == "ا":
            return at if at > token + 1 else token  # قال فلان، مدير كذا | قائلا
        if is_finite_cue(form) or form.tags & v.CLAUSE:
            return token
    return token


def _closes_apposition(article: Article, token: int) -> bool:
    """Whether an apposition ends here: at a comma, a clause, «قد», a longer string in marks."""
    form = article.forms[token]
    if form.word in COMMAS or form.word in ":(":
        return True
    if form.tags & (v.COMPLEMENTISER | v.RELATIVE | v.AUXILIARY):
        return True
    return token in article.closing and article.words_in(token) > _LONGEST_NAME_IN_MARKS


def _may_be_apposition(form: Form, manner: Manner) -> bool:
    core = form.core
    stop = NEVER_INSIDE | v.ADJUNCT | v.CLAUSE | v.TURN
    joined = form.skip and form.tags & v.SOURCE and not is_finite_cue(form)
    if (form.skip and not joined) or form.tags & stop or not form.word[0].isalpha():
        return False
    if form.cue is not None and not form.tags & v.SOURCE:
        return False
    if core.startswith("و") and core.endswith(("ه", "ها", "هو", "هي")):
        return False  # ومقرها كذا
    if core in _ASIDES or is_verb_of_relative(form):
        return False  # مصادر، رفضت الكشف عن هويتها
    if manner.before_masdar and is_bare_masdar(form):
        return False
    glued = core.startswith(("بال", "لل", "ب")) and len(core) > 5 and not form.tags & v.SOURCE
    return not (glued and v.tags_of(core[1:]))
