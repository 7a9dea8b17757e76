"""What keeps a reporting verb from counting: negation, wishes, facts as subjects, formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.phrase_words import points

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import Content, View
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.speakers import Phrase
    from qawl_baselines.rules.tokens import Form

_TRUE_PREPOSITIONS = v.word_set("true_prepositions")
_ATTENTION = v.word_set("attention")
_SINCE = frozenset(["كما", "حيث", "اذ"])
_NECESSITY = v.word_set("necessity")
_OFTEN = v.word_set("often")


def suppressed(view: View, at: int, reading: Reading) -> bool:
    """Whether the word is no statement of saying here: negated, wished for, or a noun."""
    if "tight" in reading.takes and not _begins_clause(view, at):
        return True
    if at > view.first and not view.form(at).skip and _barred_by(view, at, reading):
        return True
    base = reading.past and (reading.gender, reading.number) == ("m", "s")
    if "initial" in reading.takes and base and not _may_begin(view, at):
        return True
    return _other_word(view, at, reading) or _impersonal(view, at, reading)


def _other_word(view: View, at: int, reading: Reading) -> bool:
    """Whether the word next to it shows that the verb is another one, or another's."""
    form = view.form(at)
    following = view.form(at + 1) if at + 1 < view.last else None
    if reading.lemma == "نشر" and at > view.first and view.form(at - 1).tags & v.MEDIUM:
        return True  # بيان نشر اليوم
    if following is None:
        return False
    attention = following.core in _ATTENTION and reading.lemma == "لفت"
    clear = form.core == "تبين" or _first_person(form, reading)  # it became clear; I think
    return attention or (clear and bool(following.tags & v.COMPLEMENTISER))


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
    if "passive" in reading.takes or not view.form(at + 1).tags & v.COMPLEMENTISER:
        return False
    if at == view.first or view.form(at - 1).tags & v.TURN:
        return True
    thought = "joined" in reading.takes or reading.lemma in ("رجح", "توقع")
    return thought and bool(view.form(at - 1).tags & v.RELATIVE)  # التي يعتقد أنها


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
    if "need" in takes and content.via == "phrase":
        return view.form(content.token).core in _NECESSITY
    if subject is None:
        return _may_be_implicit(view, at, reading, of_fact=of_fact)
    pointed = points(view.article, subject.first)  # هذه الزيادة تشير إلى
    head = view.form(subject.first + pointed)
    if "document" in takes:
        return bool(head.tags & v.DOCUMENT)
    fact = head.tags & v.FACT and not (head.tags & v.SOURCE and reading.past)
    if fact or (pointed and not head.tags & v.SOURCE):
        return False
    verbatim = content.via in ("mark", "colon", "loose")
    return verbatim or not of_fact or subject.first < at or _somebody(view, subject)


def _may_be_implicit(view: View, at: int, reading: Reading, *, of_fact: bool) -> bool:
    """Whether a verb that names no subject has somebody in mind."""
    if reading.takes & {"document", "overt"} or _points_to_fact(view, at):
        return False
    if "joined" in reading.takes and not _goes_on(view, at, reading):
        return False
    return not of_fact or reading.lemma == "قال" or may_share(view, at)


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
