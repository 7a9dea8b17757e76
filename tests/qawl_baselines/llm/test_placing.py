"""From strings to spans: exact, folded, ambiguous, hostile."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import load, validate
from qawl.words import word_spans
from qawl_baselines.llm.answer import Answer, Item, parse
from qawl_baselines.llm.finding_places import Finder
from qawl_baselines.llm.folding import fold
from qawl_baselines.llm.prompt import gold_answer
from qawl_baselines.llm.records import to_document

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl_baselines.llm.placing import Note

TRAIN = load("core", "train")
SIGNS = "\u064b\u064e\u0650\u0651\u0652"


def made(text: str, *items: Item) -> tuple[Document, list[Note]]:
    return to_document("a", text, Answer(items))


def strings(text: str, spans: object) -> list[str]:
    assert isinstance(spans, tuple)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("split", ["train", "test"])
def test_the_gold_quoted_as_strings_comes_back_as_the_gold(split: str) -> None:
    for document in load("core", split):
        text = str(document.text)
        found, notes = to_document(document.id, text, parse(gold_answer(document)))
        wanted = sorted(document.attributions, key=lambda item: item.quote)
        assert notes == []
        for ours, gold in zip(found.attributions, wanted, strict=True):
            assert (ours.quote, ours.cue, ours.speaker) == (gold.quote, gold.cue, gold.speaker)
            assert ours.type == gold.type


def careless(piece: str) -> str:
    """How models copy: no signs, other hamzas, other marks."""
    folded = "".join(c for c in piece if unicodedata.category(c) != "Mn" and c != "ـ")
    return folded.translate(str.maketrans("أإآىة«»“”،", 'ااايه"""",'))


def test_the_gold_copied_carelessly_comes_back_too() -> None:
    for document in TRAIN:
        answer = json.loads(gold_answer(document))
        for item in answer["attributions"]:
            for part in ("quote", "cue", "speaker"):
                item[part] = [careless(piece) for piece in item[part]]
        found, notes = to_document(document.id, str(document.text), parse(json.dumps(answer)))
        ours = [(item.quote, item.cue, item.speaker) for item in found.attributions]
        wanted = sorted(document.attributions, key=lambda item: item.quote)
        assert ours == [(item.quote, item.cue, item.speaker) for item in wanted]
        assert {note.reason for note in notes} <= {"found folded"}


VARIANTS = {
    "ا": "اأإآ", "أ": "اأإ", "ي": "يى", "ى": "ىي", "ة": "ةه", "ه": "هة", "و": "وؤ",
    '"': '"“”«»', "«": '«"“', "»": '»"”', "،": "،,", " ": [" ", "  ", "\u00a0", "\n"],
    "5": "5٥", "1": "1١",
}  # fmt: skip


@st.composite
def copied(draw: st.DrawFn) -> tuple[str, tuple[int, int], str]:
    """An article, a stretch of whole words of it, and the stretch spelt differently."""
    text = str(draw(st.sampled_from(TRAIN)).text)[:700]
    words = word_spans(text)
    first = draw(st.integers(0, len(words) - 5))
    last = draw(st.integers(first + 4, min(len(words) - 1, first + 12)))
    span = words[first][0], words[last][1]
    pieces = []
    for character in text[slice(*span)]:
        if unicodedata.category(character) == "Mn" and draw(st.booleans()):
            continue
        pieces.append(draw(st.sampled_from(VARIANTS.get(character, character))))
        if character.isalpha() and not draw(st.integers(0, 5)):
            pieces.append(draw(st.sampled_from([*SIGNS, "ـ", "\u200f", "\u200b", "\ufeff"])))
    return text, span, "".join(pieces)


@given(copied())
def test_a_stretch_spelt_differently_maps_back(case: tuple[str, tuple[int, int], str]) -> None:
    text, span, piece = case
    assert span in Finder(text).find(piece).spans


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_found_lies_in_the_text_and_folds_alike(text: str, piece: str) -> None:
    places = Finder(text).find(piece)
    for start, end in places.spans:
        assert 0 <= start < end <= len(text)
        if places.how == "folded":
            assert fold(piece).text.strip() in fold(text[start:end]).text


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert fold(folded.text).text == folded.text


TEXT = (
    "قال الوزير إن الخطة جاهزة. وقال المدير إن الميزانية كافية.\n"
    "وأضاف المدير أن العمل بدأ، وقال الوزير إن الموعد ثابت.\n"
)


def test_of_equal_strings_the_nearest_counts() -> None:
    found, _ = made(
        TEXT,
        Item(("الموعد ثابت",), ("قال",), ("الوزير",)),
        Item(("الميزانية كافية",), ("قال",), ("المدير",)),
    )
    starts = [(item.cue, item.speaker) for item in found.attributions]
    third, second = TEXT.rindex("قال"), TEXT.index("وقال") + 1
    assert starts[0] == (((third, third + 3),), ((third + 4, third + 10),))
    assert starts[1] == (((second, second + 3),), ((second + 4, second + 10),))


def test_an_ambiguous_quote_stands_where_its_other_strings_stand() -> None:
    text = "النفي أولا. ثم جاء كلام طويل جدا. وفي النهاية رد أحمد: النفي أولا."
    found, _ = made(text, Item(("النفي أولا",), (), ("أحمد",)))
    assert found.attributions[0].quote[0][0] == text.rindex("النفي")


