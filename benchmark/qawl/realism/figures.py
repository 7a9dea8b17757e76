"""The figures that are compared with real news, each a function of documents."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from qawl import marks
from qawl.cue_classes import cue_class
from qawl.names import normalised
from qawl.words import word_spans, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qawl.records import Attribution, Document

# قال أضاف تابع أكد أوضح صرح, as they inflect in news.
_CORE = re.compile(
    r"(?:و|ف)?(?:س|ي|ت)?(?:قال|يقول|تقول|قول|اضاف|ضيف|تابع|تتابع|اكد|ؤكد|اوضح|وضح|صرح)(?:ت|وا|ا)?"
)
_QAL = re.compile(r"(?:قال|يقول|تقول|سيقول)(?:ت|وا|ا)?")
_COMPLEMENTISER = re.compile(r"(?:^|\s)(?:ب)?([إأا]ن)(?:ه|ها|هم|هما|نا|ني)?\s*$")
_GLUED = re.compile(r"[^\W\d_]\u0640?$")


def figures(documents: Sequence[Document]) -> dict[str, float]:
    """Every figure of :mod:`qawl.realism.bands` by its key; percentages unless it is a count.

    A figure that nothing can be said of (no قال at all) is left out.
    """
    found: dict[str, float] = {}
    for part in (_density, _attributions, _frames, _quoted, _paragraphs, _lengths):
        found |= part(documents)
    return found


def _items(documents: Iterable[Document]) -> Iterator[tuple[Attribution, str]]:
    for document in documents:
        for item in document.attributions:
            yield item, str(document.text)


def _share(some: float, whole: float) -> float:
    return 100 * some / whole


def _words(document: Document) -> int:
    return len(word_spans(str(document.text)))


def _density(documents: Sequence[Document]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, hard in (("density", False), ("density-hard", True)):
        some = [d for d in documents if (d.meta.get("register") == "hard") is hard]
        if words := sum(map(_words, some)):
            found[key] = 1000 * sum(len(d.attributions) for d in some) / words
    return found


def _attributions(documents: Sequence[Document]) -> dict[str, float]:
    items = list(_items(documents))
    if not items:
        return {}
    types = Counter(item.type for item, _ in items)
    cues = [_cue(item, text) for item, text in items]
    classes = Counter(cue_class(cue) for cue in cues if cue)
    verbs = [cue for cue in cues if cue and cue_class(cue) == "verb"]
    found = {
        **{name: _share(types[name], len(items)) for name in ("direct", "mixed", "indirect")},
        "implicit": _share(sum(not item.speaker for item, _ in items), len(items)),
        "doubled": _share(sum(len(item.cue or ()) > 1 for item, _ in items), len(items)),
    }
    if cued := sum(classes.values()):
        names = ("verb", "participle", "preposition", "noun", "connective")
        found |= {f"cue-{name}": _share(classes[name], cued) for name in names}
    if verbs:
        found["qal"] = _share(sum(_is_qal(cue) for cue in verbs), len(verbs))
    return found


def _cue(item: Attribution, text: str) -> str:
    return " ".join(text[start:end] for start, end in item.cue or ())


def _is_qal(cue: str) -> bool:
    return _QAL.fullmatch(normalised(cue.split(" ", 1)[0])) is not None


def _frames(documents: Sequence[Document]) -> dict[str, float]:
    """What stands between the verb and its quote, where the verb comes first."""
    frames: Counter[str] = Counter()
    after_qal: Counter[str] = Counter()
    for item, text in _items(documents):
        cue = item.cue or ()
        if not cue or cue[0][1] > item.quote[0][0]:
            continue
        first = normalised(text[slice(*cue[0])].split(" ", 1)[0])
        between = text[cue[0][1] : item.quote[0][0]]
        complementiser = _COMPLEMENTISER.search(between)
        if _is_qal(first) and complementiser:
            after_qal[complementiser[1]] += 1
        if _CORE.fullmatch(first):
            marked = text[item.quote[0][0]] in marks.MARKS
            frames[_frame(complementiser is not None, ":" in between, marked)] += 1
    found: dict[str, float] = {}
    if whole := sum(frames.values()):
        names = ("complementiser", "complementiser-mark", "mark", "colon-mark", "colon")
        found |= {f"frame-{name}": _share(frames[name], whole) for name in names}
    if whole := sum(after_qal.values()):
        spelt = (("qal-inna", "إن"), ("qal-anna", "أن"), ("qal-bare", "ان"))
        found |= {key: _share(after_qal[form], whole) for key, form in spelt}
    return found


def _frame(complementiser: bool, colon: bool, marked: bool) -> str:
    if complementiser:
        return "complementiser-mark" if marked else "complementiser"
    if colon:
        return "colon-mark" if marked else "colon"
    return "mark" if marked else "none"


def _quoted(documents: Sequence[Document]) -> dict[str, float]:
    pairs = [(document, pair) for document in documents for pair in _pairs(document)]
    without = sum(not _pairs(document) for document in documents)
    found = {
        "quoted": len(pairs) / max(len(documents), 1),
        "unquoted": _share(without, max(len(documents), 1)),
    }
    if not pairs:
        return found
    lengths = sorted(len(words_of(str(d.text), [(p.start, p.end)])) for d, p in pairs)
    held = sum(len(document.distractors) for document in documents)
    glued = sum(_GLUED.search(str(d.text)[: p.start]) is not None for d, p in pairs)
    found |= {
        "not-speech": _share(held, len(pairs)),
        "quoted-median": median(lengths),
        "quoted-p90": lengths[int(0.9 * (len(lengths) - 1))],
        "glued": _share(glued, len(pairs)),
        "systems": len({pair.family for _, pair in pairs}),
    }
    marked = [{pair.family for pair in _pairs(d)} for d in documents if _pairs(d)]
    found["one-system"] = _share(sum(len(some) == 1 for some in marked), len(marked))
    stops = Counter(side for d, p in pairs for side in _stop(str(d.text), p))
    if whole := sum(stops.values()):
        found["stop-outside"] = _share(stops["outside"], whole)
    return found


def _pairs(document: Document) -> tuple[marks.Pair, ...]:
    return marks.find(str(document.text)).pairs


def _stop(text: str, pair: marks.Pair) -> list[str]:
    if text[pair.end : pair.end + 1] == ".":
        return ["outside"]
    return ["inside"] if text[pair.end - 2 : pair.end - 1] == "." else []


def _paragraphs(documents: Sequence[Document]) -> dict[str, float]:
    texts = [str(document.text) for document in documents]
    whole = sum(len(text.strip().split("\n")) for text in texts)
    broken = 0
    for text in texts:
        lines = {text.count("\n", 0, mark.at) for mark in marks.find(text).loose}
        # A quote over paragraphs leaves each of its ends unbalanced in a paragraph of its own.
        for pair in marks.find(text).pairs:
            if "\n" in text[pair.start : pair.end]:
                lines |= {text.count("\n", 0, pair.start), text.count("\n", 0, pair.end)}
        broken += len(lines)
    return {"unbalanced": _share(broken, max(whole, 1))}


def _lengths(documents: Sequence[Document]) -> dict[str, float]:
    return {"words": median(map(_words, documents))} if documents else {}
