"""Direct, indirect or mixed: what the marks say, and verbatim speech without them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from qawl import quote_types
from qawl.records import Attribution
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
    quotes = [Attribution(quote=tuple(item.quote)) for item in said]
    typed = quote_types.derive(article.text, quotes, distractors, article.pairing)
    return [_verbatim(article, item, typing.type) for item, typing in zip(said, typed, strict=True)]


def _verbatim(article: Article, item: Said, by_marks: QuoteType) -> QuoteType:
    """What the marks say, but for a lost mark and for the first person after a colon."""
    if item.via == "loose":
        return "direct"
    if by_marks == "indirect" and item.via == "colon" and _first_person(article, item.quote[0]):
        return "direct"
    return by_marks


def _first_person(article: Article, span: Span) -> bool:
    """Whether words after a colon speak as I or we."""
    first, last = bisect_left(article.starts, span[0]), bisect_left(article.starts, span[1])
    before = ""
    for at in range(first, min(last, first + _FIRST_WORDS)):
        core = article.forms[at].core
        ours = core.endswith("نا") or (core.endswith(("ناه", "ناها", "ناهم")) and len(core) > 5)
        if core in _FIRST_PERSON or (ours and len(core) > 4):
            return True
        if before in ("لن", "لا", "لم") and article.forms[at].word.startswith("أ"):
            return True
        if core.startswith(("سن", "سا")) and len(core) > 5:
            return True
        if (
            core.startswith("ن")
            and len(core) in ((3, 4, 5, 6) if before in ("لن", "لا", "لم") else (4, 5, 6))
            and not core.endswith("ت")
            and (before in ("لن", "لا", "لم", "ان") or at == first)
        ):
            return True
        before = core
    return False
