"""Reads an article sentence by sentence: fires the frames, then settles speakers and contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.adverbials import fire_adverbial
from qawl_baselines.rules.findings import Fired, View
from qawl_baselines.rules.headlines import fire_colon
from qawl_baselines.rules.lexicon import lexicon
from qawl_baselines.rules.nouns import fire_held, fire_noun, fire_speech_noun
from qawl_baselines.rules.quotes import clause_before, extent
from qawl_baselines.rules.relays import fire_cited, fire_relay, fire_said_after, join_cited
from qawl_baselines.rules.subjects import agrees, main_subject
from qawl_baselines.rules.verbs import fire_attitude, fire_participle, fire_verb
from qawl_baselines.rules.writer import writer_edges

if TYPE_CHECKING:
    from qawl.records import Span
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Article, Segment


# No sentence has more; what has is a list of words, and would cost the square of its length.
_MOST_CUES = 40


@dataclass(slots=True)
class Said:
    """An attribution that is settled, but for who its source is in the article.

    Attributes:
        quote, cue: spans in code points.
        speaker: the noun phrase in the sentence, or None.
        gender: of the source, as far as the cue shows it.
        via: how the content is opened, see :class:`~.findings.Content`.
        at: token of the cue, which orders attributions.
        nameless: what somebody whom nobody names is called by: القول, الاتهامات; else empty.
        bare: whether there is no cue.
        inside: opening mark of the string that holds the sentence, or -1.
    """

    quote: list[Span]
    cue: list[Span]
    speaker: Phrase | None
    gender: str
    via: str
    at: int
    nameless: str = ""
    bare: bool = False
    inside: int = -1


def read(article: Article) -> list[Said]:
    """All attributions of the article, by the place of their cues."""
    found: list[Said] = []
    forms = article.forms
    interesting = v.SPEECH_NOUN
    for segment in article.segments:
        view = View(article, segment)
        cues = [
            at
            for at in range(segment.first, segment.last)
            if forms[at].cue is not None or forms[at].tags & interesting
        ]
        if cues or _may_be_heading(segment):
            found += _settle(view, _fire(view, cues))
    found.sort(key=lambda said: said.at)
    return found


def _may_be_heading(segment: Segment) -> bool:
    return segment.inside < 0 and segment.last - segment.first < 30


def _fire(view: View, cues: list[int]) -> list[Fired]:
    """Every frame that matches; a token that one used up fires no more."""
    fired: list[Fired] = []
    used: set[int] = set()
    colon = fire_colon(view) if _may_be_heading(view.segment) else None
    if colon is not None:
        fired.append(colon)
    for at in cues[:_MOST_CUES]:
        if at in used or view.article.around[at] != view.segment.inside:
            continue
        for item in _fire_one(view, at):
            fired.append(item)
            used.update(item.used)
    return fired


def _fire_one(view: View, at: int) -> list[Fired]:
    form = view.form(at)
    reading = form.cue
    if reading is None:
        item = fire_held(view, at) or fire_speech_noun(view, at)
    elif "attitude" in reading.takes:
        item = fire_attitude(view, at)
    elif reading.kind in ("preposition", "connective"):
        cited = fire_cited(view, at)
        if cited:
            return cited
        item = fire_adverbial(view, at)
    elif reading.kind == "participle":
        item = fire_participle(view, at)
    elif reading.kind == "noun":
        item = fire_noun(view, at) or fire_held(view, at) or fire_speech_noun(view, at)
    elif "relay" in reading.takes:
        return fire_relay(view, at)
    else:
        item = fire_said_after(view, at) or fire_verb(view, at)
        if item is None and form.tags & v.SPEECH_NOUN:
            item = fire_speech_noun(view, at)
    return [item] if item is not None else []


def _settle(view: View, fired: list[Fired]) -> list[Said]:
    if not fired:
        return []
    fired = _double(fired)
    join_cited(view, fired)
    for number in range(len(fired)):
        _share(view, fired, number)
        _lengthen(fired, number)
    writer = writer_edges(view)
    contents = [item.content.token for item in fired if item.content is not None]
    found: list[Said] = []
    for item in fired:
        if item.left:
            item.quote += clause_before(view, item, contents)
        if item.content is not None:
            item.quote += extent(view, item, _edges(fired, item, writer))
        if item.quote and not _own_voice(view, item):
            found.append(_said(view, item))
    return found


def _own_voice(view: View, item: Fired) -> bool:
    """Whether a joined verb without subject inside marks is the quoted one's: "نعتذر ونؤكد أن"."""
    reading = item.reading
    if view.segment.inside < 0 or item.speaker is not None or reading is None or item.nameless:
        return False
    return reading.kind == "verb" and not reading.past and view.form(item.at).skip > 0


