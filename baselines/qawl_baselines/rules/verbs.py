"""Frames of verbs and participles: who, to whom, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.content import seek
from qawl_baselines.rules.findings import Fired
from qawl_baselines.rules.guards import may_say, may_share, suppressed
from qawl_baselines.rules.media import owner
from qawl_baselines.rules.objects import asked, glued_bi, governs
from qawl_baselines.rules.others import with_other
from qawl_baselines.rules.speakers import Phrase, noun_phrase
from qawl_baselines.rules.subjects import preposed

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import Content, View
    from qawl_baselines.rules.lexicon import Reading

_TRUE_PREPOSITIONS = v.word_set("true_prepositions")
_IN_IT = v.word_set("in_it")
_CROWDS = v.word_set("crowds")
_COPULAS = v.word_set("copulas")
_FIRM = frozenset(["clause", "colon", "mark", "loose"])


def fire_verb(view: View, at: int) -> Fired | None:
    """The attribution that a finite verb signals, or None."""
    form = view.form(at)
    reading = form.cue
    if reading is None or suppressed(view, at, reading):
        return None
    if "in" in reading.takes or (reading.lemma == "رد" and _in_next(view, at)):
        return _in_document(view, at, reading)
    if "passive" in reading.takes:
        return _passive(view, at, reading)
    subject, content = _after_subject(view, at, reading)
    if content is None:
        subject, content = _frame(view, at, reading)
    if content is None or (
        "strict" in reading.takes
        and content.via not in _FIRM
        and not (content.also_cue or "small" in reading.takes)
    ):
        return None
    if subject is None:
        subject = owner(view, at)
    if subject is None or (view.form(at - 1).core == "قد" and at - 1 > view.first):
        subject = preposed(view, at, reading) or subject
    if not may_say(view, at, reading, subject, content):
        return None
    cue = [view.cue_span(at), *(view.cue_span(token) for token in content.also_cue)]
    return Fired(
        at, cue, reading, subject, content,
        edge=_edge(view, at, subject), used=(*content.also_cue, content.token),
        shares=may_share(view, at),
    )  # fmt: skip


def _passive(view: View, at: int, reading: Reading) -> Fired | None:
    """«قيل إن»: somebody said it, though nobody is named."""
    content = seek(view, at + 1, reading.takes)
    if content is None or content.token > at + 6:
        return None
    return Fired(
        at, [view.cue_span(at)], reading, None, content,
        edge=view.clause_edge(at), shares=False, nameless=True,
    )  # fmt: skip


def _edge(view: View, at: int, subject: Phrase | None) -> int | None:
    if subject is not None and subject.first < at:
        return view.clause_edge(subject.first)
    return view.clause_edge(at)


def _after_subject(view: View, at: int, reading: Reading) -> tuple[Phrase | None, Content | None]:
    """«الوزارة تعلن [سيطرتها]»: the subject stands before, so the object stands behind."""
    if at == view.first or view.form(at).skip or at + 1 >= view.last:
        return None, None
    if not reading.takes & {"noun", "other", "blame"} or view.form(at - 1).tags & v.RELATIVE:
        return None, None
    crowd = view.form(at - 1).core in _CROWDS and view.form(at - 2).core not in ("في", "فى")
    subject = Phrase(at - 1, at) if crowd else preposed(view, at, reading)
    if subject is None or any(view.is_comma(token) for token in range(subject.last + 1, at - 1)):
        return None, None
    if reading.takes & {"other", "blame"}:
        found = with_other(view, at, reading, preposed=True)
        return (None, None) if found is None else (subject, found[1])
    headline = view.segment.line == 0
    return subject, seek(view, at + 1, reading.takes | ({"object"} if headline else set()))


def _frame(view: View, at: int, reading: Reading) -> tuple[Phrase | None, Content | None]:
    """The subject after the verb, and the content."""
    takes = reading.takes
    if takes & {"other", "small", "blame"}:
        found = with_other(view, at, reading)
        if found is not None or "blame" in takes:
            return found or (None, None)
    governed = at + 1 < view.last and view.form(at + 1).core in governs(takes)
    first = at + 1 if governed else _past_adjunct(view, at + 1)
    subject = noun_phrase(view.article, first, view.last, before_masdar="noun" in takes)
    if (subject and "noun" in takes and _is_object(view, first)) or _is_governed(
        view, first, takes
    ):
        subject = Phrase(at + 1, at + 1)
    start = max(subject.last, at + 1)
    content = asked(view, start) if "ask" in takes else None
    content = content or seek(view, start, takes)
    return (subject or None), content


def _past_adjunct(view: View, token: int) -> int:
    """Past an adjunct between verb and subject: «قال في تصريح الوزير», «قال لي الموظف»."""
    form = view.form(token) if token < view.last else None
    if form is None or not (form.tags & (v.ADJUNCT | v.TIME) or form.core.startswith("بال")):
        return token
    if form.tags & v.TIME and not form.tags & v.ADJUNCT:
        token += 1
        while token < view.last and view.form(token).tags & v.TIME:
            token += 1  # أعلن اليوم الاثنين | فلان
        return token
    for at in range(token + 1, min(view.last, token + 7)):
        inner = view.form(at)
        if inner.tags & (v.COMPLEMENTISER | v.RELATIVE) or not inner.word[0].isalpha():
            return token
        waits = view.form(at - 1).tags & (v.ADJUNCT | v.MEDIUM) and not view.form(
            at - 1
        ).core.startswith(("ل", "ف"))
        if (
            inner.tags & (v.ROLE | v.BODY | v.GROUP | v.UNNAMED)
            and not waits
            and not inner.tags & v.MEDIUM
        ):
            return at
    return token


def _is_governed(view: View, token: int, takes: frozenset[str]) -> bool:
    """Whether the word after the verb is its governed phrase already: يتعهد [بكبح التضخم]."""
    return "bi" in takes and token < view.last and glued_bi(view, token) is not None


def _is_object(view: View, token: int) -> bool:
    """Whether the word after the verb is its object already: أكد [التزامه بكذا]."""
    tags = view.form(token).tags
    return bool(tags & v.MASDAR) and not tags & v.SOURCE


def _in_next(view: View, at: int) -> bool:
    """«ورد في البيان» is read as و + رد; what follows tells."""
    return at + 1 < view.last and view.form(at).skip > 0 and view.form(at + 1).core in ("في", "فى")


def _in_document(view: View, at: int, reading: Reading) -> Fired | None:
    """«جاء في البيان أن»: the document speaks."""
    if at + 2 < view.last and view.form(at + 1).core in _IN_IT and "in" in reading.takes:
        return _in_it(view, at, reading)
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


def _in_it(view: View, at: int, reading: Reading) -> Fired | None:
    """«أصدر القصر [بيانا] جاء فيه أن»: the document stands before."""
    content = seek(view, at + 2, reading.takes | {"speech"})
    document = view.form(at - 1).tags & (v.DOCUMENT | v.MEDIUM) if at > view.first else 0
    if content is None or not document:
        return None
    return Fired(at, [view.cue_span(at)], reading, Phrase(at - 1, at), content, edge=None)


def fire_participle(view: View, at: int) -> Fired | None:
    """The attribution that a circumstantial participle signals: مضيفا أن, داعية إلى."""
    form = view.form(at)
    reading = form.cue
    if reading is None or not _circumstantial(view, at, reading):
        return None
    if form.core.startswith("طالب") and view.form(min(at + 1, view.last - 1)).core == "عدم":
        return None  # طالبا عدم كشف اسمه
    takes = reading.takes
    subject: Phrase | None = None
    content = None
    if takes & {"other", "small", "blame"}:
        found = with_other(view, at, reading)
        content = found[1] if found is not None else None
    if content is None and "blame" not in takes:
        subject, content = _own_subject(view, at, reading)
    if content is None or ("strict" in takes and content.via not in _FIRM):
        return None
    if reading.lemma != "قال" and subject is None and not _close(view, at, content):
        return None
    cue = [view.cue_span(at), *(view.cue_span(token) for token in content.also_cue)]
    edge = at - 1 if view.is_comma(at - 1) else at
    return Fired(at, cue, reading, subject, content, edge=edge, used=content.also_cue)


def fire_attitude(view: View, at: int) -> Fired | None:
    """«، ورحب بكذا», «، مشيدا بكذا»: no attribution, but the end of what was said before."""
    form = view.form(at)
    reading = form.cue
    if reading is None or form.tags & v.SOURCE or not view.is_comma(at - 1):
        return None
    free = form.skip > 0 if reading.kind == "verb" else form.core.endswith(("ا", "ة"))
    if not free:
        return None
    return Fired(at, [], reading, None, edge=at - 1, shares=False)


def _close(view: View, at: int, content: Content) -> bool:
    """Whether content follows a participle at once, or after an adjunct if it stands free."""
    gap = content.token - at - 1
    if gap <= 1 or (content.via == "phrase" and gap <= 2):
        return True
    free = view.is_comma(at - 1) or view.form(at).skip > 0 or at - 1 in view.article.opening
    opens = view.form(at + 1).tags & (v.ADJUNCT | v.TIME | v.SOURCE | v.ADDRESSEE)
    return (free or gap <= 2) and gap <= 14 and bool(opens or view.is_comma(at + 1))


def _own_subject(view: View, at: int, reading: Reading) -> tuple[Phrase | None, Content | None]:
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
    if reading.lemma == "وصف":
        return True  # واصفة is nothing else, where متهمة is a noun
    if (
        (reading.number == "s" and form.core.endswith("ا"))
        or reading.gender == ""
        or form.core.endswith("يا")
    ):
        copula = before is not None and (before.tags & v.AUXILIARY or before.core in _COPULAS)
        return not copula
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
