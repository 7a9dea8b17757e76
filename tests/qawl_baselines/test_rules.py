"""What holds for every text: nothing crashes, spans are sound, the same in gives the same out."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl.records import Attribution, Document
from qawl.systems import System
from qawl_baselines.quoted import Quoted
from qawl_baselines.rules import Rules

if TYPE_CHECKING:
    from qawl.records import Span

SYSTEMS: list[System] = [Rules(), Quoted()]
WORDS = (
    "قال وقال قالت إن أن بأن إنها مضيفا مشيرة إلى وصف بـ اتهم دعا نقلت عن قوله بالقول "
    "وفق وفقا لمصدر حسبما كما ما لما على حد تعبيره جاء في البيان اتهامات له الوزير "
    "سامر الهدباني شركة الذي لم قد وكان اليوم تعليق أي فيما من جهته م. ٣٫٥ "
)
PIECES = [
    *WORDS.split(),
    "ب",
    "ل",
    "«",
    "»",
    '"',
    "“",
    "”",
    ":",
    "،",
    ".",
    "؟",
    "!",
    "-",
    "(",
    ")",
    "\n",
    "4,1",
    "23:34",
    "CNN",
    "😀",
    "\u200f",
    "\u202b",
    "ـ",
    "ً",
    "_",
    "#وسم",
    "",
]
newswire = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
glued = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def annotate(system: System, text: str) -> Document:
    return next(iter(system.predict([Document(id="a", text=text)])))


def parts(item: Attribution) -> list[tuple[Span, ...]]:
    return [item.quote, item.cue or (), item.speaker or (), item.mention or ()]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@given(text=st.one_of(newswire, glued, st.text(max_size=200)))
def test_spans_are_sound(system: System, text: str) -> None:
    document = annotate(system, text)
    known = {entity.id for entity in document.entities}
    for item in document.attributions:
        assert item.quote
        assert item.entity in known
        for spans in parts(item):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for entity in document.entities:
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions)
    for distractor in document.distractors:
        assert 0 <= distractor.span[0] < distractor.span[1] <= len(text)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@given(text=newswire)
def test_same_in_same_out(system: System, text: str) -> None:
    first = msgspec.json.encode(annotate(system, text))
    assert msgspec.json.encode(annotate(type(system)(), text)) == first


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_is_a_system(system: System) -> None:
    assert isinstance(system, System)
    documents = [Document(id=str(number), text="قال الوزير إن الجسر سليم.") for number in range(3)]
    assert [found.id for found in system.predict(documents)] == ["0", "1", "2"]


HOSTILE = {
    "marks": '"' * 100_000,
    "guillemets": "«»" * 50_000,
    "verbs": "قال " * 25_000,
    "clauses": "قال إن " * 15_000,
    "colons": "قال: " * 20_000,
    "small clauses": "وصف القرار بأنه " * 7_000,
    "prepositions": "بحسب الوزير، " * 8_000,
    "commas": "،" * 100_000,
    "one word": "ا" * 100_000,
    "titles": "وزير " * 20_000,
    "sources": "".join(
        f"وقال وزير نديم الشروقي{number} إن «رصيف {number}» جاهز.\n" for number in range(2_500)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_no_time(name: str) -> None:
    """A tenth of a megabyte: 0.2 s where it is linear, minutes where it is not."""
    started = time.perf_counter()
    annotate(Rules(), HOSTILE[name])
    assert time.perf_counter() - started < 5


def test_implicit_speaker_is_the_latest_that_agrees() -> None:
    text = (
        "قالت شركة مبردات الغاف إن الأرباح زادت.\n"
        "وقال وزير المرافئ سامر الهدباني إن السفن عادت.\n"
        "وأضافت أن التوزيعات باقية.\nوأضاف أن الميناء جاهز.\n"
    )
    document = annotate(Rules(), text)
    company, minister, also_company, also_minister = document.attributions
    assert also_company.speaker == also_minister.speaker == ()
    assert also_company.entity == company.entity
    assert also_minister.entity == minister.entity


def test_mentions_are_brought_together() -> None:
    text = (
        "قال وزير المرافئ سامر الهدباني إن السفن عادت.\n"
        "وأكد الهدباني أن الميناء جاهز.\nوأوضح الوزير أن الرصيف قديم.\n"
    )
    document = annotate(Rules(), text)
    assert len({item.entity for item in document.attributions}) == 1
    (entity,) = document.entities
    assert entity.kind == "person"
    assert entity.name == "وزير المرافئ سامر الهدباني"
    named = [text[start:end] for start, end in entity.mentions]
    assert named == ["وزير المرافئ سامر الهدباني", "الهدباني", "الوزير"]


def test_marks_around_names_are_no_speech() -> None:
    text = (
        "افتتح نادي «الشراع» معرضا بعنوان «ضوء البحر» في حي «النخيل».\n"
        "وقال المدير «فواز السالمي» إن القاعة «لن تغلق أبوابها قبل منتصف الليل».\n"
    )
    document = annotate(Rules(), text)
    strings = {text[item.span[0] : item.span[1]]: item.kind for item in document.distractors}
    assert strings == {
        "«الشراع»": "name",
        "«ضوء البحر»": "title",
        "«النخيل»": "name",
        "«فواز السالمي»": "name",
    }
    assert [item.type for item in document.attributions] == ["mixed"]


TYPES = {
    "indirect": "قال المدير إن القاعة مفتوحة.",
    "direct": "قال المدير «القاعة مفتوحة للجميع».",
    "mixed": "قال المدير إن القاعة «مفتوحة للجميع بلا استثناء».",
}


@pytest.mark.parametrize("kind", TYPES)
def test_type(kind: str) -> None:
    assert [item.type for item in annotate(Rules(), TYPES[kind]).attributions] == [kind]


def test_first_person_after_a_colon_is_direct() -> None:
    document = annotate(Rules(), "وقال التاجر: نحن نشتري اليوم بنصف الثمن.")
    assert [item.type for item in document.attributions] == ["direct"]


def test_quoted_headline_is_somebodys_words() -> None:
    text = (
        "«الجسر لن يصمد شتاء آخر»\n"
        "وقال المهندس كريم الوادي «الجسر لن يصمد شتاء آخر، والحديد صدئ».\n"
    )
    headline = next(item for item in annotate(Rules(), text).attributions if item.quote[0][0] == 0)
    assert headline.cue == headline.speaker == ()
    assert headline.entity == "e1"


def test_nothing_in_nothing_out() -> None:
    for text in ("", "\n", " ", "«»", '""', "\u200f"):
        for system in SYSTEMS:
            document = annotate(system, text)
            assert document.attributions == ()
