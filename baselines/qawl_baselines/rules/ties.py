"""What a preposition inside a noun phrase belongs to: مصدر في الشرطة, المتحدث باسم الهيئة."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Article, Form

_QUANTITIES = v.word_set("quantities")
_IN_CHARGE = v.word_set("in_charge")
_STANDING_FOR = v.word_set("standing_for") | _IN_CHARGE
_MEMBERS = v.word_set("members")
_STUDIES = v.word_set("studies")
_NAMESAKES = v.word_set("namesakes")
_PARTLY = v.word_set("partly")
_UNIONS = v.word_set("unions")
_SCHOOLS = v.word_set("schools")
_OFFICES = {"علي": _IN_CHARGE, "عن": _STANDING_FOR}
_PREPOSITIONS = v.word_set("inner") | v.word_set("true_prepositions")
_BOUND_TO_A_PLACE = v.word_set("bound_to_a_place")
_TITLE_LIKE = v.ROLE | v.UNNAMED | v.GROUP
# Nothing of this kind follows a preposition that belongs to a name or title.
_LEADS_AWAY = v.MEDIUM | v.TIME | v.RELATIVE | v.COMPLEMENTISER | v.NUMBER


def preposition_ties(article: Article, first: int, token: int) -> bool:
    """Whether a preposition ties what follows it to the phrase that began at ``first``."""
    if token + 1 >= len(article.forms):
        return False
    following, head = article.forms[token + 1], article.forms[first]
    if following.core in _STUDIES and head.core.removeprefix("ال") in _BOUND_TO_A_PLACE:
        return True  # الباحث الرئيس في الدراسة
    if following.tags & _LEADS_AWAY or not following.word[0].isalpha():
        return False
    before = article.forms[token - 1].core.removeprefix("ال")
    if before in _BOUND_TO_A_PLACE:
        return True
    core = article.forms[token].core
    if core == "من":
        known = before in _QUANTITIES or head.tags & (v.UNNAMED | v.GROUP)
        return bool(known) or following.core in _SCHOOLS
    return before in _OFFICES[core] if core in _OFFICES else _place_ties(article, first, token)


def _place_ties(article: Article, first: int, token: int) -> bool:
    """Whether a place belongs to a title: «مكتب الأرصاد في المدينة», «مسؤول في الشرطة»."""
    following, head = article.forms[token + 1], article.forms[first]
    core = article.forms[token].core
    if _titles_only(article, first, token):
        return True
    title = title_before(article, first, token)
    if title is None:
        return core == "في" and bool(head.tags & v.ROLE and following.tags & v.BODY)
    # «الشركة في المدينة» says where; «مكتب الأرصاد في المدينة» says which
    return title < token - 1 or bool(article.forms[title].tags & _TITLE_LIKE)


def has_members(article: Article, first: int, token: int) -> bool:
    """Whether journalists are members here, and not those who are told: نقابة الصحفيين."""
    if article.forms[token].core not in _MEMBERS:
        return False
    title = title_before(article, first, token)
    return title is not None and article.forms[title].core.removeprefix("ال") in _UNIONS


def title_before(article: Article, first: int, token: int) -> int | None:
    """The last title or body of a phrase, if no name stands between it and ``token``.

    What follows a title may say of what it is one, however long its genitives are: «فلان الفلاني
    مدير مكتب العلاقات العامة | في القوات»; what follows a name is about the saying.
    """
    for at in range(token - 1, first - 1, -1):
        if article.forms[at].tags & (_TITLE_LIKE | v.BODY | v.DOCUMENT):
            return at if _complements_only(article, at, token) else None
    return None


def _complements_only(article: Article, title: int, token: int) -> bool:
    """Whether behind a title stand but its genitives and adjectives."""
    complete = bool(article.forms[title].tags & v.DEFINITE)
    for at in range(title + 1, token):
        form = article.forms[at]
        if form.tags & (v.DEFINITE | v.COUNTRY) or form.core.startswith("لل"):
            complete = True
        elif form.core in _PREPOSITIONS or form.skip or is_glued(form):
            complete = False
        elif article.forms[at - 1].core in _NAMESAKES:
            complete = True  # مستشفى الملك خالد
        elif (complete and form.core not in _PARTLY) or not form.word[0].isalpha():
            return False
    return True


def _titles_only(article: Article, first: int, token: int) -> bool:
    """Whether a phrase so far is a title with its adjectives, no name yet: مسؤول أمني كبير."""
    forms = article.forms[first:token]
    return bool(forms[0].tags & _TITLE_LIKE) and all(
        form.tags & _TITLE_LIKE or _is_adjective(form) for form in forms
    )


def _is_adjective(form: Form) -> bool:
    nisba = form.core.endswith(("ي", "ية", "يون", "يين", "ان", "ون", "ين", "ة"))
    return nisba or bool(form.tags & v.DEFINITE)


def is_glued(form: Form) -> bool:
    """Whether a word may begin with a glued ب or ل."""
    return len(form.core) > 3 and (form.core.startswith("كال") or form.core[0] in "لب")


def without_li(core: str) -> str:
    """للمصدر, لمصدر: the noun without its preposition, with its article."""
    return "ا" + core[1:] if core.startswith("لل") else core[1:]


def glued_ties(article: Article, first: int, token: int, head: int) -> bool:
    """Whether a word with glued ب or ل belongs to the phrase: المتحدث باسم, الأمين العام للهيئة.

    ``head`` are the tags of the first word, its own preposition taken off.
    """
    core = article.forms[token].core
    if core.startswith("باسم"):
        return True
    if article.forms[first].tags & v.COUNTRY:
        return False
    title = title_before(article, first, token)
    if title is not None and (_tells_of_what(core) or _mission(article, title, core)):
        return True
    if core.startswith("بال"):
        return _definite_ties(article, first, token, head) or any(
            form.tags & _TITLE_LIKE for form in article.forms[max(first, token - 3) : token]
        )
    if core.startswith("لل"):
        titled = any(form.tags & v.ROLE for form in article.forms[max(first, token - 2) : token])
        common = _common_nouns_only(article, first, token)
        return titled or common or _definite_ties(article, first, token, head)
    return _indefinite_ties(article, first, token, head)


def _tells_of_what(core: str) -> bool:
    """Whether a word with glued ل or ب says of what somebody is head: لشركة, لشؤون, للسياحة."""
    if core.startswith("لل"):
        return True
    bodies = v.BODY | v.COUNTRY if core[0] == "ب" else v.BODY
    return bool(v.tags_of(core[1:]) & bodies) and v.tags_of(core) & v.ADDRESSEE == 0


def _mission(article: Article, title: int, core: str) -> bool:
    """Whether ل and a verbal noun tell what a body is for: بعثة المنظمة لمراقبة كذا."""
    body = article.forms[title].tags & v.BODY and not article.forms[title].tags & v.DEFINITE
    noun = v.tags_of(core[1:])
    if not core.startswith("ل") or noun & v.SOURCE or v.tags_of(core) & v.ADDRESSEE:
        return False
    if article.forms[title].tags & v.BODY and noun & v.MASDAR:
        return True
    return bool(body) and not core.endswith(("ه", "ها", "هم")) and noun & v.FACT != 0


def _definite_ties(article: Article, first: int, token: int, head: int) -> bool:
    if head & (v.BODY | v.DOCUMENT) or token - 1 in article.opening:
        return True
    known = head & (v.SOURCE | v.MASDAR) or article.forms[first].core.endswith(("ة", "ات", "يون"))
    classes = _TITLE_LIKE | v.BODY | v.DEFINITE | v.COUNTRY | v.MASDAR
    return bool(known) and all(
        form.tags & classes or _is_adjective(form) for form in article.forms[first:token]
    )


def _indefinite_ties(article: Article, first: int, token: int, head: int) -> bool:
    form = article.forms[token]
    if form.core[0] == "ب" and form.core.endswith(("ه", "ها", "هم")):
        return False  # يعترف فلان | بقسوته
    if head & v.DOCUMENT and form.core[0] == "ل" and token == first + 1:
        return True  # بيان لشركة كذا
    # Names and nouns that merely begin with the letter: لبنى, بيان, بلدية
    known = v.tags_of(form.core[1:])
    return bool(form.tags & v.SOURCE) or not known


def _common_nouns_only(article: Article, first: int, token: int) -> bool:
    """Whether a phrase so far is of common nouns: حصيلة مؤقتة, and not of a name: هناء الكويري."""
    return all(
        form.core.endswith(("ة", "ات")) and not form.tags & v.DEFINITE
        for form in article.forms[first:token]
    )
