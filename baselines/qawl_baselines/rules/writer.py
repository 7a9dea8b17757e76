"""Where the writer takes the word back from the source, inside a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl_baselines.rules import vocabulary as v
from qawl_baselines.rules.shapes import looks_verbal

if TYPE_CHECKING:
    from qawl_baselines.rules.findings import View
    from qawl_baselines.rules.tokens import Form

_WRITER_AGAIN = v.word_set("writer_again")
_BUT = v.word_set("but")
_IN = v.word_set("in")
_TURNS = _IN | {"وذلك"}
_ASIDE = v.word_set("aside")
_EXPLAINING = v.word_set("explaining")
_CIRCUMSTANCE = v.word_set("circumstance")
_NARRATIVE = v.word_set("narrative")
_CONCERNS = frozenset(["يتعلق", "يخص"])
_WHEREAS = v.word_set("whereas")


def writer_edges(view: View) -> list[int]:
    """Places at which the writer speaks again, whatever was said before."""
    around, inside = view.article.around, view.segment.inside
    found = []
    turns = [at for at in range(view.first, view.last - 1) if view.form(at).core in _TURNS]
    for token in turns:
        if around[token] != inside:
            continue
        core = view.form(token).core
        following = view.form(token + 1).core
        # «وذلك بعد كذا» tells when it was said; «وذلك نتيجة كذا» is said
        if following in _CIRCUMSTANCE if core == "وذلك" else following == "اشارة":
            found.append(token)
    return found + [token for token in view.commas() if _takes_back(view, token)]


def _takes_back(view: View, comma: int) -> bool:
    following = view.form(comma + 1)
    second = view.form(min(comma + 2, view.last - 1))
    if following.core in _WRITER_AGAIN or following.tags & v.TURN:
        return True
    if following.core in _EXPLAINING:  # «، والتي تملكها كذا», if nothing comes behind it
        return not any(view.is_comma(at) for at in range(comma + 1, view.last))
    explains = following.core == "وهو" and second.core in ("ما", "الامر")  # وهو ما يعني كذا
    return explains or (following.core in _IN and second.core in _ASIDE)


def next_clause(view: View, first: int, limit: int) -> int:
    """Where a content without a finite verb ends because the writer's next clause begins."""
    for token in range(first + 1, limit - 1):
        if view.article.around[token] != view.segment.inside:
            continue
        form = view.form(token)
        if view.is_comma(token):
            if _begins_clause(view.form(token + 1)):
                return token
        elif form.core == "الا" and view.form(token + 1).core.startswith("ان"):
            return token  # إلا أن
        elif form.core in _WHEREAS and not form.skip:
            about = view.form(min(token + 1, view.last - 1)).core in _CONCERNS
            if not about:  # فيما يتعلق بكذا
                return token
    return limit


def _begins_clause(form: Form) -> bool:
    if form.core in _BUT or (form.tags & v.AUXILIARY and form.skip):
        return True
    pronoun = form.word in ("وهو", "وهي", "وهم", "ولم", "ولن")
    return pronoun or (form.skip > 0 and (looks_verbal(form) or form.core in _NARRATIVE))


def main_clause(view: View, first: int, limit: int) -> int:
    """Where the content of a relative clause ends because the main clause goes on: a comma."""
    for token in view.commas():
        if first < token < limit:
            return token
    return limit
