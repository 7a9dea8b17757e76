"""Attributions without a word of saying: «فلان: كلام», and a headline in quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content, Fired
from qawl_baselines.rules.speakers import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.records import Span
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.tokens import Article, Segment

_NO_SPEAKER = v.word_set("no_speaker")
_LONGEST_SPEAKER = 10


def fire_colon(view: View) -> Fired | None:
    """«فلان: كلام» at the head of a line."""
    if view.segment.line != 0 and not _whole_line(view):
        return None
    colon = _colon(view)
    if colon is None or colon + 2 >= view.last:
        return None
    phrase = noun_phrase(view.article, view.first, colon)
    reaches = phrase and (phrase.last == colon or _to_somebody(view, phrase.last))
    if not reaches or not _is_source(view, phrase.first, phrase.last):
        return None
    return Fired(view.first, [], None, phrase, Content(colon + 1, 0, "colon"), bare=True)


def _colon(view: View) -> int | None:
    """The colon near the head of a line, if no verb of saying stands before it."""
    for token in range(view.first, min(view.last, view.first + _LONGEST_SPEAKER)):
        form = view.form(token)
        if form.word == ":":
            return token
        if (form.cue is not None and not form.tags & v.SOURCE) or form.tags & v.COMPLEMENTISER:
            return None
    return None


def _to_somebody(view: View, token: int) -> bool:
    """Whether between speaker and colon stands where or to whom it was said: أمام المجلس."""
    form = view.form(token)
    glued = form.core.startswith("ل") and token + 1 < view.last
    return view.segment.line == 0 and bool(form.tags & (v.ADJUNCT | v.ADDRESSEE) or glued)


def _whole_line(view: View) -> bool:
    """A line of its own in a headline's manner: short, and the sentence fills it."""
    article, segment = view.article, view.segment
    text = article.text
    start = article.starts[segment.first]
    alone = start == 0 or text[start - 1] == "\n"
    end = article.ends[segment.last - 1]
    return (
        alone
        and segment.inside < 0
        and end < len(text)
        and text[end] == "\n"
        and segment.last - segment.first < 20
    )


def _is_source(view: View, first: int, last: int) -> bool:
    head = view.form(first)
    country = head.tags & v.COUNTRY and last - first == 1
    if head.core in _NO_SPEAKER or (country and not view.form(last + 1).core.startswith("سن")):
        return False  # «سوريا: الجيش يتقدم» is a place, «الجزائر: سنقدم طلبا» a speaker
    if head.tags & v.SOURCE:
        return True
    if last - first > 4 or head.tags & (v.MASDAR | v.ADJUNCT | v.TIME | v.NUMBER | v.TITLES):
        return False
    # A name: it must come again in the article, or nobody would know whose it is.
    name = view.form(last - 1).core
    forms = view.article.forms
    return any(forms[at].core == name for at in range(view.last, min(len(forms), view.last + 400)))


def bare_quoted(
    article: Article, lines: Sequence[Segment], taken: Sequence[Span], quotes: Sequence[Span]
) -> list[tuple[Span, int]]:
    """Quoted strings of headlines that the article shows to be somebody's words.

    Args:
        article: the article.
        lines: its headline and intermediate headings.
        taken: spans that belong to attributions already.
        quotes: spans of quotes in the body, one an attribution.

    Returns:
        The string, and the number of the body's quote that it repeats.
    """
    found = []
    bodies: list[frozenset[str]] | None = None
    for line in lines:
        for opening in range(line.first, line.last):
            closing = article.closing.get(opening)
            if closing is None or closing >= line.last or closing - opening < 4:
                continue
            span = article.span(opening, closing + 1)
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            if bodies is None:
                bodies = [_words(article, quote) for quote in quotes]
            words = {article.forms[at].core for at in range(opening + 1, closing)}
            best = max(range(len(bodies)), key=lambda n: len(words & bodies[n]), default=None)
            if best is not None and len(words & bodies[best]) * 4 >= len(words) * 3:
                found.append((span, best))
    return found


def _words(article: Article, span: Span) -> frozenset[str]:
    first = bisect_left(article.starts, span[0])
    last = bisect_left(article.starts, span[1])
    return frozenset(article.forms[at].core for at in range(max(first - 1, 0), last))
