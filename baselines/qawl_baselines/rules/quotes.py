"""How far a content reaches: to the end of the sentence, or to where the writer speaks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import joins
from qawl_baselines.rules.tokens import COMMAS
from qawl_baselines.rules.writer import main_clause, next_clause

if TYPE_CHECKING:
    from qawl.records import Span
    from qawl_baselines.rules.findings import Fired, View
    from qawl_baselines.rules.tokens import Form

_TRAILING = COMMAS | frozenset(":.")
# After a comma these take the word from the speaker back to the writer.
_WRITER_AGAIN = v.word_set("writer_again")
_SUBORDINATING = v.word_set("subordinating")
_BEHIND_MARKS = v.word_set("behind_marks")
_BUT = v.word_set("but")


def extent(view: View, fired: Fired, edges: list[int]) -> list[Span]:
    """The spans of a content that begins at a known token.

    Args:
        view: the sentence.
        fired: the cue, whose ``content`` is set.
        edges: tokens of the sentence before which a content must end, ascending.
    """
    content = fired.content
    assert content is not None  # noqa: S101  the caller looks
    first = content.token
    limit = next((edge for edge in edges if edge > first), view.last)
    if content.via in ("phrase", "noun") or fired.nameless or view.segment.inside >= 0:
        limit = next_clause(view, first, limit)
        if fired.at > view.first and view.form(fired.at - 1).tags & v.RELATIVE:
            limit = main_clause(view, first, limit)
    last = _after_marks(view, first, limit, content.via) if first in view.article.closing else limit
    last = _trimmed(view, first, last)
    if last <= first:
        return []
    start = view.article.starts[first] + content.skip
    return [(start, view.article.ends[last - 1])]


def _after_marks(view: View, opening: int, limit: int, via: str) -> int:
    """The end of a content that begins with a quoted string."""
    closing = view.article.closing[opening]
    end = closing + 1
    length = closing - opening - 1
    # و"كذا" right behind goes on with it.
    while end < limit and _joins(view, end):
        end = view.article.closing[end + 1] + 1
    if end + 1 < limit and view.is_comma(end) and _second_particle(view.form(end + 1)):
        return limit
    if end >= limit or (via == "mark" and length > 2):
        return end
    following = view.form(end)
    if following.core in _BUT and following.core != "قبل":
        return end
    behind = view.form(min(end + 1, view.last - 1))
    if length > 3 and (following.core in _BEHIND_MARKS or behind.core in _BEHIND_MARKS):
        return end  # «كذا» بعدما وصل, «كذا» على صعيد المناخ
    if following.word in COMMAS:
        return end if length > 3 else limit
    return limit


def _second_particle(form: Form) -> bool:
    """Whether «وأن» goes on with the content."""
    return form.skip > 0 and form.tags & v.COMPLEMENTISER != 0 and form.word.startswith("و")


def _joins(view: View, token: int) -> bool:
    return view.form(token).core == "و" and token + 1 in view.article.closing


def _trimmed(view: View, first: int, last: int) -> int:
    while last > first and (
        view.form(last - 1).word in _TRAILING or view.form(last - 1).word in ("و", "كما", "وذلك")
    ):
        last -= 1
    return last


def clause_before(view: View, fired: Fired, contents: list[int]) -> list[Span]:
    """The clause that a trailing cue closes: …، بحسب الوكالة.

    After a comma the main clause, of several joined ones the last; without a comma the smallest
    clause before it (``contents``: tokens at which earlier contents begin).
    """
    edge = fired.edge if fired.edge is not None else fired.at
    after_comma = view.is_comma(edge)
    first = _past_opening(view, view.first, edge)
    for token in range(edge - 1, first, -1):
        if view.article.around[token] != view.segment.inside:
            continue
        form = view.form(token)
        joined = joins(form) and (not after_comma or view.is_comma(token - 1))
        if not after_comma and form.core in _SUBORDINATING and edge - token > 2:
            first = token + 1
            break
        if joined and form.word.startswith(("و", "ف")):
            first = token
            break
        if not after_comma and token in contents:
            first = token
            break
        if view.is_comma(token) and view.form(token + 1).core in _WRITER_AGAIN:
            first = token + 2
            break
    last = _trimmed(view, first, edge)
    if last - first < 2:
        return []
    start = view.article.starts[first]
    if first not in contents:
        start += view.form(first).skip or joins(view.form(first))
    return [(start, view.article.ends[last - 1])]


def _past_opening(view: View, first: int, edge: int) -> int:
    """Past a dateline («باهرة (سهبان) -») and connectives at the head of a sentence."""
    for token in range(first, min(first + 12, edge)):
        if view.form(token).word in ("-", "–", "—") and view.segment.line >= 0:
            return token + 1
        if view.form(token).word in marks.MARKS or view.form(token).tags & v.COMPLEMENTISER:
            break
    while first < edge and (view.form(first).core in ("كما", "لكن") or view.is_comma(first)):
        first += 1
    return first
