"""Contents without a clause: the verbal noun, and the phrase after a governed preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl import marks
from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.findings import Content
from qawl_baselines.rules.letters import kept
from qawl_baselines.rules.shapes import is_accusative, is_definite_masdar
from qawl_baselines.rules.tokens import COMMAS

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.tokens import Form

_NEAR = 18
_FAR = 14
_GOVERNED = {"ila": ("الي",), "an": ("عن",), "min": ("من",), "ala": ("علي",)}
_COMPLETE_MEDIA = v.word_set("complete_media")
_NOT_GOVERNED = v.word_set("not_governed")
_NO_GLUED_BI = v.SOURCE | v.ADJUNCT | v.TIME | v.MEDIUM | v.OPENING | v.COMPLEMENTISER
_THINGS = v.word_set("things")
_MANNERS = v.word_set("manners")


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


def governed_phrase(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """A noun phrase after the preposition that the verb governs."""
    form = view.form(token)
    if "bi" in takes:
        skip = glued_bi(view, token)
        if skip is not None:
            return skip
    for name, cores in _GOVERNED.items():
        if name in takes and form.core in cores and token + 1 < view.last and not form.skip:
            barred = _is_place(name, view.form(token + 1), token - start)
            return None if barred else Content(token + 1, 0, "phrase")
    return None


def _is_place(name: str, following: Form, gap: int) -> bool:
    """Whether a preposition that the verb governs tells something else: على موقع كذا."""
    if following.tags & (v.COMPLEMENTISER | v.RELATIVE):
        return True
    if gap and name in ("min", "ala") and following.tags & (v.MEDIUM | v.TIME | v.NAMES):
        return True
    if gap and name == "ala" and not following.tags & (v.MASDAR | v.DEFINITE):
        return True
    return name in ("min", "ala", "ila") and gap > _FAR


def is_thing(view: View, token: int) -> bool:
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


def object_noun(view: View, token: int, start: int, takes: frozenset[str]) -> Content | None:
    """A verbal noun as object: أعلن [مقتل كذا]; or a relative clause: نفى [ما قيل]."""
    form = view.form(token)
    if "noun" in takes and form.core == "ما" and token == start and token + 1 < view.last:
        return Content(token, 0, "clause")
    masdar = "noun" in takes and form.tags & v.MASDAR and not form.skip
    action = masdar and (not form.tags & v.SOURCE or _organising(view, token))
    if token == start:
        definite = "noun" in takes and is_definite_masdar(form)
        stands = action or definite or ("object" in takes and _may_be_object(form))
        return Content(token, 0, "noun") if stands else None
    action = action or (
        "noun" in takes and is_definite_masdar(form) and _to_him(view.form(token - 1))
    )
    return Content(token, 0, "noun") if action and _stands_free(view.form(token - 1)) else None


def _to_him(before: Form) -> bool:
    """Whether a preposition with its pronoun stands before: طلب منه | العودة."""
    return bool(before.tags & v.ADJUNCT) and before.core.endswith(("ه", "ها", "هم"))


def _stands_free(before: Form) -> bool:
    """Whether a verbal noun behind this word is no part of a phrase that began before."""
    if before.word in COMMAS or before.tags & (v.TIME | v.DEFINITE) or _closes(before):
        return True
    waits = before.tags & (v.ADJUNCT | v.MEDIUM | v.ROLE | v.BODY | v.MASDAR | v.DOCUMENT)
    complete = (
        before.core in _COMPLETE_MEDIA
        or is_accusative(before)
        or (before.core.endswith(("ه", "ها", "هم")) and not before.tags & v.MEDIUM)
    )
    return not waits or complete


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


def adjuncts_only(view: View, start: int, token: int) -> bool:
    """Whether between the speaker and a governed phrase stand but adjuncts of the saying."""
    clause = next((at + 1 for at in range(token - 1, start - 1, -1) if view.is_comma(at)), start)
    if clause == token:
        return True
    opens = view.form(clause)
    known = opens.tags & (v.ADJUNCT | v.TIME | v.MEDIUM | v.ADDRESSEE)
    return bool(known) or is_accusative(opens) or opens.core in _MANNERS
