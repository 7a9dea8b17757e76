"""Where the content of a reporting word begins: after أن, a colon, a mark, a preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.letters import kept
from qawl_baselines.rules.shapes import is_accusative, is_finite_cue
from qawl_baselines.rules.speakers import after_parenthesis
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.tokens import Form

# Tokens between a speaker and what is said; more is another sentence in all but punctuation.
_REACH = 45
_NEAR = 18
_GOVERNED = {"ila": ("الي",), "an": ("عن",), "min": ("من",), "ala": ("علي",)}
# أن after these is no content: قبل أن, دون أن
_COMPLETE_MEDIA = v.word_set("complete_media")
_NOT_GOVERNED = v.word_set("not_governed")
_NO_GLUED_BI = v.SOURCE | v.ADJUNCT | v.TIME | v.MEDIUM | v.OPENING | v.COMPLEMENTISER
_NO_CONTENT = v.word_set("no_content")
_WORK_TOGETHER = v.word_set("work_together")
_THINGS = v.word_set("things")
_HIDING = v.word_set("hiding")
_ASIDES = v.word_set("asides")
_MANNERS = v.word_set("manners")
_TO_WHOM = v.word_set("to_whom")


def seek(view: View, start: int, takes: frozenset[str]) -> Content | None:
    """The beginning of the content, looked for from ``start``, or None."""
    end = min(view.last, start + _REACH)
    also: tuple[int, ...] = ()
    token = start = after_parenthesis(view.article, start, end)
    in_relative = False
    while token < end:
        form = view.form(token)
        if form.core in _WORK_TOGETHER:
            also = (*also, token)
        elif form.word in COMMAS:
            in_relative = False
        elif form.tags & v.RELATIVE:
            in_relative = True
        elif form.core in _ASIDES and view.form(min(token + 1, end - 1)).core in _HIDING:
            in_relative = True  # طلب عدم كشف هويته
        elif is_finite_cue(form) and token > start and not in_relative:
            if not _opens_relative(view.form(token - 1)):
                return None
            in_relative = True
        if form.core == "عن" and "things" not in takes and _is_thing(view, token + 1):
            return None
        found = _opening(view, token, start, takes)
        nominal = found is not None and found.via in ("phrase", "noun")
        if nominal and (in_relative or not _adjuncts_only(view, start, token)):
            found = None
        if found is not None:
            return found._replace(also_cue=also)
        token = view.next_outside(token)
    return None


def asked(view: View, start: int) -> Content | None:
    """The one who is asked, with whom the content begins: طلب | من [فلان البقاء]."""
    for token in range(start, min(view.last - 1, start + _NEAR)):
        form = view.form(token)
        several = token > start and view.form(token - 1).core in ("عدد", "كبير", "كل")
        if form.core == "من" and not form.skip and not several:
            following = view.form(token + 1)
            barred = following.tags & (v.OPENING | v.TIME | v.RELATIVE | v.COMPLEMENTISER)
            return None if barred else Content(token + 1, 0, "phrase")
        if token == start and not form.tags & (v.ADJUNCT | v.TIME) and not view.is_comma(token):
            return None
    return None


def _opens_relative(before: Form) -> bool:
    """Whether a verb behind this word tells of it: في بيان | نشر اليوم."""
    return bool(before.tags & v.MEDIUM) and not before.tags & v.DEFINITE


def _adjuncts_only(view: View, start: int, token: int) -> bool:
    """Whether between the speaker and a governed phrase stand but adjuncts of the saying."""
    clause = next((at + 1 for at in range(token - 1, start - 1, -1) if view.is_comma(at)), start)
    if clause == token:
        return True
    opens = view.form(clause)
    known = opens.tags & (v.ADJUNCT | v.TIME | v.MEDIUM | v.ADDRESSEE)
    return bool(known) or is_accusative(opens) or opens.core in _MANNERS


def _opening(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    form = view.form(token)
    if form.tags & v.COMPLEMENTISER:
        return _clause(view, token, start, takes)
    if form.word == ":":
        return _after_colon(view, token, takes)
    if token in view.article.closing:
        return _mark(view, token, start, takes)
    if form.word in marks.MARKS:
        looks_open = token + 1 < view.last and "speech" in takes
        return Content(token, 0, "loose") if looks_open else None
    return _governed(view, token, start, takes) or _object(view, token, start, takes)


def _clause(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    before = view.form(token - 1).core
    if token > start + 1 and view.form(token).core.startswith("ب"):
        nouns = (view.form(at).tags & v.SPEECH_NOUN for at in range(token - 3, token))
        if any(nouns):
            return None
    if "tight" in takes and token > start:
        return None
    barred = "noclause" in takes and before not in _WORK_TOGETHER
    resumed = view.form(token).core.startswith("ف")  # فإن belongs to another frame
    if barred or resumed or before in _NO_CONTENT or token + 1 >= view.last:
        return None
    first = token + 1 + view.is_comma(token + 1)  # أن، لو كان كذا
    return Content(first, 0, "clause") if first < view.last else None


def _after_colon(view: View, token: int, takes: frozenset[str]) -> Content | None:
    if "speech" not in takes or token + 1 >= view.last:
        return None
    following = token + 1
    if following in view.article.closing:
        return Content(following, 0, "mark")
    if view.form(following).tags & v.COMPLEMENTISER and following + 1 < view.last:
        return Content(following + 1, 0, "clause")  # قال فلان: إن كذا
    return Content(following, 0, "loose" if view.form(following).word in marks.MARKS else "colon")


def _mark(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """Whether a quoted string is what is said, and not a name on the way to it."""
    length = view.article.words_in(token)
    before = view.form(token - 1) if token > start else None
    if view.form(token + 1).tags & v.ADDRESSEE:
        return None
    if "bi" in takes and token + 1 < view.last and glued_bi(view, token + 1) is not None:
        return Content(token, 0, "mark")  # توعدت "بالثأر"
    if "speech" not in takes or (before is not None and _leads_elsewhere(before, takes, length)):
        return None
    if length <= 2 and token > start + 2 and not view.is_comma(token - 1):
        return None
    if (length <= 3 or "strict" in takes) and not _adjuncts_only(view, start, token):
        return None
    if length < 8 and before is not None:
        if length <= 3 and before.tags & v.ROLE and token > start:
            return None
        if length <= 5 and _marker_follows(view, view.article.closing[token] + 1):
            return None
    return Content(token, 0, "mark")


def _leads_elsewhere(before: Form, takes: frozenset[str], length: int) -> bool:
    """Whether the word before a string names it, or says what is answered: رد على «كذا»."""
    if before.core in _TO_WHOM:
        return length < 8 or "strict" in takes
    tags = before.tags | (v.tags_of(before.core[1:]) if before.core[0] in "لب" else 0)
    return length < 8 and bool(tags & v.NAMES)


def _marker_follows(view: View, token: int) -> bool:
    for at in range(token, min(view.last, token + 20)):
        form = view.form(at)
        if form.tags & v.COMPLEMENTISER or form.word == ":" or at in view.article.closing:
            return True
        if form.cue is not None:
            return False
    return False


def _governed(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """A noun phrase after the preposition that the verb governs."""
    form = view.form(token)
    if "bi" in takes:
        skip = glued_bi(view, token)
        if skip is not None:
            return skip
    for name, cores in _GOVERNED.items():
        if name in takes and form.core in cores and token + 1 < view.last and not form.skip:
            following = view.form(token + 1)
            if following.tags & (v.COMPLEMENTISER | v.RELATIVE):
                return None
            where = v.MEDIUM | v.TIME | v.NAMES
            if name in ("min", "ala") and following.tags & where and token > start:
                return None  # على موقع كذا, من مقر كذا
            if name == "ala" and token > start and not following.tags & (v.MASDAR | v.DEFINITE):
                return None  # على جوهرة كذا
            if name in ("min", "ala", "ila") and token > start + 14:
                return None
            return Content(token + 1, 0, "phrase")
    return None


def _is_thing(view: View, token: int) -> bool:
    """Whether somebody announced a thing, of which nothing is said: عن هاتفها, عن قائمة."""
    if token >= view.last:
        return False
    form = view.form(token)
    host = form.core.removesuffix("ها").removesuffix("ه").removesuffix("هم")
    return host in _THINGS or form.core in _THINGS


def governs(takes: frozenset[str]) -> set[str]:
    """The prepositions that a verb governs."""
    return {core for name, cores in _GOVERNED.items() if name in takes for core in cores}


def glued_bi(view: View, token: int) -> Content | None:
    """The noun phrase that a glued ب opens: ب[الرد], بـ[“كذا”]."""
    form = view.form(token)
    core = form.core
    if core == "ب":
        return Content(token + 1, 0, "phrase") if token + 1 < view.last else None
    if not core.startswith("ب") or len(core) < 4 or form.skip or form.tags & _NO_GLUED_BI:
        return None
    manner = core in _NOT_GOVERNED or v.tags_of(core[1:]) & (v.MEDIUM | v.TIME)
    if manner or (form.cue is not None and form.cue.kind != "noun"):
        return None
    return Content(token, kept(form.word, 1), "phrase")


def is_firm(view: View, token: int) -> bool:
    """Whether ب before this word is surely the preposition, and no first letter of a name."""
    core = view.form(token).core
    return core == "ب" or core.startswith(("بال", "بان")) or bool(v.tags_of(core[1:]))


def _object(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """A verbal noun as object: أعلن [مقتل كذا]; or a relative clause: نفى [ما قيل]."""
    form = view.form(token)
    if "noun" in takes and form.core == "ما" and token == start and token + 1 < view.last:
        return Content(token, 0, "clause")
    if "object" in takes and token == start and _may_be_object(form):
        return Content(token, 0, "noun")
    if "noun" not in takes or not form.tags & v.MASDAR or form.skip:
        return None
    if form.tags & v.SOURCE and not _organising(view, token):
        return None
    if token == start:
        return Content(token, 0, "noun")
    before = view.form(token - 1)
    if before.word in COMMAS or before.tags & (v.TIME | v.DEFINITE) or _closes(before):
        return Content(token, 0, "noun")
    waits = before.tags & (v.ADJUNCT | v.MEDIUM | v.ROLE | v.BODY | v.MASDAR | v.DOCUMENT)
    complete = (
        before.core in _COMPLETE_MEDIA
        or is_accusative(before)
        or before.core.endswith(("يه", "يها", "له", "لها"))
    )
    if waits and not complete:
        return None
    return Content(token, 0, "noun")


def _organising(view: View, token: int) -> bool:
    """Whether «تنظيم» is organising, and no organisation: a noun without article follows."""
    if view.form(token).core != "تنظيم" or token + 1 >= view.last:
        return False
    following = view.form(token + 1)
    return following.word[0].isalpha() and not following.tags & v.DEFINITE


def _may_be_object(form: Form) -> bool:
    """Whether the word behind a verb that has its subject already is a noun, so its object."""
    stop = v.ADJUNCT | v.TIME | v.CLAUSE | v.RELATIVE | v.NEGATION | v.AUXILIARY | v.ADDRESSEE
    return (
        form.word[0].isalpha() and not form.tags & stop and form.cue is None and len(form.core) > 2
    )


def _closes(form: Form) -> bool:
    return form.word in marks.MARKS or form.word == ")"
