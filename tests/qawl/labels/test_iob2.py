"""The flattening rule, case by case, and what holds of every labelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Document
from qawl.labels import columns, conll, repaired, to_spans, words_and_labels
from qawl.labels.iob2 import LAYERS, Layout, parts_of
from support.generated import documents
from support.newsroom import article, spans

if TYPE_CHECKING:
    from qawl.scoring.side import Role


def tagged(body: str) -> Document:
    """A document whose tags ``<q1>``, ``<c1>`` and ``<s1>`` are the parts of its attributions."""
    text, found = spans(body)
    numbers = sorted({name[1:] for name in found})
    return Document(
        id="d",
        text=text,
        attributions=tuple(
            Attribution(
                quote=found.get(f"q{number}", ()),
                cue=found.get(f"c{number}", ()),
                speaker=found.get(f"s{number}", ()),
            )
            for number in numbers
        ),
    )


def shown(body: str, layer: Role = "quote") -> str:
    """The labels, one letter a token."""
    return "".join(label[0] for label in words_and_labels(tagged(body), layer)[1])


def lost(body: str, layer: Role = "quote") -> tuple[int, int]:
    """How many stretches were shared and how many lost."""
    document = tagged(body)
    flat = Layout(str(document.text)).flatten(parts_of(document, layer))
    return flat.shared, flat.lost


def test_words_and_marks_are_tokens_and_blanks_are_none() -> None:
    words, labels = words_and_labels(article(), "quote")
    assert words == ["قال", "المزارع", "سالم", "الراوي", "إن", "المطر", "أنقذ", "الموسم", "."]
    assert labels == ["O"] * 5 + ["B-quote", "I-quote", "I-quote", "O"]


def test_every_layer_has_labels_of_its_own() -> None:
    assert words_and_labels(article(), "cue")[1] == ["B-cue"] + ["O"] * 8
    speaker = ["O", "B-speaker", "I-speaker", "I-speaker"] + ["O"] * 5
    assert words_and_labels(article(), "speaker")[1] == speaker


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        pytest.param("قال: <q1>«المطر غزير»</q1>.", "OOOBIOO", id="edge marks are outside"),
        pytest.param("<q1>المطر، غزير</q1>", "BII", id="inner marks are inside"),
        pytest.param("بأن<q1>ه غزير</q1> اليوم", "BIO", id="a cut word belongs to its span"),
        pytest.param("<q1>المطر غزير</q1> قال <q1>والريح باردة</q1>", "BIOBI", id="two spans"),
        pytest.param("<q1>المطر</q1> «<q1>غزير</q1>»", "BIIO", id="only marks between: one chunk"),
        pytest.param("<q1>المطر</q1> <q2>غزير</q2>", "BB", id="neighbours stay apart"),
        pytest.param("<q1>نقل عن <q2>المطر</q2></q1>", "BII", id="the outermost stays"),
        pytest.param("<q1>ا ب <q2>ج</q1> د ه و</q2>", "OOBIII", id="the longest of crossing ones"),
        pytest.param("<q1>ا <q2>ب</q1> ج</q2>", "BIO", id="the first of equally long ones"),
        pytest.param("قال <q1>«»</q1> ثم", "OOOO", id="no word, no chunk"),
        pytest.param("لا شيء", "OO", id="no attribution"),
        pytest.param("", "", id="no text"),
    ],
)
def test_flattening(body: str, labels: str) -> None:
    assert shown(body) == labels


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("<q1>نقل عن <q2>المطر</q2></q1>", (0, 1)),
        ("<q1>ا ب <q2>ج</q1> د ه و</q2>", (0, 1)),
        ("قال <q1>«»</q1> ثم", (0, 1)),
        ("<q1><q2>المطر</q2></q1>", (1, 0)),
        ("<q1>نقل <q2><q3>المطر</q3></q2></q1>", (0, 2)),
        ("<q1>المطر</q1> قال <q1>غزير</q1>", (0, 0)),
    ],
)
def test_what_is_not_shown_is_counted(body: str, counts: tuple[int, int]) -> None:
    assert lost(body) == counts


def test_a_speaker_of_two_attributions_is_shared_and_not_lost() -> None:
    body = "<c1>قالت</c1> <s1><s2>الصحيفة</s2></s1> إن <q1>ا</q1>، <c2>مضيفة</c2> أن <q2>ب</q2>"
    assert shown(body, "speaker") == "OBOOOOOO"
    assert lost(body, "speaker") == (1, 0)


@given(documents())
def test_every_stretch_is_a_chunk_or_shared_or_lost(document: Document) -> None:
    layout = Layout(str(document.text))
    for layer in LAYERS:
        parts = parts_of(document, layer)
        flat = layout.flatten(parts)
        alone = [layout.flatten([part]) for part in parts]  # one part never overlaps itself
        stretches = sum(len(one.chunks) + one.lost for one in alone)
        assert len(flat.chunks) + flat.shared + flat.lost == stretches


@given(documents())
def test_order_of_attributions_changes_no_label(document: Document) -> None:
    other = replace(document, attributions=document.attributions[::-1])
    assert columns(document) == columns(other)


@given(documents())
def test_labels_are_iob2_and_come_back_as_spans(document: Document) -> None:
    for layer in LAYERS:
        words, labels = words_and_labels(document, layer)
        assert len(words) == len(labels)
        assert repaired(labels) == labels
        found = to_spans(document, labels, layer)
        again = replace(document, attributions=tuple(Attribution(quote=(s,)) for s in found))
        assert [label[0] for label in labels] == [
            label[0] for label in words_and_labels(again, "quote")[1]
        ]


def test_spans_run_from_the_first_token_to_the_last() -> None:
    document = Document(id="d", text="قال: «المطر غزير».")
    labels = ["O", "O", "B-quote", "I-quote", "I-quote", "I-quote", "O"]
    assert to_spans(document, labels, "quote") == ((5, 17),)
    assert to_spans(document, ["O"] * 7, "quote") == ()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["O"], "d: 1 labels for 2 tokens"),
        (["O", "I-quote"], "label 1 is I-quote and begins a chunk"),
        (["I-quote", "O"], "label 0 is I-quote and begins a chunk"),
        (["B-quote", "E-quote"], "label 1 is 'E-quote', no label of quote"),
        (["B-cue", "O"], "label 0 is 'B-cue', no label of quote"),
    ],
)
def test_wrong_labels_are_refused(labels: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        to_spans(Document(id="d", text="المطر غزير"), labels, "quote")


def test_repairing_is_what_conlleval_reads() -> None:
    given = ["I-cue", "I-cue", "O", "I-cue", "B-quote", "I-cue", "B-cue", "I-cue"]
    wanted = ["B-cue", "I-cue", "O", "B-cue", "B-quote", "B-cue", "B-cue", "I-cue"]
    assert repaired(given) == wanted
    assert repaired([]) == []


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="document d has no text"):
        words_and_labels(Document(id="d"), "quote")


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="no layer 'type'"):
        words_and_labels(article(), "type")  # type: ignore[arg-type]


def test_an_answer_left_out_has_no_labels() -> None:
    document = article()
    (item,) = document.attributions
    bare = replace(document, attributions=(replace(item, cue=UNSET, speaker=UNSET),))
    assert set(words_and_labels(bare, "cue")[1]) == {"O"}


def test_conll_columns() -> None:
    first, second = article(id="d 1"), Document(id="d2", text="# لا\u200cشيء\u00a0هنا")
    lines = "".join(conll([first, second]))
    assert lines == (
        "-DOCSTART- (d_1)\n\n"
        "قال O B-cue O\n"
        "المزارع O O B-speaker\n"
        "سالم O O I-speaker\n"
        "الراوي O O I-speaker\n"
        "إن O O O\n"
        "المطر B-quote O O\n"
        "أنقذ I-quote O O\n"
        "الموسم I-quote O O\n"
        ". O O O\n\n"
        "-DOCSTART- (d2)\n\n"
        "# O O O\nلا\u200cشيء O O O\nهنا O O O\n\n"
    )


@given(documents())
def test_conll_has_four_columns_a_token(document: Document) -> None:
    head, *tokens = "".join(conll([document])).split("\n")
    assert head == "-DOCSTART- (d)"
    rows = [line.split() for line in tokens if line]
    assert all(len(row) == 4 for row in rows)
    made = columns(document)
    assert rows == [list(row) for row in zip(*made.values(), strict=True)]
