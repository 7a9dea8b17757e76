"""Frames in which one passes on what another said, and verbs behind it: نقلت عن فلان قوله إن."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.content import seek
from qawl_baselines.rules.findings import Content, Fired
from qawl_baselines.rules.speakers import noun_phrase
from qawl_baselines.rules.subjects import preposed

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View

_SPEECH = frozenset(["speech"])
# Tokens between a source who is cited and what he said.
_BEHIND_SOURCE = 8


def fire_relay(view: View, at: int) -> list[Fired]:
    """«نقلت الوكالة عن الوزير قوله إن كذا»: the agency's attribution, and the minister's."""
    reading = view.form(at).cue
    if reading is None or at + 2 >= view.last:
        return []
    speaker = noun_phrase(view.article, at + 1, view.last)
    about = _about(view, max(at + 1, speaker.last))
    if about is None:
        return []
    source = noun_phrase(view.article, about + 1, view.last)
    if not source:
        return []
    saying = _saying(view, source.last)
    content = seek(view, source.last if saying is None else saying + 1, _SPEECH)
    if content is None:
        return []
    subject = speaker or preposed(view, at, reading)
    agency = Fired(
        at, [view.cue_span(at)], reading, subject or None,
        Content(source.first, 0, "relay"), edge=view.clause_edge(at),
        shares=view.form(at).skip > 0,
    )  # fmt: skip
    if saying is None:
        inner = Fired(content.token, [], None, source, content, bare=True)
        return [agency, inner] if content.via == "clause" else []
    inner = Fired(
        saying, [view.cue_span(saying)], view.form(saying).cue, source, content, used=(saying,)
    )
    agency.used = (saying,)
    return [agency, inner]


def fire_cited(view: View, at: int) -> list[Fired]:
    """«ذكرت الصحيفة، نقلا عن مصدر، أن»: the one who said it first, beside the outlet.

    With «قوله» behind the source the outlet relays it; :func:`join_cited` tells the outlet's cue.
    """
    if view.form(at).core != "نقلا" or at + 2 >= view.last or view.form(at + 1).core != "عن":
        return []
    source = noun_phrase(view.article, at + 2, view.last)
    if not source or at == view.first:
        return []
    saying = _saying(view, source.last)
    content = seek(view, source.last if saying is None else saying + 1, _SPEECH)
    if content is None or content.via != "clause" or content.token > source.last + _BEHIND_SOURCE:
        return []
    cue = at if saying is None else saying
    cited = Fired(cue, [view.cue_span(cue)], view.form(cue).cue, source, content, used=(cue, at))
    cited.cited = at if saying is not None else -1
    return [cited]


def join_cited(view: View, fired: list[Fired]) -> None:
    """Make «ذكرت … نقلا عن فلان قوله إن» the relay that it is."""
    for item in fired:
        if item.cited < 0 or item.speaker is None or item.content is None:
            continue
        for outlet in fired:
            same = outlet is not item and outlet.content is not None
            if same and outlet.content is not None and outlet.content.token == item.content.token:
                outlet.cue = [*outlet.cue, view.cue_span(item.cited)]
                outlet.content = Content(item.speaker.first, 0, "relay")


def _about(view: View, token: int) -> int | None:
    """The عن of a relay."""
    for at in range(token, min(view.last, token + 14)):
        form = view.form(at)
        if form.core == "عن" and not form.skip:
            return at
        if form.tags & v.COMPLEMENTISER or form.word == ":" or form.cue is not None:
            return None
    return None


def _saying(view: View, token: int) -> int | None:
    """The قوله of a relay."""
    for at in range(token, min(view.last, token + 14)):
        cue = view.form(at).cue
        if cue is not None and cue.kind == "noun":
            return at
        if view.form(at).tags & v.COMPLEMENTISER or cue is not None:
            return None
    return None


def fire_said_after(view: View, at: int) -> Fired | None:
    """«"…"، قال الوزير، "…"»: the verb after what was said, or in the middle of it."""
    reading = view.form(at).cue
    if reading is None or "after" not in reading.takes or view.form(at).skip:
        return None
    closing = at - 2 if view.is_comma(at - 1) else at - 1
    opening = _opening_of(view, closing)
    if opening is None or opening < view.first or _names(view, opening):
        return None
    speaker = noun_phrase(view.article, at + 1, view.last)
    if not speaker:
        return None
    article = view.article
    quote = [article.span(opening, closing + 1)]
    rest = _second_half(view, speaker.last)
    if rest is not None:
        quote.append(article.span(rest, article.closing[rest] + 1))
    return Fired(at, [view.cue_span(at)], reading, speaker, quote=quote, edge=None)


def _names(view: View, opening: int) -> bool:
    """Whether the word before a string says that a name follows: no speech then."""
    named = v.NAMES | v.TITLES | v.TERMS | v.CALLED
    return opening > view.first and bool(view.form(opening - 1).tags & named)


def _opening_of(view: View, closing: int) -> int | None:
    if closing < view.first or view.form(closing).word not in marks.MARKS:
        return None
    opening = view.article.around[closing - 1]
    if opening < 0 or view.article.closing.get(opening) != closing or closing - opening < 3:
        return None
    return opening


def _second_half(view: View, token: int) -> int | None:
    for at in range(token, min(view.last, token + 20)):
        if at in view.article.closing:
            close = at == token + 1 and view.is_comma(token)  # قالت فلانة، "لكننا وصلنا"
            return at if close or view.article.words_in(at) >= 3 else None
        form = view.form(at)
        if form.cue is not None or form.tags & v.COMPLEMENTISER:
            return None
    return None
