"""Inline markup: what tags become, and every way to get one wrong, with its line."""

from __future__ import annotations

from hashlib import sha256

import pytest

from qawl import Document, InputError
from qawl.authoring import parse_inline
from qawl.validation import check_document
from support.newsroom import RAWI, SAID, source

TWO = '1 = "rawi"\n2 = "rawi"'
# source() has nine lines before the body.
FIRST = 11


def parse(body: str, attributions: str = '1 = "rawi"', entities: str = RAWI) -> Document:
    return parse_inline(source(body, attributions=attributions, entities=entities))


def pieces(document: Document, number: int = 0) -> dict[str, list[str]]:
    """What the parts of an attribution say."""
    item, text = document.attributions[number], str(document.text)
    parts = {"quote": item.quote, "cue": item.cue, "speaker": item.speaker}
    return {name: [text[a:b] for a, b in spans or ()] for name, spans in parts.items()}


def refused(text: str) -> list[tuple[str, int, str]]:
    """The id, the line and the message of every finding."""
    with pytest.raises(InputError) as raised:
        parse_inline(text, "a.qawl")
    assert {item.file for item in raised.value.findings} == {"a.qawl"}
    return [(item.id, item.line, item.message) for item in raised.value.findings]


def wrong_tags(body: str) -> list[tuple[int, str]]:
    """The lines of the body, from 1, with what is wrong there."""
    found = refused(source(body))
    assert {identifier for identifier, _, _ in found} <= {"source-tag", "source-attribution"}
    return [
        (line - FIRST + 1, message)
        for identifier, line, message in found
        if identifier == "source-tag"
    ]


# -------------------------------------------------------------------------------- what it says
def test_the_text_is_the_article_without_its_tags() -> None:
    document = parse("<c1>قال</c1> <s1>سالم الراوي</s1> إن <q1>«الماء عاد»</q1>.\n")
    assert document.text == "قال سالم الراوي إن «الماء عاد».\n"
    assert document.sha256 == sha256(str(document.text).encode()).hexdigest()
    assert pieces(document) == {
        "quote": ["«الماء عاد»"], "cue": ["قال"], "speaker": ["سالم الراوي"]
    }  # fmt: skip
    assert document.attributions[0].type == "direct"


def test_the_header_is_the_meta_data_but_for_its_own_fields() -> None:
    more = 'genre = "local"\nslices = ["relay", "تسرب"]\nstyle = "gulf"\nregister = "hard"'
    document = parse_inline(source(more=more))
    assert document.meta == {
        "split": "train", "genre": "local", "slices": ["relay", "تسرب"], "style": "gulf",
        "register": "hard",
    }  # fmt: skip


def test_a_part_has_as_many_spans_as_tags() -> None:
    document = parse("<q1>«الماء</q1>، <c1>قال</c1> سالم، <q1>عاد»</q1>، <c1>بالقول</c1>.\n")
    assert pieces(document) == {
        "quote": ["«الماء", "عاد»"],
        "cue": ["قال", "بالقول"],
        "speaker": [],
    }
    assert document.attributions[0].speaker == ()


def test_tags_nest_and_cross() -> None:
    body = "<q1><s2>سالم <c2>قال</s2></c2> إن <q2>الماء عاد</q2></q1>، <c1>نقلت</c1> الوكالة.\n"
    document = parse(body, TWO)
    assert pieces(document, 0)["quote"] == ["سالم قال إن الماء عاد"]
    assert pieces(document, 1) == {
        "quote": ["الماء عاد"], "cue": ["قال"], "speaker": ["سالم قال"]
    }  # fmt: skip


def test_several_tags_share_a_pair_of_brackets() -> None:
    body = "<s1 s2>سالم</s2 s1> <c1>قال</c1> إن <q1>الماء عاد</q1> <c2>مضيفا</c2> <q2>شكرا</q2>\n"
    document = parse(body, TWO)
    assert pieces(document, 0)["speaker"] == pieces(document, 1)["speaker"] == ["سالم"]


def test_tags_that_opened_together_may_close_apart() -> None:
    document = parse("<q1 q2>الماء</q1> عاد</q2>\n", TWO)
    assert [pieces(document, n)["quote"] for n in (0, 1)] == [["الماء"], ["الماء عاد"]]


