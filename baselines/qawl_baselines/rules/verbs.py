"""Frames of verbs and participles: who, to whom, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.content import glued_bi, seek
from qawl_baselines.rules.findings import Fired
from qawl_baselines.rules.others import with_other
from qawl_baselines.rules.speakers import Phrase, noun_phrase
from qawl_baselines.rules.subjects import preposed

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import Content, View
    from qawl_baselines.rules.lexicon import Reading

_TRUE_PREPOSITIONS = frozenset("في علي من الي عن مع بعد قبل خلال عبر بسبب دون رغم بين عقب منذ لدي ضد حول اثر".split())
_FIRM = frozenset(["clause", "colon", "mark", "loose"])
# Present-tense verbs that facts take as readily as people do: تؤكد الأرقام أن
_OFTEN = frozenset(["دائما", "عادة", "غالبا", "كثيرا"])
_OF_FACTS = frozenset(["أكد", "كشف", "أوضح", "بين", "أشار", "أبرز", "أظهر", "أفاد", "رجح", "قال"])


def fire_verb(view: View, at: int) -> Fired | None:
    """The attribution that a finite verb signals, or None."""
    form = view.form(at)
    reading = form.cue
    if reading is None or _suppressed(view, at, reading):
        return None
    if "in" in reading.takes or reading.lemma == "رد" and _in_next(view, at):
        return _in_document(view, at, reading)
    subject, content = _frame(view, at, reading)
    if content is None or ("strict" in reading.takes and content.via not in _FIRM and not content.also_cue):
        return None
    if subject is None or view.form(at - 1).core == "قد" and at - 1 > view.first:
        subject = preposed(view, at, reading) or subject
    if not _may_say(view, at, reading, subject, content):
        return None
    cue = [view.cue_span(at), *(view.cue_span(token) for token in content.also_cue)]
    return Fired(
        at, cue, reading, subject, content,
        edge=_edge(view, at, subject), used=(*content.also_cue, content.token),
        shares=_may_share(view, at),
    )  # fmt: skip


def _may_share(view: View, at: int) -> bool:
    """Whether a verb without subject goes on with that of the main verb: وأضاف, لكنه حذر."""
    before = view.form(at - 1)
    reading = view.form(at).cue
    joined = view.form(at).skip > 0 or view.is_comma(at - 1) or before.core == "كما"
    if reading is not None and reading.lemma == "قال" and at > view.first + 2:
        return True  # بيانا قالت فيه إن, ضربات تقول إنها
    return joined or at > view.first and before.core in ("لكنه", "لكنها", "لكنهم", "انه", "انها", "قد")


def _edge(view: View, at: int, subject: Phrase | None) -> int | None:
    if subject is not None and subject.first < at:
        return view.clause_edge(subject.first)
    return view.clause_edge(at)


def _suppressed(view: View, at: int, reading: Reading) -> bool:
    """Whether the word is no statement of saying here: negated, wished for, or a noun."""
    form = view.form(at)
    before = view.form(at - 1) if at > view.first else None
    if "tight" in reading.takes and not _begins_clause(view, at):
        return True
    following = view.form(at + 1) if at + 1 < view.last else None
    if before is not None and not form.skip:
        if before.tags & v.NEGATION and not _always(view, at):
            return True
        if before.core == "من" and not reading.past:
            return True
        if not reading.past and (before.tags & v.SUBJUNCTIVE or before.core in ("بان", "بعدم")):
            return True
        if reading.past and before.core in _TRUE_PREPOSITIONS:
            return True
    impersonal = not reading.past and reading.gender == "m" and reading.number == "s"
    if impersonal and following is not None and following.tags & v.COMPLEMENTISER:
        return at == view.first or (before is not None and bool(before.tags & v.TURN))
    return False


def _always(view: View, at: int) -> bool:
    """«دائما ما يصف»: ما that denies nothing."""
    return at - 2 >= view.first and view.form(at - 1).core == "ما" and view.form(at - 2).core in _OFTEN


def _begins_clause(view: View, at: int) -> bool:
    """Whether a verb stands where a clause begins; «بين» elsewhere is "between"."""
    if at == view.first or view.form(at).skip or "\u0651" in view.form(at).word:
        return True
    before = view.form(at - 1)
    return view.is_comma(at - 1) or bool(before.tags & (v.OPENING | v.TURN)) or before.core == "كما"


def _frame(view: View, at: int, reading: Reading) -> tuple[Phrase | None, Content | None]:
    """The subject after the verb, and the content."""
    takes = reading.takes
    if "other" in takes or "small" in takes:
        found = with_other(view, at, reading)
        if found is not None:
            return found
    first = _past_adjunct(view, at + 1)
    subject = noun_phrase(view.article, first, view.last, before_masdar="noun" in takes)
    if subject and "noun" in takes and _is_object(view, first) or _is_governed(view, first, takes):
        subject = Phrase(at + 1, at + 1)
    content = seek(view, max(subject.last, at + 1), takes)
    return (subject or None), content


def _past_adjunct(view: View, token: int) -> int:
    """Past an adjunct between verb and subject: «قال في تصريح الوزير», «قال لي الموظف»."""
    form = view.form(token) if token < view.last else None
    if form is None or not (form.tags & (v.ADJUNCT | v.TIME) or form.core.startswith("بال")):
        return token
    for at in range(token + 1, min(view.last, token + 7)):
        inner = view.form(at)
        if inner.tags & (v.COMPLEMENTISER | v.RELATIVE) or not inner.word[0].isalpha():
            return token
        waits = view.form(at - 1).tags & (v.ADJUNCT | v.MEDIUM) and not view.form(at - 1).core.startswith(("ل", "ف"))
        if inner.tags & (v.ROLE | v.BODY | v.GROUP | v.UNNAMED) and not waits and not inner.tags & v.MEDIUM:
            return at
    return token


def _is_governed(view: View, token: int, takes: frozenset[str]) -> bool:
    """Whether the word after the verb is its governed phrase already: يتعهد [بكبح التضخم]."""
    return "bi" in takes and token < view.last and glued_bi(view, token) is not None


def _is_object(view: View, token: int) -> bool:
    """Whether the word after the verb is its object already: أكد [التزامه بكذا]."""
    tags = view.form(token).tags
    return bool(tags & v.MASDAR) and not tags & v.SOURCE


def _may_say(
    view: View, at: int, reading: Reading, subject: Phrase | None, content: Content
) -> bool:
    """Whether the subject is somebody or something that can say things."""
    if subject is None:
        following = view.form(at + 1).core if at + 1 < view.last else ""
        if following in ("هذه", "هذا", "ذلك", "تلك") or "document" in reading.takes:
            return False
        if not reading.past and reading.lemma in _OF_FACTS and reading.lemma != "قال":
            return _may_share(view, at) and "overt" not in reading.takes
        return "overt" not in reading.takes
    head = view.form(subject.first)
    if "document" in reading.takes:
        return bool(head.tags & v.DOCUMENT)
    if head.tags & v.FACT and not (head.tags & v.SOURCE and reading.past):
        return False
    if content.via in ("mark", "colon", "loose") or reading.past or reading.lemma not in _OF_FACTS:
        return True
    return subject.first < at or _somebody(view, subject)


def _somebody(view: View, subject: Phrase) -> bool:
    """Whether a subject of a verb in the present looks like a person or body, and no fact."""
    head = view.form(subject.first)
    if head.tags & v.SOURCE or subject.first in view.article.closing:
        return True
    if head.tags & v.DEFINITE:
        return head.core.endswith(("ي", "ون"))
    second = view.form(subject.first + 1) if subject.last > subject.first + 1 else None
    return second is None or not second.tags & v.DEFINITE or second.core.endswith("ي")


def _in_next(view: View, at: int) -> bool:
    """«ورد في البيان» is read as و + رد; what follows tells."""
    return at + 1 < view.last and view.form(at).skip > 0 and view.form(at + 1).core in ("في", "فى")


def _in_document(view: View, at: int, reading: Reading) -> Fired | None:
    """«جاء في البيان أن»: the document speaks."""
    if at + 2 >= view.last or view.form(at + 1).core not in ("في", "فى", "ضمن"):
        return None
    if not view.form(at + 2).tags & (v.DOCUMENT | v.MEDIUM):
        return None
    speaker = noun_phrase(view.article, at + 2, view.last)
    content = seek(view, speaker.last, reading.takes | {"speech"})
    if not speaker or content is None:
        return None
    start, end = view.cue_span(at)
    if reading.lemma == "رد":
        start = view.article.starts[at]
    return Fired(at, [(start, end)], reading, speaker, content, edge=view.clause_edge(at))


def fire_participle(view: View, at: int) -> Fired | None:
    """The attribution that a circumstantial participle signals: مضيفا أن, داعية إلى."""
    form = view.form(at)
    reading = form.cue
    if reading is None or not _circumstantial(view, at, reading):
        return None
    takes = reading.takes
    subject: Phrase | None = None
    content = None
    if "other" in takes or "small" in takes:
        found = with_other(view, at, reading)
        content = found[1] if found is not None else None
    if content is None:
        subject, content = _own_subject(view, at, reading)
    if content is None or ("strict" in takes and content.via not in _FIRM):
        return None
    if reading.lemma != "قال" and subject is None and not _close(view, at, content):
        return None
    cue = [view.cue_span(at), *(view.cue_span(token) for token in content.also_cue)]
    edge = at - 1 if view.is_comma(at - 1) else at
    return Fired(at, cue, reading, subject, content, edge=edge, used=content.also_cue)


def _close(view: View, at: int, content: Content) -> bool:
    """Whether content follows a participle at once, or after an adjunct if it stands free."""
    gap = content.token - at - 1
    if gap <= 1 or content.via == "phrase" and gap <= 2:
        return True
    free = view.is_comma(at - 1) or view.form(at).skip > 0 or at - 1 in view.article.opening
    opens = view.form(at + 1).tags & (v.ADJUNCT | v.TIME | v.SOURCE | v.ADDRESSEE)
    return (free or gap <= 2) and gap <= 14 and bool(opens or view.is_comma(at + 1))


def _own_subject(
    view: View, at: int, reading: Reading
) -> tuple[Phrase | None, Content | None]:
    """A subject of the participle's own: مؤكدا [مديره فلان] أن; mostly there is none."""
    takes = reading.takes
    content = seek(view, at + 1, takes)
    if content is None or content.via not in _FIRM:
        return None, content
    phrase = noun_phrase(view.article, at + 1, content.token)
    gap = content.token - 1 - phrase.last
    if phrase and gap <= 8 and view.form(phrase.first).tags & (v.SOURCE | v.DEFINITE):
        return phrase, content
    if phrase and phrase.last - phrase.first >= 2 and gap <= 1 and reading.lemma != "قال":
        return phrase, content
    return None, content


def _circumstantial(view: View, at: int, reading: Reading) -> bool:
    """Whether a participle stands free beside a clause, and is no noun or adjective."""
    form = view.form(at)
    before = view.form(at - 1) if at > view.first else None
    if before is not None and not form.skip and before.core in _TRUE_PREPOSITIONS:
        return False
    if reading.number == "s" and form.core.endswith("ا") or reading.gender == "" or form.core.endswith("يا"):
        return not (before is not None and before.tags & v.AUXILIARY)
    free = view.is_comma(at - 1) or form.skip > 0 or at == view.first
    free = free or at - 1 in view.article.opening
    following = view.form(at + 1) if at + 1 < view.last else None
    if following is None:
        return False
    marked = bool(following.tags & v.COMPLEMENTISER) or following.word == ":"
    if not marked and at + 2 < view.last and following.core in ("الي", "علي", "من", "في"):
        marked = bool(view.form(at + 2).tags & v.COMPLEMENTISER) or free
    if reading.number == "p":
        return marked and (free or form.core.endswith("ين"))
    return marked or free
