"""Exact substrings: a piece names its place, and must occur exactly once."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from qawl import Document, InputError
from qawl.authoring import parse_substrings
from qawl.validation import check_document

TEXT = """\
سالم الراوي: السد امتلأ
وقال سالم الراوي إن "السد امتلأ" أمس، وإن الماء كثير، والخير كثير في الوادي.
وأضاف أن الحقل اخضر، ضمن حملة "سقيا".
"""


def source(quote: str = "الماء كثير", **more: object) -> str:
    """An annotation of one attribution; ``more`` are further fields of it."""
    fields = {"quote": [quote], "entity": "rawi", **more}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    head = 'id = "d1"\n\n[entities]\nrawi = { kind = "person", name = "سالم الراوي" }\n'
    return "\n".join([head, "[[attributions]]", *lines, ""])


def found(quote: str, text: str = TEXT) -> str:
    """What a piece stands for."""
    document = parse_substrings(source(quote), text)
    ((start, end),) = document.attributions[0].quote
    return text[start:end]


def refused(annotation: str, text: str = TEXT) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as raised:
        parse_substrings(annotation, text, "d1.toml")
    assert {item.file for item in raised.value.findings} == {"d1.toml"}
    return [(item.id, item.line, item.message) for item in raised.value.findings]


def problem(quote: str, text: str = TEXT) -> str:
    ((identifier, line, message),) = refused(source(quote), text)
    assert (identifier, line) == ("source-string", 7)
    return message


@pytest.mark.parametrize(
    ("piece", "span"),
    [
        ("الماء كثير", "الماء كثير"),
        ("[[الماء كثير]]", "الماء كثير"),
        ("وإن [[الماء]] كثير", "الماء"),
        ("[[كثير]]، والخير", "كثير"),
        ('إن [["السد امتلأ"]]', '"السد امتلأ"'),
        ("و[[قال]] سالم", "قال"),
        ("الوادي.\nو[[أضاف]]", "أضاف"),
        ("[[الماء [...] الوادي]]", "الماء كثير، والخير كثير في الوادي"),
        ("[[سالم [...] امتلأ]]\n", "سالم الراوي: السد امتلأ"),
        ("وإن [[الماء [...] كثير]] في", "الماء كثير، والخير كثير"),
        ("[[الماء[...]الوادي]]", "الماء كثير، والخير كثير في الوادي"),
        ("[[وقال [...] سالم [...] الحقل]]", TEXT[TEXT.index("وقال") : TEXT.index("الحقل") + 5]),
        ("وأضاف [...] [[اخضر]]", "اخضر"),
    ],
)
def test_a_piece_stands_for_its_only_place(piece: str, span: str) -> None:
    assert found(piece) == span


def test_a_gap_is_as_short_as_possible() -> None:
    assert found("[[الماء [...] كثير]]") == "الماء كثير"


@pytest.mark.parametrize(
    ("piece", "places"),
    [("سالم", "0, 29"), ("[[كثير]]", "72, 85"), ("[[سالم [...] امتلأ]]", "0, 29")],
)
def test_a_piece_that_occurs_twice_is_refused_with_its_places(piece: str, places: str) -> None:
    assert problem(piece) == f"it occurs at {places}"


def test_overlapping_occurrences_count() -> None:
    assert problem("هاها", "قال هاهاها\n") == "it occurs at 4, 6"


def test_at_most_five_places_are_named() -> None:
    assert problem("ها", "ها " * 50) == "it occurs at 0, 3, 6, 9, 12"


@pytest.mark.parametrize("piece", ["غائب", "[[الماء]] غائب", "الماء  كثير", "[[الماء [...] غائب]]"])
def test_a_piece_that_does_not_occur_is_refused(piece: str) -> None:
    assert problem(piece) == "it does not occur"


@pytest.mark.parametrize(
    "piece",
    ["", "[[]]", "[[الماء", "[[الماء]] [[كثير]]", "[[الماء]]]]", "وإن [[]] الماء"],
)
def test_brackets_stand_once_around_something(piece: str) -> None:
    assert problem(piece) == "write [[ ]] once, around the span"


def test_what_means_something_elsewhere_means_nothing_here() -> None:
    text = "قال: (1+1)=2.* [a-z]{3} ^$| \\d ?\n"
    assert found("(1+1)=2.* [a-z]{3} ^$| \\d ?", text) == "(1+1)=2.* [a-z]{3} ^$| \\d ?"


def test_all_pieces_that_cannot_be_placed_are_reported_with_their_lines_and_fields() -> None:
    annotation = source("غائب", cue=["قال"], speaker=["سالم"]) + (
        '\n[[distractors]]\nspan = "«سقيا»"\nkind = "name"\n'
    )
    annotation = annotation.replace('الراوي" }', 'الراوي", mentions = ["الراوية"] }')
    with pytest.raises(InputError) as raised:
        parse_substrings(annotation, TEXT)
    assert {(item.line, item.document, item.field) for item in raised.value.findings} == {
        (7, "d1", "attributions[0].quote"),
        (10, "d1", "attributions[0].speaker"),
        (4, "d1", "entities.rawi.mentions"),
        (13, "d1", "distractors[0].span"),
    }


def test_an_annotation_becomes_a_whole_record() -> None:
    annotation = source(
        '[["السد امتلأ"]] أمس', cue=["و[[قال]]"], speaker=["وقال [[سالم الراوي]]"]
    ).replace('الراوي" }', 'الراوي", mentions = ["[[سالم الراوي]]: السد"] }')
    annotation += '\n[[distractors]]\nspan = "\\"سقيا\\""\nkind = "name"\n\n[meta]\nsplit = "dev"\n'
    document = parse_substrings(annotation, TEXT)
    assert isinstance(document, Document)
    assert document.text == TEXT
    assert document.meta == {"split": "dev"}
    assert document.attributions[0].type == "direct"
    assert document.entities[0].mentions == ((0, 11), (29, 40))
    found = [item.id for item in check_document(document)]
    assert found == []


def test_no_speaker_is_an_implicit_speaker() -> None:
    for annotation in (source(), source(speaker=[])):
        assert parse_substrings(annotation, TEXT).attributions[0].speaker == ()


def test_a_stated_type_is_kept() -> None:
    assert parse_substrings(source(type="direct"), TEXT).attributions[0].type == "direct"


def test_the_digest_of_the_text_may_be_stated_in_either_case() -> None:
    digest = sha256(TEXT.encode()).hexdigest()
    for stated in (digest, digest.upper()):
        assert parse_substrings(f'sha256 = "{stated}"\n' + source(), TEXT).id == "d1"


def test_an_annotation_of_another_text_is_refused() -> None:
    annotation = f'sha256 = "{sha256(TEXT.encode()).hexdigest()}"\n' + source()
    assert [identifier for identifier, _, _ in refused(annotation, TEXT[:-1])] == ["text-hash"]


@pytest.mark.parametrize(
    "annotation",
    [
        "",
        "id = 7\n",
        'id = "d1"\nid = "d1"\n',
        'id = "d1"\nquote = "x"\n',
        'id = "d1"\n[[attributions]]\nentity = "rawi"\n',
        'id = "d1"\n[[attributions]]\nquote = "الماء كثير"\nentity = "rawi"\n',
        'id = "d1"\n[[attributions]]\nquote = ["الماء كثير"]\n',
        'id = "d1"\n[[attributions]]\nquote = ["الماء كثير"]\nentity = "rawi"\ntype = "loud"\n',
        'id = "d1"\n[[distractors]]\nspan = "سقيا"\nkind = "joke"\n',
        'id = "d1"\n[meta]\nplace = { city = "x" }\n',
        "id = " + "[" * 5000,
        "year = " + "9" * 5000,
    ],
)
def test_an_annotation_that_says_something_else_is_refused(annotation: str) -> None:
    found = refused(annotation)
    assert [identifier for identifier, _, _ in found] == ["source-header"]
    assert all(line >= 1 and message for _, line, message in found)


def test_toml_that_cannot_be_read_is_named_with_its_line() -> None:
    ((_, line, _),) = refused('id = "d1"\n\nsha256 = abc\n')
    assert line == 3
