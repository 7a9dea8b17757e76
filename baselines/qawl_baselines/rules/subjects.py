"""The speaker who does not stand right after the verb: before it, or shared with another verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.phrase_words import points
from qawl_baselines.rules.shapes import are_two_nouns, is_finite_cue, looks_verbal
from qawl_baselines.rules.speakers import Phrase, noun_phrase

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.lexicon import Reading
    from qawl_baselines.rules.tokens import Form

_LEADING = v.word_set("leading")
_INSIDE_PHRASES = v.word_set("inside_phrases")
_CALLING_ITSELF = v.word_set("calling_itself")
_FEMININE_NOT = v.word_set("feminine_not")


def gender_of(form: Form) -> str:
    """The gender that a head noun shows, or nothing."""
    core = form.core
    if form.tags & v.COUNTRY or (form.tags & v.UNNAMED and core.startswith("مصادر")):
        return "f"
    if core.endswith(("ون", "ين", "و")) and len(core) > 4:
        return "m"
    if core.endswith(("ة", "ات")) and core not in _FEMININE_NOT:
        return "f"
    if form.tags & (v.ROLE | v.BODY | v.DOCUMENT):
        return "" if core in _BROKEN_PLURALS or core.endswith("ا") else "m"
    return ""


_BROKEN_PLURALS = v.word_set("broken_plurals")


def agrees(reading: Reading, head: Form) -> bool:
    """Whether a verb may have this head as its subject before it."""
    gender = gender_of(head)
    return not (reading.gender and gender) or reading.gender == gender or bool(head.tags & v.GROUP)


def preposed(view: View, verb: int, reading: Reading) -> Phrase | None:
    """The subject before its verb: «الجيش يعلن», «مجموعة كذا، توعدت», «كان فلان قد قال»."""
    start = _clause_start(view, verb)
    if start >= verb or view.form(verb - 1).tags & (v.CLAUSE | v.COMPLEMENTISER):
        return None
    if view.form(verb - 1).tags & v.RELATIVE:
        # «الذين اتهمتهم»: the antecedent is the object
        return None if reading.pronoun else antecedent(view, verb - 1)
    if view.form(verb).skip:
        return None  # joined to an earlier verb, whose subject it shares
    start = _past_openings(view, start, verb)
    if start >= verb or not _may_head(view, start, reading):
        return None
    head = view.form(start)
    phrase = _before_verb(view, noun_phrase(view.article, start, verb, preposed=True))
    phrase = _calling_itself(view, phrase, verb)
    fits = phrase and agrees(reading, head) and _nothing_between(view, phrase.last, verb)
    return phrase._replace(skip=head.skip) if fits else None


def _calling_itself(view: View, phrase: Phrase, verb: int) -> Phrase:
    """With the clause by which a group names itself: مجموعة | تطلق على نفسها «كذا»."""
    if phrase.last < verb and view.form(phrase.last).core in _CALLING_ITSELF:
        return phrase._replace(last=verb - view.is_comma(verb - 1))
    return phrase


def _before_verb(view: View, phrase: Phrase) -> Phrase:
    """A phrase without a verb that has no و: «مجموعة | تطلق على نفسها», «البنك | يرفع الفائدة»."""
    for token in range(phrase.first + 1, phrase.last):
        form = view.form(token)
        place = view.form(token - 1).tags & v.ADJUNCT  # في تعز
        if looks_verbal(form) and not form.skip and not place and not form.core.endswith("ت"):
            return phrase._replace(last=token)
    return phrase


def _clause_start(view: View, verb: int) -> int:
    token = verb
    while token > max(view.first, verb - 25):
        token -= 1
        if token in view.article.opening:
            token = max(view.article.opening[token], view.first)
            continue
        form = view.form(token)
        if view.is_comma(token) and token + 1 < verb and _opens_clause(view.form(token + 1)):
            return token + 1
        opens = form.tags & (v.TURN | v.COMPLEMENTISER | v.CLAUSE)
        if opens and form.core not in _INSIDE_PHRASES and token + 1 < verb:
            return token + 1
    return view.first


def _opens_clause(form: Form) -> bool:
    return form.tags & v.TURN != 0 or form.core in _LEADING


def _past_openings(view: View, start: int, verb: int) -> int:
    """Past «من جهته،», «بدورها», «وكان», «أما»."""
    token = start
    while token < verb:
        form = view.form(token)
        if form.tags & (v.OPENING | v.AUXILIARY | v.TURN) or form.core in _LEADING:
            token += 1
        elif form.core in ("من", "في", "فى") and view.form(token + 1).tags & v.OPENING:
            token += 2
        elif view.is_comma(token):
            token += 1
        else:
            return token
    return token


def _may_head(view: View, token: int, reading: Reading) -> bool:
    """Whether a word can be the subject of a sentence, and is no verb itself."""
    form = view.form(token)
    if token in view.article.closing or points(view.article, token):
        return True
    if not form.word[0].isalpha() or form.tags & (v.ADJUNCT | v.TIME | v.CLAUSE | v.NEGATION):
        return False
    if form.tags & (v.SOURCE | v.DEFINITE):
        return not is_finite_cue(form)
    if form.cue is not None:
        return False
    before = view.form(token - 1).core if token > view.first else ""
    after = v.AUXILIARY | v.COMPLEMENTISER | v.CLAUSE
    if token > view.first and (before in _LEADING or view.form(token - 1).tags & after):
        return not looks_verbal(form)
    # A headline puts the subject first, and its verbs into the imperfect.
    return view.segment.line == 0 and not reading.past and not looks_verbal(form)


def _nothing_between(view: View, start: int, verb: int) -> bool:
    """Whether between subject and verb stand but adjuncts, relative clauses and auxiliaries."""
    token = start
    relative = False
    while token < verb:
        form = view.form(token)
        # «مجموعة تطلق على نفسها كذا،»: an indefinite noun takes its clause without a pronoun
        asyndetic = token == start and looks_verbal(form) and not form.skip
        if form.tags & v.RELATIVE or asyndetic:
            relative = True
        elif view.is_comma(token):
            relative = False
        elif (
            form.tags & v.COMPLEMENTISER
            or form.word == ":"
            or (form.cue is not None and form.cue.kind == "verb" and not relative)
            or (
                token == start
                and not form.tags & (v.AUXILIARY | v.ADJUNCT | v.TIME)
                and form.word[0].isalpha()
            )
            or (looks_verbal(form) and form.skip and not relative)
        ):
            return False
        token = view.next_outside(token)
    return True


def antecedent(view: View, relative: int) -> Phrase | None:
    """The noun phrase that a relative pronoun at ``relative`` refers to."""
    last = relative - 1 if view.is_comma(relative - 1) else relative
    first = last
    while first > view.first and last - first < 12:
        before = view.form(first - 1)
        stop = v.ADJUNCT | v.CLAUSE | v.COMPLEMENTISER | v.TIME | v.RELATIVE | v.AUXILIARY
        general = before.core == "عام" and view.form(first - 2).tags & v.ROLE  # مدير عام المعهد
        if (
            (before.tags & stop and not general)
            or is_finite_cue(before)
            or not before.word[0].isalpha()
        ):
            break
        if looks_verbal(before):
            break
        first -= 1
        if before.skip:
            break
    # The nearest definite or titled noun on the left is where the phrase begins.
    if first == last:
        return None
    return Phrase(first, last, view.form(first).skip)


def _past_bullet(view: View) -> int:
    """Past a sign that opens a line of a list."""
    first = view.first
    return first + 1 if view.form(first).word in ("*", "-", "–", "•") else first


def main_subject(view: View) -> Phrase | None:
    """The subject of a sentence whose main verb does not report: «نفذ [عدد من التجار] وقفة»."""
    token = _past_openings(view, _past_bullet(view), view.last)
    while token + 1 < view.last and view.form(token).tags & v.NEGATION:
        token += 1
    if token + 1 >= view.last:
        return None
    form = view.form(token)
    if form.tags & (v.SOURCE | v.DEFINITE):
        phrase = _before_verb(view, noun_phrase(view.article, token, view.last))
        return phrase._replace(skip=form.skip) if phrase else None
    fronted = form.tags & (v.ADJUNCT | v.TIME | v.CLAUSE) or form.core.startswith("بال")
    if fronted or not form.word[0].isalpha():
        return None
    token += view.form(token + 1).core == "ذلك"
    if token + 1 in view.article.closing:  # رحب | "نادي كذا" بالقرار
        return Phrase(token + 1, view.article.closing[token + 1] + 1)
    if _is_guest(view.form(token + 1)):
        return None  # تعتذر | لضيوفها
    return _before_object(view, noun_phrase(view.article, token + 1, view.last, before_masdar=True))


def _is_guest(form: Form) -> bool:
    """Whether a noun has a glued ل, and is no name that begins with the letter."""
    core = form.core
    possessed = core.endswith(("ه", "ها", "هم")) and len(core) > 4
    return core.startswith("ل") and (core.startswith("لل") or possessed)


def _before_object(view: View, phrase: Phrase) -> Phrase | None:
    """A subject without the object that stands beside it: نفذ عدد من التجار | وقفة."""
    two = phrase.last - phrase.first == 2
    if two and are_two_nouns(view.form(phrase.first), view.form(phrase.first + 1)):
        return phrase._replace(last=phrase.first + 1)  # فصلت اللجنة | الحكم
    several = view.form(phrase.first).tags & (v.GROUP | v.BODY | v.UNNAMED)
    for at in range(phrase.first + 1, phrase.last):
        core = view.form(at).core
        indefinite = not view.form(at).tags & v.DEFINITE and core.endswith(("ة", "ا", "ات"))
        medium = view.form(at).tags & (v.MEDIUM | v.DOCUMENT)
        plural = core.endswith("ات")  # تبنى الحرس الوطني | عمليات
        complete = view.form(at - 1).tags & v.DEFINITE or (plural and at > phrase.first + 2)
        if indefinite and (several or medium or plural) and complete:
            return phrase._replace(last=at)  # نفذ عدد من التجار | وقفة
        if len(core) > 3 and core.endswith(("ه", "ها")) and not core.endswith("الله"):
            return phrase._replace(last=at)  # اختتم فلان | كلامه
    return phrase or None
