"""What a preposition inside a noun phrase belongs to: مصدر في الشرطة, المتحدث باسم الهيئة."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v

if TYPE_CHECKING:
    from qawl_baselines.rules.tokens import Article, Form

_QUANTITIES = v.word_set("quantities")
_IN_CHARGE = v.word_set("in_charge")
_BOUND_TO_A_PLACE = v.word_set("bound_to_a_place")
_TITLE_LIKE = v.ROLE | v.UNNAMED | v.GROUP
# Nothing of this kind follows a preposition that belongs to a name or title.
_LEADS_AWAY = v.MEDIUM | v.TIME | v.RELATIVE | v.COMPLEMENTISER | v.NUMBER


def preposition_ties(article: Article, first: int, token: int) -> bool:
    """Whether a preposition ties what follows it to the phrase that began at ``first``."""
    if token + 1 >= len(article.forms):
        return False
    following, head = article.forms[token + 1], article.forms[first]
    if following.tags & _LEADS_AWAY or not following.word[0].isalpha():
        return False
    core = article.forms[token].core
    before = article.forms[token - 1].core
    if before.removeprefix("ال") in _BOUND_TO_A_PLACE:
        return True
    if core == "من":
        return before in _QUANTITIES or bool(head.tags & (v.UNNAMED | v.GROUP))
    if core in ("علي", "عن"):
        return before.removeprefix("ال") in _IN_CHARGE
    in_body = core == "في" and head.tags & v.ROLE and following.tags & v.BODY
    return bool(in_body) or _titles_only(article, first, token)


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
    if core.startswith("بال"):
        return _definite_ties(article, first, token, head) or any(
            form.tags & _TITLE_LIKE for form in article.forms[max(first, token - 3) : token]
        )
    if core.startswith("لل"):
        titled = any(form.tags & v.ROLE for form in article.forms[max(first, token - 2) : token])
        common = _common_nouns_only(article, first, token)
        return titled or common or _definite_ties(article, first, token, head)
    return _indefinite_ties(article, first, token, head)


def _definite_ties(article: Article, first: int, token: int, head: int) -> bool:
    if head & (v.BODY | v.DOCUMENT) or token - 1 in article.opening:
        return True
    known = head & (v.SOURCE | v.MASDAR) or article.forms[first].core.endswith(("ة", "ات"))
    classes = _TITLE_LIKE | v.BODY | v.DEFINITE | v.COUNTRY | v.MASDAR
    return bool(known) and all(
        form.tags & classes or _is_adjective(form) for form in article.forms[first:token]
    )


def _indefinite_ties(article: Article, first: int, token: int, head: int) -> bool:
    form = article.forms[token]
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