def test_speakers_are_mentions_of_their_entity_and_further_ones_are_tagged() -> None:
    body = "<m.rawi>الراوي</m.rawi> هنا. <c1>قال</c1> <s1>سالم</s1> <q1>شكرا</q1>\n"
    (entity,) = parse(body).entities
    assert entity.mentions == ((0, 6), (16, 20))


def test_a_distractor_keeps_its_kind_and_its_marks() -> None:
    document = parse("حملة <d.title>«سقيا»</d.title> <q1>بدأت</q1>\n")
    assert [(item.kind, item.span) for item in document.distractors] == [("title", (5, 11))]


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("و<c1>قال</c1> <q1>شكرا</q1>", "شكرا"),
        ("توعد ب<q1>الرد</q1>", "الرد"),
        ("قال لل<q1>مزارع</q1> شكرا", "مزارع"),
    ],
)
def test_a_tag_may_stand_inside_a_word_at_a_glued_particle(body: str, quote: str) -> None:
    document = parse(f"{body}\n")
    assert pieces(document)["quote"] == [quote]
    assert not [item for item in check_document(document) if item.id == "span-cuts-word"]


def test_a_literal_bracket_and_a_literal_backslash_are_escaped() -> None:
    document = parse(r"<q1>5 \< 6 > 4 و\\ \\\<q1></q1>" + "\n")
    assert document.text == "5 < 6 > 4 و\\ \\<q1>\n"
    assert pieces(document)["quote"] == ["5 < 6 > 4 و\\ \\<q1>"]


def test_the_type_may_be_stated_where_marks_do_not_tell() -> None:
    body = "<c1>قال</c1>: <q1>لن نرحل</q1>\n"
    assert parse(body).attributions[0].type == "indirect"
    stated = parse(body, '1 = { entity = "rawi", type = "direct" }')
    assert stated.attributions[0].type == "direct"
    assert check_document(parse_inline(source(SAID))) == []


def test_attributions_come_in_the_order_of_the_text_whatever_their_numbers() -> None:
    document = parse("<q2>أولا</q2> <q1>ثانيا</q1>\n", TWO)
    assert [pieces(document, n)["quote"] for n in (0, 1)] == [["أولا"], ["ثانيا"]]


def test_an_article_without_attributions_needs_no_tables() -> None:
    document = parse_inline('+++\nid = "d1"\n+++\nسقط المطر.\n')
    assert (document.attributions, document.entities, document.meta) == ((), (), {})


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("start", ["", "\n", "\n\n"])
def test_the_text_ends_in_one_newline_and_starts_with_the_headline(start: str, end: str) -> None:
    assert parse(f"{start}<q1>عنوان</q1>\nفقرة{end}").text == "عنوان\nفقرة\n"


def test_unicode_is_kept_code_point_for_code_point() -> None:
    text = "قَالَ جميـــل 👍🏽 e\u0301 \u200f\u200d\u00a0ﷲ\u2028"
    assert parse(f"<q1>{text}</q1>\n").text == text + "\n"


# ------------------------------------------------------------------------------ what it refuses
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<q1>قال\nزيد\n", [(1, "q1 is never closed")]),
        ("قال\n<q1>زيد</q1> <s1>\n", [(2, "s1 is never closed")]),
        ("<q1>قال</q1>\nزيد</s1>\n", [(2, "s1 was not opened")]),
        ("<q1>قال\n<q1>زيد</q1>\n", [(2, "q1 is open already")]),
        ("<q1>قال</q1>\nزيد <q7>عمرو</q7>\n", [(2, "not in the header")]),
        ("<q1>قال</q1> <m.wadi>زيد</m.wadi>\n", [(1, "not in the header")]),
        ("<q1>قال</q1> <d.joke>زيد</d.joke>\n", [(1, "not in the header")]),
        ("<q1>قال</q1> <q01>زيد</q01>\n", [(1, "not in the header")]),
        ("<q1>قال</q1> <b>زيد</b>\n", [(1, "not in the header")]),
        ("<q1>قال</q1>\n5 < 6\n", [(2, "a bare < or \\")]),
        ("<q1>قال</q1> <\n", [(1, "a bare < or \\")]),
        ("<q1>قال</q1> c:\\نص\n", [(1, "a bare < or \\")]),
        ("<q1>قال</q1> \\\n", [(1, "a bare < or \\")]),
        ("<q1>قال</q1>\n<>زيد</>\n", [(2, "a tag without a name"), (2, "a tag without a name")]),
        ("<q1>قال</q1>\n\n\nزيد</s1>\n", [(4, "s1 was not opened")]),
        ("\n<q1>قال</q1>\nزيد</s1>\n", [(3, "s1 was not opened")]),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_named_with_its_line(body: str, expected: list[tuple[int, str]]) -> None:
    assert wrong_tags(body) == expected


