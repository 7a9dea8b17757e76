"""Direct, indirect or mixed: the rules of :mod:`qawl.quote_types`, in one pass over the marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Distractor, QuoteType, Span
    from qawl_baselines.rules.reader import Said
    from qawl_baselines.rules.tokens import Article

# Whoever speaks of himself does so soon.
_FIRST_WORDS = 60
_FIRST_PERSON = v.word_set("first_person")


def derive(
    article: Article, said: Sequence[Said], distractors: Sequence[Distractor]
) -> list[QuoteType]:
    """The type of every attribution, in order."""
    held = {item.span for item in distractors}
    speech = [
        span
        for opening, closing in article.closing.items()
        if (span := article.span(opening, closing + 1)) not in held
    ]
    owned: list[list[Span]] = [[] for _ in said]
    order = sorted(range(len(said)), key=lambda n: said[n].quote[0])
    starts = [said[n].quote[0][0] for n in order]
    for span in speech:
        for number in _owners(said, order, starts, span):
            owned[number].append(span)
    return [_type(article, item, owned[number]) for number, item in enumerate(said)]


def _owners(said: Sequence[Said], order: list[int], starts: list[int], span: Span) -> list[int]:
    """The smallest quote that holds the string, else all that meet it."""
    last = bisect_right(starts, span[1] - 1)
    near = order[max(0, last - 12) : last]
    inner = (span[0] + 1, span[1] - 1)
    holding = [
        n for n in near if any(a <= inner[0] + 1 and inner[1] - 1 <= b for a, b in said[n].quote)
    ]
    if holding:
        least = min(_length(said[n].quote) for n in holding)
        return [n for n in holding if _length(said[n].quote) == least]
    return [n for n in near if any(a < inner[1] and inner[0] < b for a, b in said[n].quote)]


def _length(spans: Sequence[Span]) -> int:
    return sum(b - a for a, b in spans)


def _type(article: Article, item: Said, owned: Sequence[Span]) -> QuoteType:
    if item.via == "loose":
        return "direct"
    if not owned:
        verbatim = item.via == "colon" and _first_person(article, item.quote[0])
        return "direct" if verbatim else "indirect"
    words = inside = 0
    for a, b in item.quote:
        for at in range(bisect_left(article.ends, a + 1), bisect_left(article.starts, b)):
            if article.forms[at].word[0].isalnum():
                words += 1
                start, end = article.starts[at], article.ends[at]
                inside += any(c <= start and end <= d for c, d in owned)
    if inside:
        return "direct" if inside == words else "mixed"
    return "indirect"


def _first_person(article: Article, span: Span) -> bool:
    """Whether words after a colon speak as I or we."""
    first, last = bisect_left(article.starts, span[0]), bisect_left(article.starts, span[1])
    before = ""
    for at in range(first, min(last, first + _FIRST_WORDS)):
        core = article.forms[at].core
        if core in _FIRST_PERSON or (core.endswith("نا") and len(core) > 4):
            return True
        if before in ("لن", "لا", "لم") and article.forms[at].word.startswith("أ"):
            return True
        if core.startswith(("سن", "سا")) and len(core) > 5:
            return True
        if (
            core.startswith("ن")
            and len(core) in (4, 5, 6)
            and (before in ("لن", "لا", "لم", "ان") or at == first)
        ):
            return True
        before = core
    return False
