"""Where the noun phrase of a source begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Article, Form

_LONGEST = 28
_LONGEST_NAME_IN_MARKS = 6
# Prepositions that may tie a place or a field to a title: مصدر في الشرطة, عضو لدى الهيئة
_INNER = frozenset(["في", "فى", "لدي", "من", "علي", "عن"])
_QUANTITIES = frozenset(
    "عدد عشرات بعض كثير عديد العديد مجموعه مجموعة احد احدي واحد واحدة اكثر اي مئات الاف اثنان اثنين ثلاثة".split()
)
_IN_CHARGE = frozenset(["مشرف", "مشرفة", "مسؤول", "مسؤولة", "مسؤولون", "مسؤولين", "قائمون", "قائمين", "مدافعون", "مدافعة"])
_SPANS_OF_TIME = frozenset(["العام", "الشهر", "الاسبوع", "السنة", "الصيف", "الربيع", "الشتاء"])
_WHICH_TIME = frozenset("الماضي الجاري المقبل الحالي الفائت السابق المنصرم القادم الماضية الجارية المقبلة".split())
_NAMES_IN_T = frozenset("شوكت رفعت مدحت طلعت حكمت نعمت بهجت جودت عصمت".split())
_MANNERS = frozenset(
    "بطريقة بشدة بقوة بسرعة بصورة بشكل بحزم بوضوح بصراحة بلهجة بنبرة بحدة بثقة بمرارة بفخر".split()
)
_BOUND_TO_A_PLACE = frozenset(
    "منشور منشورة صادر صادرة مقيم مقيمة عامل عاملة مشارك مشاركة متخصص متخصصة مختص مختصة خبير خبيرة باحث باحثة".split()
)
_TITLE_LIKE = v.ROLE | v.UNNAMED | v.GROUP


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
    article: Article, first: int, end: int, *, before_masdar: bool = False, skip: int = 0,
    preposed: bool = False,
) -> Phrase:
    """The longest noun phrase that starts at token ``first`` and stays before ``end``.

    ``skip`` is the number of code points of a preposition glued to its first word; ``preposed`` says that the
    verb comes behind it, so that a string in marks is no content. With ``before_masdar`` an indefinite verbal noun ends it: أعلنت الوزارة | تسجيل إصابات.
    """
    token = first
    end = min(end, first + _LONGEST)
    last = first
    while token < end:
        form = article.forms[token]
        if token in article.closing:
            if not _is_name_in_marks(article, first, token, end, preposed):
                break
            token = last = article.closing[token] + 1
        elif form.word in ("،", ",") and token > first:
            apposition = _apposition(article, token + 1, end)
            if apposition <= token + 1:
                break
            token = last = apposition
        elif not form.word[0].isalnum() or _ends_phrase(article, first, token, before_masdar, skip, preposed):
            break
        else:
            token = last = token + 1
    return Phrase(first, _without_tail(article, first, last), skip)


def _without_tail(article: Article, first: int, last: int) -> int:
    """Without a preposition that was left without its noun."""
    while last > first and (
        article.forms[last - 1].core in _INNER or article.forms[last - 1].core in ("و", "ب", "ل")
    ):
        last -= 1
    return last


def _is_name_in_marks(
    article: Article, first: int, opening: int, end: int, preposed: bool
) -> bool:
    """Whether a quoted string is a name inside the phrase: قناة “كذا”, الرئيس “فلان”."""
    closing = article.closing[opening]
    if closing - opening - 1 > _LONGEST_NAME_IN_MARKS or closing >= end:
        return False
    if preposed:
        return True
    before = article.forms[opening - 1] if opening > first else None
    if before is not None and before.tags & v.NAMES and closing - opening - 1 <= 4:
        return True
    return _content_follows(article, closing + 1, end)


def _content_follows(article: Article, token: int, end: int) -> bool:
    """Whether something that opens a content still comes."""
    for at in range(token, min(end, token + 25)):
        form = article.forms[at]
        if form.tags & v.COMPLEMENTISER or form.word == ":" or at in article.closing:
            return True
    return False


def _ends_phrase(
    article: Article, first: int, token: int, before_masdar: bool, skip: int, preposed: bool
) -> bool:
    form = article.forms[token]
    tags = form.tags
    before = article.forms[token - 1] if token > first else None
    if tags & (v.COMPLEMENTISER | v.RELATIVE | v.TIME | v.AUXILIARY | v.ADDRESSEE | v.NEGATION):
        return True
    if form.core in _INNER and before is not None:
        return not _ties(article, first, token)
    if tags & (v.ADJUNCT | v.CLAUSE | v.OPENING) or form.core in ("ل", "ب", "ك"):
        return True
    if before is not None and _is_past_time(article, token) or _is_verb_of_relative(form, before):
        return True
    if is_finite_cue(form) and (before is not None or form.skip):
        return True
    if form.cue is not None and form.cue.kind != "verb":
        return form.cue.kind != "participle" or form.core.endswith("ا") or form.skip > 0
    if before is None and not preposed and form.word.endswith(("اً", "ًا")):
        return True  # accusative, so no subject: مرارا
    if before is None:
        adverb = form.core.startswith("بال") or form.core in _MANNERS
        return not skip and adverb and not tags & v.SOURCE
    if _glued(form):
        head = article.forms[first]
        tags_of_head = v.tags_of(without_li(head.core)) if skip else head.tags
        if not _glued_ties(form, article, first, token, tags_of_head):
            return True
    return before_masdar and bool(tags & v.MASDAR) and not tags & v.SOURCE and _complete(before)


def _is_past_time(article: Article, token: int) -> bool:
    """«الشهر الماضي», «العام الجاري»: a time, where «العام» alone is "general"."""
    if article.forms[token].core not in _SPANS_OF_TIME or token + 1 >= len(article.forms):
        return False
    return article.forms[token + 1].core in _WHICH_TIME


def _is_verb_of_relative(form: Form, before: Form | None) -> bool:
    """«مصادر | تحدثت لنا»: the clause of an indefinite noun."""
    core = form.core
    if before is None or len(core) < 5 or form.tags & (v.DEFINITE | v.SOURCE | v.MASDAR):
        return False
    return core.endswith("ت") and not core.endswith(("ات", "يت", "وت")) and core not in _NAMES_IN_T


def is_finite_cue(form: Form) -> bool:
    """Whether a word is a verb of reporting and no noun in the first place."""
    return form.cue is not None and form.cue.kind == "verb" and not form.tags & v.SOURCE


def _complete(before: Form) -> bool:
    """Whether a phrase may end after this word: it is no noun that waits for its genitive."""
    return bool(before.tags & v.DEFINITE) or not before.tags & (v.ROLE | v.BODY | v.DOCUMENT)


def _ties(article: Article, first: int, token: int) -> bool:
    """Whether a preposition inside a phrase ties it to what it belongs to."""
    if token + 1 >= len(article.forms):
        return False
    following = article.forms[token + 1]
    if (
        following.tags & (v.MEDIUM | v.TIME | v.RELATIVE | v.COMPLEMENTISER)
        or following.tags & v.NUMBER
    ):
        return False
    if not following.word[0].isalpha():
        return False
    core = article.forms[token].core
    if core == "في" and article.forms[first].tags & v.ROLE and following.tags & v.BODY:
        return True
    if article.forms[token - 1].core.removeprefix("ال") in _BOUND_TO_A_PLACE:
        return True
    if core == "من":
        return article.forms[token - 1].core in _QUANTITIES or bool(
            article.forms[first].tags & (v.UNNAMED | v.GROUP)
        )
    if core in ("علي", "عن"):
        return article.forms[token - 1].core.removeprefix("ال") in _IN_CHARGE
    return all(
        bool(article.forms[at].tags & _TITLE_LIKE) or _is_adjective(article.forms[at])
        for at in range(first, token)
    ) and bool(article.forms[first].tags & _TITLE_LIKE)


def _is_adjective(form: Form) -> bool:
    return form.core.endswith(("ي", "ية", "يون", "يين", "ان", "ون", "ين", "ة")) or bool(
        form.tags & v.DEFINITE
    )


def _glued(form: Form) -> bool:
    return len(form.core) > 3 and (
        form.core.startswith(("بال", "لل", "كال")) or form.core[0] in "لب"
    )


def _may_be_common(article: Article, first: int, token: int) -> bool:
    """Whether a phrase so far is of common nouns: حصيلة مؤقتة, and not of a name: هناء الكويري."""
    return all(
        article.forms[at].core.endswith(("ة", "ات")) and not article.forms[at].tags & v.DEFINITE
        for at in range(first, token)
    )


def without_li(core: str) -> str:
    """للمصدر, لمصدر: the noun without its preposition, with its article."""
    return "ا" + core[1:] if core.startswith("لل") else core[1:]


def _glued_ties(form: Form, article: Article, first: int, token: int, head: int) -> bool:
    """Whether a word with glued ب or ل belongs to the phrase: المتحدث باسم, الأمين العام للهيئة."""
    if form.core.startswith("باسم"):
        return True
    if form.core.startswith(("بال", "لل")):
        if head & (v.BODY | v.DOCUMENT) or token - 1 in article.opening:
            return True
        if form.core.startswith("بال") and any(
            article.forms[at].tags & _TITLE_LIKE for at in range(max(first, token - 3), token)
        ):
            return True
        plural = article.forms[first].core.endswith(("ة", "ات"))
        if not head & (v.SOURCE | v.MASDAR) and not plural and not _may_be_common(article, first, token):
            return False
        if form.core.startswith("لل") and _may_be_common(article, first, token):
            return True
    else:
        if head & v.DOCUMENT and form.core[0] == "ل" and token == first + 1:
            return True
        # Names and nouns that merely begin with the letter: لبنى, بيان, بلدية
        rest = form.core[1:]
        known = v.tags_of(rest) & (v.SOURCE | v.MEDIUM | v.TIME)
        return bool(form.tags & v.SOURCE) or not known
    return all(
        bool(article.forms[at].tags & (_TITLE_LIKE | v.BODY | v.DEFINITE | v.COUNTRY | v.MASDAR))
        or _is_adjective(article.forms[at])
        for at in range(first, token)
    )


def _apposition(article: Article, token: int, end: int) -> int:
    """The end of an apposition between commas that starts at ``token``, or ``token`` if none."""
    if token >= end:
        return token
    form = article.forms[token]
    stop = v.TIME | v.ADJUNCT | v.CLAUSE | v.RELATIVE | v.COMPLEMENTISER | v.AUXILIARY | v.TURN
    if form.word.startswith("و") and form.core.endswith(("ه", "ها", "هو", "هي")):
        return token  # ومقرها كذا
    if form.skip or form.tags & stop or form.cue is not None and not form.tags & v.SOURCE:
        return token
    if (
        not form.word[0].isalpha()
        or form.core.startswith(("بال", "لل", "ب"))
        and len(form.core) > 5
        and not form.tags & v.SOURCE
        and v.tags_of(form.core[1:])
    ):
        return token
    for at in range(token, min(end, token + 14)):
        inner = article.forms[at]
        if inner.word in COMMAS or inner.tags & v.COMPLEMENTISER or inner.word in ":(":
            return at
        if at in article.closing:
            if article.words_in(at) > _LONGEST_NAME_IN_MARKS:
                return at
            continue
        if inner.tags & v.RELATIVE or is_finite_cue(inner) or inner.tags & v.CLAUSE:
            return token
        if inner.cue is not None and inner.cue.kind == "participle" and inner.core.endswith("ا"):
            return token
    return token
