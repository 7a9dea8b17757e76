"""The floor: what stands in quotation marks was said by whoever was named last.

Two rules and two short lists. A system that does not beat this one has not looked at the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from qawl import marks
from qawl.records import Attribution, Document, Entity
from qawl.words import word_spans
from qawl_baselines.noise import without_noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qawl.records import Span

_CUE_WORDS = """
قال قالت قالوا يقول تقول أضاف أضافت أكد أكدت أوضح أوضحت ذكر ذكرت صرح صرحت أعلن أعلنت أشار
أشارت اعتبر اعتبرت وصف وصفت كتب كتبت تابع تابعت حذر حذرت نقل نقلت قوله قولها مضيفا مضيفة
مؤكدا مؤكدة قائلا قائلة أفاد أفادت شدد شددت اتهم اتهمت نفى نفت بحسب وفق
"""
_CUES = frozenset(_CUE_WORDS.split())
# Where a name cannot go on: complementisers, prepositions, days.
_STOPS_WORDS = """
أن إن ان بأن إنه إنها أنه أنها في عن على إلى من خلال بعد قبل عبر اليوم أمس الأحد الاثنين
الثلاثاء الأربعاء الخميس الجمعة السبت مساء صباح
"""
_STOPS = frozenset(_STOPS_WORDS.split())
_SIGNS = re.compile("[\u064b-\u0652\u0640]")
# Words that a cue may stand away from its quote, and a name may be long.
_REACH, _LONGEST_NAME = 25, 6


class Quoted:
    """Every quoted string is direct speech of the nearest source before it."""

    name = "quoted"
    version = "1"
    summary = "the floor: every string in quotation marks is speech of whoever was named last"

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with one attribution for each string in quotation marks."""
        for document in documents:
            yield _annotate(document.id, "" if document.text is UNSET else document.text)


def _annotate(identifier: str, text: str) -> Document:
    words = word_spans(text)
    cores = [_core(text[start:end]) for start, end in words]
    names: dict[str, dict[Span, None]] = {}
    attributions: list[Attribution] = []
    speaker: Span | None = None
    seen = last_end = 0
    for pair in marks.find(without_noise(text)).pairs:
        if pair.start < last_end or pair.end - pair.start < 3:
            continue  # of nested strings the outer one is taken
        before = seen
        while before < len(words) and words[before][1] <= pair.start:
            before += 1
        cue = _nearest_cue(cores, max(seen, before - _REACH), before)
        named = None if cue is None else _name_after(text, words, cores, cue + 1, pair.start)
        speaker = named or speaker
        seen, last_end = before, pair.end
        key = "" if speaker is None else text[slice(*speaker)]
        names.setdefault(key, {}).update({} if speaker is None else {speaker: None})
        attributions.append(
            Attribution(
                quote=((pair.start, pair.end),),
                cue=() if cue is None else (words[cue],),
                speaker=() if named is None else (named,),
                entity=key,
                type="direct",
            )
        )
    return _numbered(identifier, attributions, names)


def _numbered(
    identifier: str, items: Sequence[Attribution], names: dict[str, dict[Span, None]]
) -> Document:
    """The document, with ids for names."""
    ids = {name: f"e{number}" for number, name in enumerate(names, 1)}
    entities = tuple(
        Entity(id=ids[name], name=name, kind="person", mentions=tuple(mentions))
        if name
        else Entity(id=ids[name], name="مصدر غير مسمى", kind="unnamed")
        for name, mentions in names.items()
    )
    found = tuple(msgspec.structs.replace(item, entity=ids[str(item.entity)]) for item in items)
    return Document(id=identifier, attributions=found, entities=entities)


def _core(word: str) -> str:
    """The word without vowel signs, and without و where that leaves a cue."""
    bare = _SIGNS.sub("", word)
    return bare[1:] if bare[:1] in ("و", "ف") and bare[1:] in _CUES else bare


def _nearest_cue(cores: Sequence[str], first: int, last: int) -> int | None:
    return next((at for at in range(last - 1, first - 1, -1) if cores[at] in _CUES), None)


def _name_after(
    text: str, words: Sequence[Span], cores: Sequence[str], first: int, limit: int
) -> Span | None:
    """The words after a cue up to the first that cannot be in a name."""
    last = first
    while last < len(words) and words[last][1] <= limit and last - first < _LONGEST_NAME:
        gap = text[words[last - 1][1] : words[last][0]]
        if cores[last] in _STOPS or gap.strip():
            break
        last += 1
    return (words[first][0], words[last - 1][1]) if last > first else None
