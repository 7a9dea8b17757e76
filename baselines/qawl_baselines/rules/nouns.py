"""Nouns of saying: قوله إن, دعوة الوزارة إلى, اتهامات له بأنه."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.content import seek
from qawl_baselines.rules.findings import Content, Fired
from qawl_baselines.rules.lexicon import Reading, lexicon
from qawl_baselines.rules.speakers import Phrase, noun_phrase

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View

_SPEECH = frozenset(["speech"])


def fire_noun(view: View, at: int) -> Fired | None:
    """A verbal noun with its speaker as a pronoun, and the content right behind: قوله إن."""
    form = view.form(at)
    reading = form.cue
    if reading is None or at + 1 >= view.last:
        return None
    token = at + 1
    if view.form(token).core in ("في", "علي", "الي") and token + 1 < view.last:
        token += 1
    following = view.form(token)
    opens = (
        following.tags & v.COMPLEMENTISER or following.word == ":" or token in view.article.closing
    )
    if not opens:
        return _governing(view, at, reading)
    content = seek(view, token, _SPEECH)
    if content is None:
        return None
    return Fired(at, [view.cue_span(at)], reading, None, content)


def _governing(view: View, at: int, reading: Reading) -> Fired | None:
    """«إعلانه عن كذا», «دعوته إلى كذا»: the preposition of the verb right behind the noun."""
    takes = reading.takes - {"noun", "small", "pronoun"}
    content = seek(view, at + 1, takes)
    close = content is not None and content.via == "phrase" and content.token <= at + 2
    if not close or reading.lemma == "قال":
        return None
    return Fired(at, [view.cue_span(at)], reading, None, content)


def fire_held(view: View, at: int) -> Fired | None:
    """«دعوة الوزارة إلى كذا», «قول علماء إن كذا»: a noun of speech with its holder behind it."""
    form = view.form(at)
    takes = lexicon().held_nouns.get(form.core)
    if takes is None or form.tags & v.DEFINITE or at + 2 >= view.last:
        return None
    holder = noun_phrase(view.article, at + 1, view.last, before_masdar="noun" in takes)
    tags = view.form(holder.first).tags if holder else 0
    if not tags & v.SOURCE or tags & v.FACT or view.form(holder.first).skip:
        return None
    content = seek(view, holder.last, takes)
    if content is None or content.token > holder.last + 2:
        return None
    reading = Reading("قال", "noun", takes)
    return Fired(at, [view.cue_span(at)], reading, holder, content, shares=False)


def fire_speech_noun(view: View, at: int) -> Fired | None:
    """A noun of speech with its content: «اتهامات له بأنه», «تأكيدات من الفريق بأن»."""
    token = at + 1
    if token >= view.last:
        return None
    speaker: Phrase | None = None
    form = view.form(token)
    if form.core in ("له", "لها", "لهم", "اليه", "اليها", "ضده", "ضدها"):
        token += 1
    elif form.core.startswith("لل") or (
        form.core.startswith("ل") and v.tags_of(form.core[1:]) & v.SOURCE
    ):
        token = max(token + 1, noun_phrase(view.article, token, view.last, skip=1).last)
    elif form.core == "من" and token + 1 < view.last:
        speaker = noun_phrase(view.article, token + 1, view.last)
        token = max(token + 1, speaker.last)
    elif form.tags & v.SOURCE and not view.form(at).tags & v.DEFINITE:
        speaker = noun_phrase(view.article, token, view.last)
        token = speaker.last
    if token + 1 >= view.last:
        return None
    opener = view.form(token)
    if not opener.tags & v.COMPLEMENTISER or not opener.core.startswith("ب"):
        return None
    if speaker is not None and not speaker:
        speaker = None
    reading = Reading("اتهم", "noun", frozenset())
    return Fired(
        at, [view.cue_span(at)], reading, speaker, Content(token + 1, 0, "clause"),
        shares=False, nameless=speaker is None,
    )  # fmt: skip
