"""What keeps a reporting verb from counting: negation, wishes, facts as subjects, formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.speakers import points

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import Content, View
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Form

_TRUE_PREPOSITIONS = v.word_set("true_prepositions")
_ATTENTION = v.word_set("attention")
_SINCE = frozenset(["كما", "حيث", "اذ"])
_OFTEN = v.word_set("often")


def suppressed(view: View, at: int, reading: Reading) -> bool:
    """Whether the word is no statement of saying here: negated, wished for, or a noun."""
    if "tight" in reading.takes and not _begins_clause(view, at):
        return True
    if view.form(at).core == "تبين" and at + 1 < view.last:
        return bool(view.form(at + 1).tags & v.COMPLEMENTISER)  # it became clear that
    if at > view.first and not view.form(at).skip and _barred_by(view, at, reading):
        return True
    if reading.lemma == "نشر" and at > view.first and view.form(at - 1).tags & v.MEDIUM:
        return True  # بيان نشر اليوم
    following = view.form(at + 1) if at + 1 < view.last else None
    if following is not None and following.core in _ATTENTION and reading.lemma == "لفت":
        return True
    base = reading.past and (reading.gender, reading.number) == ("m", "s")
    if "initial" in reading.takes and base and not _may_begin(view, at):
        return True
    if _first_person(view.form(at), reading) and following and following.tags & v.COMPLEMENTISER:
        return True
    return _impersonal(view, at, reading)


def _barred_by(view: View, at: int, reading: Reading) -> bool:
    """Whether the word before takes the statement away: لم يقل, أن يقول, بعد كشف."""
    before = view.form(at - 1)
    if before.tags & v.NEGATION:
        return not _always(view, at)
    if reading.past:
        if before.tags & v.BODY and not before.tags & v.DEFINITE:
            return view.form(at).core == "نشر"  # دار نشر
        return before.core in _TRUE_PREPOSITIONS or before.core == "عدم"
    return before.core in ("من", "بان", "بعدم") or bool(before.tags & v.SUBJUNCTIVE)


def _may_begin(view: View, at: int) -> bool:
    before = view.form(at - 1)
    return _begins_clause(view, at) or bool(before.tags & (v.AUXILIARY | v.CLAUSE | v.RELATIVE))


def _first_person(form: Form, reading: Reading) -> bool:
    """«أعتقد» is the speaker's own, where «اعتقد» is somebody's."""
    return reading.past and reading.lemma.startswith("ا") and form.word.startswith("أ", form.skip)


def _impersonal(view: View, at: int, reading: Reading) -> bool:
    """Whether a sentence opens with «يذكر أن», «يتوقع أن»: formulas and passives."""
    if reading.past or (reading.gender, reading.number) != ("m", "s") or at + 1 >= view.last:
        return False
    if "passive" in reading.takes:
        return False
    thought = reading.takes & {"joined"} or reading.lemma in ("رجح", "توقع")
    if (
        thought
        and view.form(at - 1).tags & v.RELATIVE
        and (at + 1 < view.last and view.form(at + 1).tags & v.COMPLEMENTISER)
        and not reading.past
    ):
        return reading.number == "s"  # التي يعتقد أنها
    opens = at == view.first or bool(view.form(at - 1).tags & v.TURN)
    return opens and bool(view.form(at + 1).tags & v.COMPLEMENTISER)


def _always(view: View, at: int) -> bool:
    """«دائما ما يصف»: ما that denies nothing."""
    return (
        at - 2 >= view.first and view.form(at - 1).core == "ما" and view.form(at - 2).core in _OFTEN
    )


def _begins_clause(view: View, at: int) -> bool:
    """Whether a verb stands where a clause begins; «بين» elsewhere is "between"."""
    if at == view.first or view.form(at).skip or "\u0651" in view.form(at).word:
        return True
    before = view.form(at - 1)
    return view.is_comma(at - 1) or bool(before.tags & (v.OPENING | v.TURN)) or before.core == "كما"


def may_say(
    view: View, at: int, reading: Reading, subject: Phrase | None, content: Content
) -> bool:
    """Whether the subject is somebody or something that can say things."""
    takes = reading.takes
    of_fact = not reading.past and "facts" in takes
    if subject is None:
        if takes & {"document", "overt"} or _points_to_fact(view, at):
            return False
        if "joined" in takes and not _goes_on(view, at, reading):
            return False
        return not of_fact or reading.lemma == "قال" or may_share(view, at)
    head = view.form(subject.first)
    if points(view.article, subject.first):
        head = view.form(subject.first + 1)
        if not head.tags & v.SOURCE:
            return False  # هذه الزيادة تشير إلى
    if "document" in takes:
        return bool(head.tags & v.DOCUMENT)
    if head.tags & v.FACT and not (head.tags & v.SOURCE and reading.past):
        return False
    verbatim = content.via in ("mark", "colon", "loose")
    return verbatim or not of_fact or subject.first < at or _somebody(view, subject)


def _goes_on(view: View, at: int, reading: Reading) -> bool:
    """Whether a verb of thought without a subject has one: «ويعتقد أن» is impersonal."""
    impersonal = not reading.past and (reading.gender, reading.number) == ("m", "s")
    return not impersonal and (view.form(at).skip > 0 or reading.number == "p")


def _points_to_fact(view: View, at: int) -> bool:
    """«تؤكد هذه الأرقام»: the demonstrative hides the subject."""
    return at + 1 < view.last and view.form(at + 1).core in ("هذه", "هذا", "ذلك", "تلك")


def _somebody(view: View, subject: Phrase) -> bool:
    """Whether a subject of a verb in the present looks like a person or body, and no fact."""
    head = view.form(subject.first)
    if head.tags & v.SOURCE or subject.first in view.article.closing:
        return True
    if head.tags & v.DEFINITE:
        return head.core.endswith(("ي", "ون"))
    second = view.form(subject.first + 1) if subject.last > subject.first + 1 else None
    return second is None or not second.tags & v.DEFINITE or second.core.endswith("ي")


def may_share(view: View, at: int) -> bool:
    """Whether a verb without subject goes on with that of the main verb: وأضاف, لكنه حذر."""
    before = view.form(at - 1)
    reading = view.form(at).cue
    joined = view.form(at).skip > 0 or view.is_comma(at - 1) or before.core in _SINCE
    if reading is not None and reading.lemma == "قال" and at > view.first + 2:
        return True  # بيانا قالت فيه إن, ضربات تقول إنها
    return joined or (
        at > view.first and before.core in ("لكنه", "لكنها", "لكنهم", "انه", "انها", "قد")
    )
