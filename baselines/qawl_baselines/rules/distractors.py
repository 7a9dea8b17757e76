"""Quoted strings that are no speech, and why they stand in marks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from qawl.records import Distractor
from qawl.spans import covers
from qawl_baselines.rules import entities
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import is_judgement, looks_verbal
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import DistractorKind, Span
    from qawl_baselines.rules.reader import Said
    from qawl_baselines.rules.tokens import Article, Form

# Inside somebody's words a string this long may be a name; a longer one is his own wording.
_LONGEST_TERM = 1
_LONGEST_NAME = 8
_LONGEST_TITLE = 5
# A string that comes again in marks is a name; a sentence may come again in the headline.
_LONGEST_REPEATED = 4
# Speakers that may reach over one string.
_SEVERAL = 4


def find(article: Article, said: Sequence[Said]) -> list[Distractor]:
    """The distractors of an article whose attributions are known."""
    found: list[Distractor] = []
    spans: list[tuple[int, int, Said]] = sorted(
        ((a, b, item) for item in said for a, b in item.quote), key=lambda row: row[:2]
    )
    speakers = (item.speaker for item in said if item.speaker is not None)
    named = sorted({entities.span_of(article, speaker) for speaker in speakers})
    held: list[Span] = []
    repeated = Counter(_string(article, *pair) for pair in article.closing.items())
    for opening, closing in sorted(article.closing.items()):
        span = article.span(opening, closing + 1)
        if any(a <= span[0] and span[1] <= b for a, b in held[-1:]):
            continue
        owners = list(_over(spans, span))
        named_again = repeated.get(_string(article, opening, closing), 0) > 1
        inside_name = closing - opening <= _LONGEST_NAME and _in_a_name(named, span)
        inside_name = inside_name or (named_again and _may_name(article, opening, closing))
        if inside_name or not owners or not _is_speech(article, opening, closing, owners):
            found.append(Distractor(span=span, kind=_kind(article, opening, closing)))
            held.append(span)
    return found


def _string(article: Article, opening: int, closing: int) -> tuple[str, ...]:
    """The words of a quoted string, by which it is known again."""
    return tuple(form.core for form in article.forms[opening + 1 : min(closing, opening + 8)])


def _may_name(article: Article, opening: int, closing: int) -> bool:
    """Whether a string that comes again may be a name, and is no sentence or judgement."""
    forms = article.forms[opening + 1 : closing]
    sentence = any(looks_verbal(form) or form.tags & v.NEGATION for form in forms)
    return 0 < len(forms) < _LONGEST_REPEATED and not sentence and not is_judgement(forms[-1])


def _in_a_name(named: list[Span], span: Span) -> bool:
    """Whether a string stands inside a speaker: one of the last few that begin before it."""
    last = bisect_right(named, span[0], key=lambda row: row[0])
    return covers(named[max(0, last - _SEVERAL) : last], span)


def _over(spans: list[tuple[int, int, Said]], span: Span) -> list[tuple[int, int, Said]]:
    """The quotes that share something with a string."""
    last = bisect_right(spans, span[1], key=lambda row: row[0])
    # Quotes do not reach far: a sentence, or a string over a few paragraphs.
    return [row for row in spans[max(0, last - 12) : last] if row[1] > span[0]]


def _is_speech(
    article: Article, opening: int, closing: int, owners: list[tuple[int, int, Said]]
) -> bool:
    start, end = article.span(opening, closing + 1)
    # The quote begins with the string, or lies in it.
    if any(start <= a + 1 and (a <= end - 1 <= b or b <= end) for a, b, _ in owners):
        return True
    words = closing - opening - 1
    first = article.forms[opening + 1]
    if _is_title(article, opening, closing):
        return False
    if words == 1 and not _introduced(article, opening) and _is_predicate(first):
        return True
    if words > 2 or (words == 2 and _is_wording(first, article.forms[opening + 2])):
        called = _introduced(article, opening)
        definite = opening > 0 and article.forms[opening - 1].tags & v.DEFINITE
        return not called or bool(definite) or looks_verbal(first) or first.core[0] == "ب"
    named = _introduced(article, opening) or _looks_like_name(article, opening)
    return words > _LONGEST_TERM and not named


def _is_wording(first: Form, second: Form) -> bool:
    """Whether two words are somebody's own and no name: «بملفات كاملة», «ضربة للغابات»."""
    phrase = second.core.startswith(("لل", "بال")) or second.tags & v.ADJUNCT
    dual = first.core.endswith("ان") and second.core.endswith("ان")
    phrase = phrase or dual or is_judgement(second)
    return first.core[0] == "ب" or looks_verbal(first) or bool(phrase)


def _is_predicate(form: Form) -> bool:
    """Whether a single word judges and names nothing: "إجرامية", "خطأ", "تجديفا"."""
    if form.tags & v.DEFINITE or form.skip:
        return False
    adjective = form.core.endswith("ية") and len(form.core) > 5
    return bool(form.tags & v.MASDAR) or adjective or is_judgement(form)


def _is_title(article: Article, opening: int, closing: int) -> bool:
    """Whether a string is a name by its own words: "المبادرة الشمالية", "قانون الأرصفة"."""
    forms = article.forms[opening + 1 : closing]
    if len(forms) > _LONGEST_TITLE or not forms or not forms[-1].tags & v.DEFINITE:
        return False
    if len(forms) == 2 and forms[0].tags & v.DEFINITE and not forms[1].skip:
        return article.forms[opening - 1].core != "ب"
    return len(forms) > 1 and bool(forms[0].tags & (v.TITLES | v.NAMES))


def _looks_like_name(article: Article, opening: int) -> bool:
    before = article.forms[opening - 1] if opening else None
    return before is not None and bool(before.tags & (v.DEFINITE | v.SOURCE)) and before.core != "ب"


def _introduced(article: Article, opening: int) -> bool:
    """Whether the word before says that a name, title or term follows."""
    return bool(_tags_before(article, opening) & (v.NAMES | v.TITLES | v.TERMS | v.CALLED))


def _tags_before(article: Article, opening: int) -> int:
    at = opening - 1
    if at > 0 and article.forms[at].core in ("ب", "ل", "ك"):
        # المعروف بـ"كذا" names; الجيش بـ"كذا" does not, whatever an army is called.
        near = article.forms[max(0, at - 5) : at]
        return next(
            (f.tags & (v.CALLED | v.TERMS) for f in near if f.tags & (v.CALLED | v.TERMS)), 0
        )
    if at < 0:
        return 0
    form = article.forms[at]
    if form.core == "باسم" and any(f.tags & v.TERMS for f in article.forms[max(0, at - 5) : at]):
        return v.TERMS
    return form.tags | v.tags_of(form.core[1:]) if form.core[0] == "ب" else form.tags


def _kind(article: Article, opening: int, closing: int) -> DistractorKind:
    tags = _tags_before(article, opening)
    if tags & v.TITLES:
        return "title"
    if tags & (v.NAMES | v.CALLED) or tags & v.SOURCE:
        return "name"
    if tags & v.TERMS:
        return "term"
    words = closing - opening - 1
    if words > 6:
        return "other"
    first = article.forms[opening + 1] if words else None
    if first is not None and first.tags & v.DEFINITE and words == 1:
        return "scare"
    before = article.forms[opening - 1] if opening else None
    return "name" if before is None or before.word not in COMMAS else "other"
