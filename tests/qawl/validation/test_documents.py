"""What is wrong with a document, and what is not."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qawl import Attribution, Distractor, Document, Entity
from qawl.findings import Finding, errors
from qawl.reading import scan
from qawl.records import QUOTE_TYPES
from qawl.validation import check_document, check_file
from support.newsroom import PLAIN, article

if TYPE_CHECKING:
    from pathlib import Path

HUGE = 10**30
GOLD = article()
HIDDEN = (
    *("", " ", "a b", "a\n", "\x00", "a\x00b", "\x1b[31m", "a\u202eb", "\u2067", "\u061c"),
    *("\ufeff", "\u00a0", "\u2028", "\u00ad", chr(0xD800), "\ue000", "x" * 201, "x" * 10**6),
)
QUOTE, CUE, SPEAKER = (
    part[0] for item in GOLD.attributions for part in (item.quote, item.cue, item.speaker) if part
)


def ids(document: Document, *, gold: bool = True, text: str | None = None) -> list[str]:
    return [item.id for item in check_document(document, gold=gold, text=text)]


def changed(**fields: Any) -> Document:
    """The gold with other values in its attribution."""
    return replace(GOLD, attributions=(replace(GOLD.attributions[0], **fields),))


def predicted(*spans: tuple[int, int], text: str | None = PLAIN) -> Document:
    found = Document(id="d1", attributions=(Attribution(quote=spans),))
    return found if text is None else replace(found, text=text)


def said(body: str, count: int = 1) -> list[str]:
    return ids(article(body, count=count))


# ----------------------------------------------------------------------------------------- ids
@pytest.mark.parametrize("identifier", ["d1", "core-001", "a/b:c.d_e", "مقال-١", "x" * 200])
def test_an_id_is_visible_characters(identifier: str) -> None:
    assert ids(replace(GOLD, id=identifier)) == []


@pytest.mark.parametrize("identifier", HIDDEN, ids=ascii)
def test_an_id_that_hides_something_is_refused(identifier: str) -> None:
    (item,) = check_document(replace(GOLD, id=identifier))
    assert item.id == "id-invalid"
    assert str(item).isprintable()
    assert len(str(item)) < 1000


# --------------------------------------------------------------------------------------- spans
@pytest.mark.parametrize("text", [PLAIN, None])
@pytest.mark.parametrize(
    ("span", "identifier"),
    [
        ((-1, 3), "span-out-of-range"),
        ((-HUGE, 3), "span-out-of-range"),
        ((-5, -3), "span-out-of-range"),
        ((3, 3), "span-empty"),
        ((3, 0), "span-reversed"),
        ((HUGE, 0), "span-reversed"),
        ((0, -1), "span-reversed"),
    ],
)
def test_an_offset_that_no_text_has_is_refused_with_and_without_the_text(
    span: tuple[int, int], identifier: str, text: str | None
) -> None:
    assert ids(predicted(span, text=text), gold=False) == [identifier]


@pytest.mark.parametrize("span", [(0, len(PLAIN) + 1), (len(PLAIN), HUGE), (HUGE, HUGE + 1)])
def test_an_offset_behind_the_text_is_refused(span: tuple[int, int]) -> None:
    assert ids(predicted(span), gold=False) == ["span-out-of-range"]
    assert ids(predicted(span, text=None), gold=False) == []
    assert ids(predicted(span, text=None), gold=False, text=PLAIN) == ["span-out-of-range"]


def test_offsets_count_code_points() -> None:
    text = "👍 قَالَ"
    assert ids(predicted((2, len(text)), text=text), gold=False) == []
    assert len(text) == 7


def test_spans_of_a_part_may_touch_and_may_not_overlap_in_whatever_order() -> None:
    assert ids(predicted((0, 3), (3, 11)), gold=False) == ["span-edge"]
    assert ids(predicted((4, 11), (0, 3)), gold=False) == []
    for spans in (((0, 11), (4, 11)), ((4, 11), (0, 11)), ((0, 3), (0, 3))):
        assert ids(predicted(*spans), gold=False) == ["span-overlap"]


def test_mentions_of_an_entity_may_overlap() -> None:
    entity = replace(GOLD.entities[0], mentions=(SPEAKER, (4, 11), (12, 16)))
    assert ids(replace(GOLD, entities=(entity,))) == []


def test_wrong_offsets_hide_what_would_follow_from_them() -> None:
    document = replace(changed(cue=((0, HUGE),)), distractors=(Distractor(span=CUE, kind="name"),))
    assert ids(document) == ["span-out-of-range"]


@pytest.mark.parametrize(
    ("text", "span", "fine"),
    [
        ("وقال زيد", (1, 4), True),
        ("وقال زيد", (0, 1), True),
        ("بالرد", (1, 5), True),
        ("بالرد", (3, 5), True),
        ("كتابهم", (0, 4), True),
        ("وكتابهم", (1, 5), True),
        ("بِالرد", (2, 6), True),
        ("بـ«الرد»", (2, 7), True),
        ("كتابهم", (0, 3), False),
        ("كتابهم", (2, 6), False),
        ("وقال", (1, 3), False),
        ("قال", (0, 2), False),
        ("2019", (0, 2), False),
        ("قال_زيد", (0, 3), False),
    ],
)
def test_a_boundary_falls_inside_a_word_only_at_a_clitic(
    text: str, span: tuple[int, int], fine: bool
) -> None:
    found = ids(predicted(span, text=text), gold=False)
    assert found == ([] if fine else ["span-cuts-word"])


def test_a_span_of_blanks_and_a_span_with_blank_edges_are_told_apart() -> None:
    assert ids(predicted((3, 4)), gold=False) == ["span-blank"]
    assert ids(predicted((0, 4)), gold=False) == ["span-edge"]


# -------------------------------------------------------------------------------- attributions
def test_attributions_equal_in_every_part_are_one_too_many() -> None:
    item = Attribution(quote=((0, 3), (4, 11)), cue=((12, 16),))
    again = replace(item, quote=((4, 11), (0, 3)))
    document = Document(id="d1", text=PLAIN, attributions=(item, again))
    assert ids(document, gold=False) == ["attribution-duplicate"]


@pytest.mark.parametrize(
    "other",
    [
        {"speaker": ((0, 3),)},
        {"mention": ((0, 3),)},
        {"cue": ((0, 3),), "speaker": ()},
        {"cue": ()},
        {},
        {"cue": ((0, 3),), "name": "سالم"},
        {"cue": ((0, 3),), "type": "direct"},
    ],
)
def test_attributions_that_differ_in_a_part_are_two(other: dict[str, Any]) -> None:
    first = Attribution(quote=((4, 11),), cue=((0, 3),))
    document = Document(
        id="d1", text=PLAIN, attributions=(first, Attribution(quote=((4, 11),), **other))
    )
    assert ids(document, gold=False) == []


def test_gold_answers_every_question_and_predictions_none() -> None:
    document = predicted(QUOTE)
    assert ids(document, gold=False) == []
    assert ids(document) == ["attribution-incomplete"] * 4


@pytest.mark.parametrize("fields", [{"name": "سالم"}, {"mention": (SPEAKER,)}, {"name": ""}])
def test_only_predictions_name_a_source_in_other_ways(fields: dict[str, Any]) -> None:
    assert ids(changed(**fields)) == ["attribution-prediction-only"]
    assert ids(changed(**fields), gold=False) == []


@pytest.mark.parametrize("first", ["quote", "cue", "speaker"])
@pytest.mark.parametrize("second", ["quote", "cue", "speaker"])
def test_the_parts_of_an_attribution_keep_apart(first: str, second: str) -> None:
    spans = getattr(GOLD.attributions[0], first)
    found = ids(changed(**{second: spans}))
    assert ("parts-overlap" in found) == (first != second)


def test_parts_of_different_attributions_may_overlap() -> None:
    body = "<s1><c2>قال</c2></s1> <s2>سالم</s2> <c1>إن</c1> <q1 q2>الماء عاد</q1 q2>\n"
    assert said(body, 2) == []


@pytest.mark.parametrize("quote", ["أن الماء عاد", "إن الماء عاد", "بأن الماء عاد"])
def test_a_quote_that_begins_with_a_complementiser_is_looked_at(quote: str) -> None:
    assert said(f"<c1>قال</c1> <s1>سالم</s1> <q1>{quote}</q1>.\n") == ["quote-complementiser"]


@pytest.mark.parametrize("quote", ["أنا عائد", "«إن الماء عاد»", "إنه عائد", "إنجاز كبير"])
def test_a_quote_that_begins_with_another_word_is_not(quote: str) -> None:
    assert said(f"<c1>قال</c1> <s1>سالم</s1> <q1>{quote}</q1>.\n") == []


@pytest.mark.parametrize("quote", ["الماء عاد.", "، الماء عاد", "الماء عاد؟", "الماء عاد…"])
def test_punctuation_at_the_edge_of_a_quote_is_looked_at(quote: str) -> None:
    assert said(f"<c1>قال</c1> <s1>سالم</s1> <q1>{quote}</q1>\n") == ["quote-punctuation"]


def test_punctuation_inside_the_marks_is_not() -> None:
    assert said("<c1>قال</c1> <s1>سالم</s1> <q1>«الماء عاد؟»</q1>.\n") == []


@pytest.mark.parametrize("cue", ["وقال", "فأعلن", "وبحسب"])
def test_a_conjunction_in_the_cue_is_looked_at(cue: str) -> None:
    assert said(f"<c1>{cue}</c1> <s1>سالم</s1> <q1>شكرا</q1>.\n") == ["cue-conjunction"]


@pytest.mark.parametrize("cue", ["وصف", "وعد", "وفقا", "فند", "واصل"])
def test_a_cue_that_begins_with_its_own_waw_is_not(cue: str) -> None:
    assert said(f"<c1>{cue}</c1> <s1>سالم</s1> <q1>شكرا</q1>.\n") == []


def test_a_type_that_the_marks_leave_open_is_the_annotators() -> None:
    text = "قال سالم: لن نرحل"
    item = Attribution(quote=((10, 17),), cue=((0, 3),), speaker=((4, 8),), entity="e")
    entity = Entity(id="e", name="سالم", kind="person", mentions=((4, 8),))
    for stated in QUOTE_TYPES:
        typed = replace(item, type=stated)
        document = Document(id="d1", text=text, attributions=(typed,), entities=(entity,))
        assert ids(document) == []


# -------------------------------------------------------------------------- texts and entities
def test_a_digest_is_hexadecimal_in_either_case() -> None:
    assert ids(replace(GOLD, sha256=str(GOLD.sha256).upper())) == []
    assert ids(replace(GOLD, sha256="")) == ["text-hash"]
    assert ids(replace(GOLD, sha256="\x1b[31m" * 100)) == ["text-hash"]


def test_gold_needs_a_text_and_predictions_do_not() -> None:
    bare = Document(id="d1", attributions=GOLD.attributions, entities=GOLD.entities)
    assert ids(bare) == ["text-missing"]
    assert ids(bare, gold=False) == []
    assert ids(bare, text=PLAIN) == []


def test_a_text_that_is_not_the_one_counted_in_is_named() -> None:
    assert ids(GOLD, text=PLAIN + " ") == ["text-differs"]


def test_an_empty_text_is_a_text() -> None:
    assert ids(Document(id="d1", text="")) == []


def test_an_implicit_speaker_needs_no_mention() -> None:
    entity = replace(GOLD.entities[0], mentions=())
    assert ids(replace(changed(speaker=()), entities=(entity,))) == []


def test_predictions_may_list_entities_that_say_nothing() -> None:
    assert ids(Document(id="d1", text=PLAIN, entities=GOLD.entities), gold=False) == []


# --------------------------------------------------------------------------------------- marks
def test_marks_belong_to_a_quote_or_to_a_distractor() -> None:
    assert said("حملة «سقيا» بدأت\n", 0) == ["marks-uncovered"]
    assert said("حملة <d.name>«سقيا»</d.name> بدأت\n", 0) == []
    assert said("حملة <d.name>«سقيا» و«رواء»</d.name> بدأت\n", 0) == []
    assert said("<c1>قال</c1> <q1>حملة «سقيا» بدأت</q1>\n") == []
    assert said("<c1>قال</c1> «<q1>حملة بدأت</q1>»\n") == []


@pytest.mark.parametrize("piece", ["سقيا", "«سقيا", "سقيا»", "«»", "«"])
def test_a_distractor_runs_from_mark_to_mark(piece: str) -> None:
    assert "distractor-without-marks" in said(f"حملة <d.name>{piece}</d.name> بدأت\n", 0)


# -------------------------------------------------------------------------------------- laws
places = st.integers(-2, 30) | st.just(HUGE)
parts = st.lists(st.tuples(places, places), max_size=3).map(tuple)
attributions = st.builds(
    Attribution,
    quote=parts,
    cue=parts,
    speaker=parts,
    mention=parts,
    entity=st.sampled_from(["e", "f"]),
    type=st.sampled_from(["direct", "indirect", "mixed"]),
)
entities = st.builds(
    Entity,
    id=st.sampled_from(["e", "f"]),
    name=st.text(max_size=3),
    kind=st.just("person"),
    mentions=parts,
)
distractors = st.builds(Distractor, span=st.tuples(places, places), kind=st.just("name"))
pieces = st.sampled_from(["قال", "وبه", " ", "«", "»", "\n", ":", "."])
wild = st.builds(
    Document,
    id=st.text(max_size=4),
    text=st.lists(pieces, max_size=12).map("".join),
    attributions=st.lists(attributions, max_size=3).map(tuple),
    entities=st.lists(entities, max_size=2).map(tuple),
    distractors=st.lists(distractors, max_size=2).map(tuple),
)


@given(wild, st.booleans())
def test_whatever_a_document_says_it_is_checked_without_a_crash(
    document: Document, gold: bool
) -> None:
    for item in check_document(document, gold=gold):
        assert isinstance(item, Finding)
        assert str(item).isprintable()


@given(wild)
def test_predictions_are_refused_for_less_than_gold(document: Document) -> None:
    loose = {item.id for item in errors(check_document(document, gold=False))}
    assert loose <= {item.id for item in errors(check_document(document))}


# ---------------------------------------------------------------------------------------- size
def line(**fields: object) -> bytes:
    return json.dumps({"id": "d1", "text": PLAIN * 30, **fields}, ensure_ascii=False).encode()


def within(seconds: float, path: Path, content: bytes, *, gold: bool = False) -> set[str]:
    path.write_bytes(content)
    start = time.perf_counter()
    found = {item.id for item in check_file(path, gold=gold)}
    assert time.perf_counter() - start < seconds
    return found


def test_a_million_attributions_in_a_line_are_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(b'{"id":"d1","attributions":[' + b'{"quote":[[0,3]]},' * 999_999
                     + b'{"quote":[[0,3]]}]}\n')  # fmt: skip
    start = time.perf_counter()
    (found,) = scan(path)
    assert found.document
    assert len(found.document.attributions) == 10**6
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("quote", [[[0, 3]], [[3, 0]], [[0, HUGE]]])
def test_checking_takes_as_long_as_there_are_attributions(
    tmp_path: Path, quote: list[list[int]]
) -> None:
    items = [{"quote": quote, "name": str(number)} for number in range(25_000)]
    found = within(4, tmp_path / "many.jsonl", line(attributions=items))
    assert len(found) <= 1


def test_so_does_checking_gold(tmp_path: Path) -> None:
    item = {"quote": [QUOTE], "cue": [CUE], "speaker": [SPEAKER], "entity": "rawi", "type": "mixed"}
    entity = {"id": "rawi", "name": "سالم", "kind": "person", "mentions": [SPEAKER]}
    content = line(attributions=[item] * 5_000, entities=[entity])
    found = within(4, tmp_path / "many.jsonl", content, gold=True)
    assert found == {"attribution-duplicate", "type-mismatch"}


def test_so_does_checking_one_attribution_of_many_spans(tmp_path: Path) -> None:
    spans = [[4 * number, 4 * number + 3] for number in range(15_000)]
    content = line(text="قال " * 15_000, attributions=[{"quote": spans, "cue": spans}])
    found = within(4, tmp_path / "many.jsonl", content, gold=True)
    assert found == {"attribution-incomplete", "parts-overlap"}


@pytest.mark.parametrize("piece", ["«قال» ", '"', "«", "ق", "قال ", "\n", "\u200f"])
def test_so_does_checking_a_text_of_one_thing(tmp_path: Path, piece: str) -> None:
    found = within(4, tmp_path / "long.jsonl", line(text=piece * 10_000), gold=True)
    assert found <= {"marks-uncovered", "marks-unbalanced"}
