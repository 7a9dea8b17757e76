"""Frames that stand beside a clause: بحسب الوكالة, وفقا لـ, حسبما ذكر, كما أفاد, وفق قوله."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content, Fired
from qawl_baselines.rules.lexicon import Reading, lexicon
from qawl_baselines.rules.objects import glued_bi
from qawl_baselines.rules.speakers import Phrase, noun_phrase
from qawl_baselines.rules.ties import without_li

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View

_BARE = v.word_set("bare")
_WITH_LI = v.word_set("with_li")
_CONNECTIVE_PAIRS = frozenset(
    [("بحسب", "ما"), ("حسب", "ما"), ("وفق", "ما"), ("وفقا", "لما"), ("طبقا", "لما")]
)
_DASHES = frozenset("-–—")
_CLOSE = 4
_PRONOUNS = {"ه": "m", "ها": "f", "هم": "m", "هما": "", "هن": "f"}


def fire_adverbial(view: View, at: int) -> Fired | None:
    """The attribution that a preposition or connective signals, or None."""
    reading = view.form(at).cue
    if reading is None or at + 1 >= view.last:
        return None
    core, following = view.form(at).core, view.form(at + 1).core
    if reading.kind == "connective":
        return _connective(view, at, at + 1)
    if core == "حد":
        leads = at > view.first and view.form(at - 1).core == "علي"
        return _as_he_put_it(view, at - 1, at + 1) if leads else None
    if (core, following) in _CONNECTIVE_PAIRS:
        return _connective(view, at, at + 2)
    place = _governed(core, following)
    return None if place is None else _preposition(view, at, at + place[0], place[1])


def _governed(core: str, following: str) -> tuple[int, int] | None:
    """How many tokens on the source begins, and with how many letters of a glued preposition."""
    if core in _BARE:
        return 1, 0
    if core in _WITH_LI and following.startswith("ل"):
        return (2, 0) if following == "ل" else (1, 1)
    return (2, 0) if (core, following) == ("نقلا", "عن") else None


def _preposition(view: View, at: int, token: int, skip: int) -> Fired | None:
    """بحسب + source; بحسب + noun of saying + source; وفق قوله."""
    if token >= view.last:
        return None
    core = without_li(view.form(token).core) if skip else view.form(token).core
    saying = _noun_of_saying(core)
    if saying:
        return _with_pronoun(view, at, token, saying)
    if saying is not None:
        return _words_of(view, at, token)
    if not _may_be_source(view, token, core):
        return None
    leads = at <= view.first + 1
    phrase = noun_phrase(view.article, token, view.last, skip=skip, appositions=not leads)
    tags = v.tags_of(core)
    thing = tags & v.DEFINITE and not tags & v.SOURCE
    if not phrase or (thing and not leads and not view.is_comma(at - 1)):
        return None
    return _around(view, at, [view.cue_span(at)], phrase)


def _words_of(view: View, at: int, token: int) -> Fired | None:
    """بحسب تصريحات | الوزير: the noun of saying belongs to the cue."""
    phrase = noun_phrase(view.article, token + 1, view.last)
    if not phrase:
        return None
    fired = _around(view, at, [(view.cue_span(at)[0], view.article.ends[token])], phrase)
    if fired is not None:
        fired.used = (token,)
    return fired


def _may_be_source(view: View, token: int, core: str) -> bool:
    form = view.form(token)
    if _is_standard(core) or form.tags & (v.TIME | v.RELATIVE):
        return False
    if form.cue is not None and not v.tags_of(core) & v.SOURCE:
        return False
    return form.word[0].isalpha() or token in view.article.closing


def _is_standard(core: str) -> bool:
    """Whether a noun is a measure and no source: وفق القانون, حسب جدولها."""
    for host in (core, core.removesuffix("ها"), core.removesuffix("ه"), core.removesuffix("هم")):
        tags = v.tags_of(host)
        if tags & v.STANDARD and not tags & v.SOURCE:
            return True
    return False


def _noun_of_saying(core: str) -> str | None:
    """The gender of the pronoun on a noun of saying, "" if it has none; None for other nouns."""
    nouns = lexicon().nouns_of_saying
    if core in nouns:
        return ""
    if core.startswith("ال") and core[2:] in nouns and core[2:] != "ما":
        return ""
    for pronoun in ("هما", "ها", "هم", "هن", "ه"):
        host = core.removesuffix(pronoun)
        if host != core and (host in nouns or host.removesuffix("ت") + "ة" in nouns):
            return _PRONOUNS[pronoun] or "m"
    return None


def _with_pronoun(view: View, at: int, token: int, gender: str) -> Fired:
    cue = (view.cue_span(at)[0], view.article.ends[token])
    reading = Reading("قال", "noun", frozenset(), gender)
    return Fired(at, [cue], reading, edge=_edge(view, at), left=True, doubles=True, used=(token,))


def _as_he_put_it(view: View, at: int, token: int) -> Fired | None:
    """على حد قوله, على حد قول الوزير."""
    if token >= view.last:
        return None
    saying = _noun_of_saying(view.form(token).core)
    if saying is None or view.form(token).core == "ما":
        return None
    if saying:
        return _with_pronoun(view, at, token, saying)
    phrase = noun_phrase(view.article, token + 1, view.last)
    if not phrase:
        return None
    cue = (view.cue_span(at)[0], view.article.ends[token])
    return _around(view, at, [cue], phrase)


def _edge(view: View, at: int) -> int:
    return at - 1 if view.is_comma(at - 1) else at


def _around(view: View, at: int, cue: list[tuple[int, int]], phrase: Phrase) -> Fired | None:
    """Find the clause that an adverbial belongs to: behind it at the head, else before it."""
    reading = Reading("بحسب", "preposition", frozenset())
    fired = Fired(at, cue, reading, phrase, edge=_edge(view, at))
    if at <= view.first + 1 or _heads_clause(view, at):
        token = phrase.last
        while (
            token < view.last
            and not view.is_comma(token)
            and not view.form(token).tags & v.COMPLEMENTISER
        ):
            token = view.next_outside(token)
        while token < view.last and (
            view.is_comma(token) or view.form(token).tags & v.COMPLEMENTISER
        ):
            token += 1
        if token >= view.last:
            return None
        fired.content = Content(token, 0, "clause")
        return fired
    close = range(phrase.last, min(view.last, phrase.last + _CLOSE))
    aside = any(view.form(token).tags & v.COMPLEMENTISER for token in close)
    between = view.is_comma(phrase.last) and view.is_comma(at - 1)
    following = view.form(min(phrase.last + 1, view.last - 1))
    if between and following.tags & v.COMPLEMENTISER and at > view.first + 1:
        return None  # «زعم، وفق المحضر، أنه»
    if aside and not view.is_comma(at - 1):
        return None  # «قال وفقا للوكالة إن», «نقلا عن مسؤول لم تسمه إن»: the verb's content
    fired.left = True
    after = phrase.last
    if after + 1 < view.last and {view.form(at - 1).word, view.form(after).word} <= _DASHES:
        fired.content = Content(after + 1, 0, "clause")
    return fired


def _heads_clause(view: View, at: int) -> bool:
    form = view.form(at)
    return form.skip > 0 and view.is_comma(at - 1)


def _connective(view: View, at: int, verb: int) -> Fired | None:
    """حسبما نقلت الوكالة, كما أفاد مصدر, وفق ما ذكرته الصحيفة."""
    form = view.form(at)
    while verb < view.last and view.form(verb).tags & v.AUXILIARY:
        verb += 1
    if verb >= view.last:
        return None
    reading = reading_with_object(view.form(verb).core)
    if reading is None or view.form(verb).skip:
        return None
    also = at == view.first or not _trails(view, at, verb) or _governs(view, verb, reading)
    if form.core in ("كما", "مثلما") and also:
        return None
    token = verb + 1
    if token < view.last and view.form(token).core in ("في", "فى", "عن", "عنه", "به", "فيه"):
        token += 1
    phrase = noun_phrase(view.article, token, view.last)
    cue = [(view.cue_span(at)[0], view.article.ends[verb])]
    if not phrase:
        return Fired(at, cue, reading, edge=_edge(view, at), left=True, doubles=True, used=(verb,))
    head = view.form(phrase.first).tags
    if form.core == "كما" and "noun" in reading.takes and head & v.DEFINITE and not head & v.SOURCE:
        return None  # كما أعلنت السيطرة على كذا
    fired = _around(view, at, cue, phrase)
    if fired is not None:
        fired.used = (verb,)
        fired.reading = reading
    return fired


def _governs(view: View, verb: int, reading: Reading) -> bool:
    """«كما أقر بكذا», «كما أعلنت الوزارة عن كذا»: the verb has its own content."""
    following = verb + 1
    behind = noun_phrase(view.article, following, view.last).last
    if behind < view.last and "an" in reading.takes and view.form(behind).core == "عن":
        return True
    return "bi" in reading.takes and following < view.last and glued_bi(view, following) is not None


def _trails(view: View, at: int, verb: int) -> bool:
    """Whether «كما قال» looks back: nothing of what was said comes after it."""
    if not view.is_comma(at - 1) and at - 1 not in view.article.opening:
        return False
    for token in range(verb + 1, min(view.last, verb + 25)):
        form = view.form(token)
        if (
            form.tags & v.COMPLEMENTISER
            or form.word == ":"
            or (token in view.article.closing and view.article.words_in(token) > 4)
        ):
            return False
        if view.is_comma(token):
            return True
    return True


def reading_with_object(core: str) -> Reading | None:
    """The verb that a word is, with or without an object pronoun: ذكرته, أوردته, جاء."""
    readings = lexicon().readings
    if core in readings and readings[core].kind == "verb":
        return readings[core]
    for pronoun in ("ها", "ه"):
        found = readings.get(core.removesuffix(pronoun))
        if core.endswith(pronoun) and found is not None and found.kind == "verb":
            return found
    return None