def _edges(fired: list[Fired], item: Fired, writer: list[int]) -> list[int]:
    """Tokens before which the content must end: other cues, and the writer.

    What a relayed source goes on to say, the one who relays it says all the way.
    """
    assert item.content is not None  # noqa: S101  the caller looks
    relayed = item.content.token if item.content.via == "relay" else -1
    edges = {
        other.edge
        for other in fired
        if other.edge is not None
        and not (other.speaker is not None and other.speaker.first == relayed)
    }
    # What follows «بحسب فلان،» is his to the end of the sentence.
    leads = item.reading is not None and item.reading.kind == "preposition"
    return sorted(edges | set(() if leads else writer))


def _said(view: View, item: Fired) -> Said:
    gender = item.reading.gender if item.reading is not None else ""
    via = item.content.via if item.content is not None else "left"
    return Said(
        item.quote, item.cue, item.speaker, gender, via, item.at,
        _called(view, item), item.bare, view.segment.inside,
    )  # fmt: skip


def _called(view: View, item: Fired) -> str:
    """The noun by which an unnamed source is called: «أصحاب الاتهامات» for «اتهامات بأنه»."""
    if not item.nameless or item.reading is None:
        return ""
    if "passive" in item.reading.takes:
        return lexicon().unnamed_holders.get(item.reading.lemma, "القول")
    form = view.form(item.at)
    word = form.word[form.skip :]
    return word if form.tags & v.DEFINITE else "ال" + word


def _double(fired: list[Fired]) -> list[Fired]:
    """Join «وفق قوله» to the cue that it strengthens."""
    kept: list[Fired] = []
    for item in fired:
        if item.doubles:
            partner = next(
                (p for p in reversed(kept) if p.content is not None and p.content.token < item.at),
                None,
            )
            if partner is not None and item.reading is not None and item.reading.kind == "noun":
                partner.cue += item.cue
                # The content ends where the doubled cue begins.
                kept.append(Fired(item.at, [], None, edge=item.edge))
                continue
        kept.append(item)
    return kept


def _share(view: View, fired: list[Fired], number: int) -> None:
    """Give a cue without a speaker the one that grammar leads to in the same sentence."""
    item = fired[number]
    reading = item.reading
    if item.speaker is not None or reading is None or not item.shares or item.nameless or item.bare:
        return
    before = [
        p
        for place, p in enumerate(fired[:number])
        if p.reading is not None
        and p.cue
        and (p.edge is not None or not place or _is_relayed(p))
        and not p.left
    ]
    if item.doubles and not before:
        return
    for earlier in reversed(before):
        if earlier.speaker is None:
            if earlier.reading is not None and _same_gender(earlier.reading.gender, reading.gender):
                return  # both are implicit
        elif _fits(view, earlier, item):
            item.speaker = earlier.speaker
            return
    if before or item.at == view.first:
        return
    phrase = main_subject(view)
    if phrase is not None and phrase.last <= item.at and agrees(reading, view.form(phrase.first)):
        item.speaker = phrase


def _is_relayed(item: Fired) -> bool:
    """Whether a cue is the قوله of a relay, whose source may go on: نقلت عن فلان قوله إن، مضيفا."""
    return item.speaker is not None and item.reading is not None and item.reading.kind == "noun"


def _lengthen(fired: list[Fired], number: int) -> None:
    """Give «فلان الذي أكد» the whole phrase that another cue found: «المدير، فلان»."""
    item = fired[number]
    for earlier in fired[:number]:
        if item.speaker is None or earlier.speaker is None:
            continue
        if earlier.speaker.last == item.speaker.last and earlier.speaker.first < item.speaker.first:
            item.speaker = earlier.speaker


def _fits(view: View, earlier: Fired, item: Fired) -> bool:
    assert earlier.speaker is not None  # noqa: S101  the caller looks
    assert item.reading is not None  # noqa: S101
    if earlier.reading is not None and earlier.reading.kind in ("verb", "participle", "noun"):
        if not _same_gender(earlier.reading.gender, item.reading.gender):
            head = view.form(earlier.speaker.first)
            return item.reading.number == "p" and bool(head.tags & v.GROUP)
        return True
    return agrees(item.reading, view.form(earlier.speaker.first))


def _same_gender(first: str, second: str) -> bool:
    return not (first and second) or first == second