def test_all_wrong_tags_are_reported_together() -> None:
    assert len(wrong_tags("</s1>قال <q9>زيد</q9> <c1>\n<q1>عمرو</q1></d.name>\n")) == 4


def test_a_number_without_a_quote_is_refused() -> None:
    text = source("<q1>شكرا</q1> <c2>قال</c2>\n", attributions=TWO)
    assert refused(text) == [("source-attribution", 1, "it has no quote tag")]


def test_findings_of_the_body_name_the_document() -> None:
    with pytest.raises(InputError) as raised:
        parse_inline(source("</q1>\n", id="core-007"))
    assert {item.document for item in raised.value.findings} == {"core-007"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "قال زيد.\n",
        "+++\n",
        '+++\nid = "d1"\nقال زيد.\n',
        'id = "d1"\n+++\nقال زيد.\n',
        '\n+++\nid = "d1"\n+++\nقال زيد.\n',
    ],
)
def test_a_source_needs_a_header_between_two_fences(text: str) -> None:
    assert refused(text) == [("source-header", 1, "no header between two +++ lines")]


def test_toml_that_cannot_be_read_is_named_with_its_line_in_the_file() -> None:
    ((identifier, line, message),) = refused('+++\nid = "d1"\nsplit = train\n+++\nقال.\n')
    assert (identifier, line) == ("source-header", 3)
    assert "line 3" in message


@pytest.mark.parametrize(
    "header",
    [
        'split = "train"',
        "id = 7",
        'id = ["d1"]',
        'id = "d1"\nid = "d2"',
        'id = "d1"\nentities = "rawi"',
        'id = "d1"\n[entities]\nrawi = "سالم"',
        'id = "d1"\n[entities]\nrawi = { kind = "robot", name = "سالم" }',
        'id = "d1"\n[entities]\nrawi = { kind = "person" }',
        'id = "d1"\n[entities]\nrawi = { kind = "person", name = "سالم", age = 7 }',
        'id = "d1"\nattributions = 1',
        'id = "d1"\n[attributions]\n1 = 1',
        'id = "d1"\n[attributions]\n1 = { entity = "rawi", type = "loud" }',
        'id = "d1"\n[attributions]\n1 = { type = "direct" }',
        'id = "d1"\n[attributions]\n1 = { entity = "rawi", speaker = "x" }',
        'id = "d1"\nyear = 2024',
        'id = "d1"\n[meta]\nyear = "x"',
        'id = "d1"\nsplit = 1',
        'id = "d1"\ngenre = ["x"]',
        'id = "d1"\nstyle = { city = "x" }',
        'id = "d1"\nregister = 2024-01-01',
        'id = "d1"\nslices = "relay"',
        'id = "d1"\nslices = [1, 2]',
        'id = "d1"\nyear = ' + "9" * 5000,
        'id = "d1"\ndeep = ' + "[" * 5000,
        'id = "d1"\ntext = "\x00"',
    ],
)
def test_a_header_that_says_something_else_is_refused(header: str) -> None:
    found = refused(f"+++\n{header}\n+++\nقال زيد.\n")
    assert [identifier for identifier, _, _ in found] == ["source-header"]
    assert all(line >= 1 and message for _, line, message in found)


@pytest.mark.parametrize("body", ["", "\n", "\n\n", " \n"])
def test_a_header_without_an_article_is_refused(body: str) -> None:
    assert refused(f'+++\nid = "d1"\n+++\n{body}')[0][0] == "source-header"


@pytest.mark.parametrize(
    ("attributions", "entities", "identifier"),
    [('1 = "wadi"', RAWI, "entity-unknown"), ('1 = "rawi"', "", "entity-unknown")],
)
def test_an_entity_that_nobody_lists_is_left_to_the_checks(
    attributions: str, entities: str, identifier: str
) -> None:
    document = parse(SAID, attributions, entities)
    assert identifier in {item.id for item in check_document(document)}


def test_tens_of_thousands_of_tags_are_no_matter() -> None:
    body = "<m.rawi>سالم</m.rawi> " * 30_000 + "<q1>شكرا</q1>\n"
    assert len(parse(body).entities[0].mentions) == 30_000