def test_equal_attributions_go_through_the_text_in_order() -> None:
    text = "قال: نعم. قال: نعم. قال: نعم."
    found, _ = made(text, *[Item(("نعم",), ("قال",))] * 3)
    assert [item.quote[0][0] for item in found.attributions] == [5, 15, 25]
    assert [item.cue for item in found.attributions] == [((n, n + 3),) for n in (0, 10, 20)]


def test_a_whole_word_goes_before_a_piece_of_one() -> None:
    text = "المقالات كثيرة، وقال علي إن عليه أن يرحل."
    found, _ = made(text, Item(("أن يرحل",), ("قال",), ("علي",)))
    assert strings(text, found.attributions[0].cue) == ["قال"]
    assert found.attributions[0].cue == ((17, 20),)
    assert found.attributions[0].speaker == ((21, 24),)


def test_signs_stay_with_their_letter() -> None:
    text = "تحدث مضيفاً أن الأمر انتهى"
    found, _ = made(text, Item(("الأمر انتهى",), ("مضيفا",)))
    assert strings(text, found.attributions[0].cue) == ["مضيفاً"]


def test_edges_that_the_text_has_not_are_left_off() -> None:
    found, notes = made(TEXT, Item(("«الخطة جاهزة»،",), ("قال:",)))
    assert strings(TEXT, found.attributions[0].quote) == ["الخطة جاهزة"]
    assert strings(TEXT, found.attributions[0].cue) == ["قال"]
    assert [note.reason for note in notes] == ["found trimmed"] * 2


def test_what_is_not_in_the_text_is_dropped_with_a_reason_and_claims_nothing() -> None:
    found, notes = made(
        TEXT,
        Item(("الخطة جاهزة",), ("صرح",), ("الملك",), "indirect", "الملك"),
        Item(("كلام مخترع",), ("قال",)),
    )
    (item,) = found.attributions
    assert repr(item.cue) == repr(item.speaker) == "UNSET"
    assert [(note.attribution, note.part, note.reason) for note in notes] == [
        (0, "cue", "dropped: it is not in the text"),
        (0, "speaker", "dropped: it is not in the text"),
        (1, "quote", "dropped: it is not in the text"),
        (1, "", "dropped: it has no quote in the text"),
    ]


def test_what_is_said_to_be_empty_is_empty() -> None:
    (item,) = made(TEXT, Item(("الخطة جاهزة",)))[0].attributions
    assert (item.cue, item.speaker) == ((), ())


def test_no_two_parts_share_a_character() -> None:
    found, notes = made(TEXT, Item(("قال الوزير إن الخطة جاهزة",), ("إن الخطة",), ("الخطة",)))
    assert repr(found.attributions[0].cue) == "UNSET"
    assert [note.reason for note in notes] == ["dropped: another part stands there"] * 2


def test_an_attribution_counts_once() -> None:
    item = Item(("الخطة جاهزة",), ("قال",), ("الوزير",), "indirect", "الوزير")
    found, notes = made(TEXT, item, item)
    assert len(found.attributions) == 1
    assert notes[0].reason == "dropped: it is there already"


def test_a_source_is_one_entity_however_its_name_is_spelt() -> None:
    found, _ = made(
        TEXT,
        Item(("الميزانية كافية",), ("قال",), ("المدير",), "indirect", "أحمد المدير", "person"),
        Item(("العمل بدأ",), ("أضاف",), ("المدير",), "indirect", "احمد المدير", "person"),
        Item(("الموعد ثابت",), (), (), "indirect", "الوزير", "person"),
        Item(("الخطة جاهزة",), (), (), "indirect", "", None),
    )
    director, minister, nobody = found.entities
    assert director.name == "أحمد المدير"
    assert len(director.mentions) == 2
    assert strings(TEXT, minister.mentions) == ["الوزير"] * 2
    assert (nobody.kind, nobody.mentions) == ("unnamed", ())


HOSTILE = [
    Item(("x" * 100_000,), ("قال",)),
    Item(("\ud800",), ("\x00",), ("\u202e",), "direct", "\ud800\x1b[31m\u202e" * 500, "person"),
    Item(("", " ", "\n"), (), ()),
    Item(("ا",) * 20, ("ا",) * 20, ("ا",) * 20, "direct", "كلمة " * 50),
    Item(("\u064b",), ("\u0640",), ("\u200b",)),
    Item((TEXT,), (TEXT,), (TEXT,)),
    Item(("../../etc/passwd",), ("%s{0}$(id)",)),
]


@pytest.mark.parametrize("text", [TEXT, "ا" * 5000, "\u064b" * 3000, "", "\ud800", " \n"])
def test_a_hostile_answer_gives_a_valid_document_or_nothing(text: str) -> None:
    found, notes = made(text, *HOSTILE * 20)
    assert [item.id for item in validate([found], gold=False)] == []
    for item in found.attributions:
        spans = [*item.quote, *(item.cue or ()), *(item.speaker or ())]
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for entity in found.entities:
        assert entity.name.isprintable()
        assert len(entity.name.split()) <= 7
    assert all(note.text.isprintable() for note in notes)
