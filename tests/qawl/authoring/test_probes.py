"""Contrast sets: a file of sentences becomes a document each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qawl import InputError
from qawl.authoring import build
from qawl.authoring.probes import parse_probes
from qawl.validation import check_documents

if TYPE_CHECKING:
    from pathlib import Path

SET = """
about = "a name in marks beside the same name without"

[[items]]
pair = "01"
text = '<c1>قال</c1> <s1>المزارع <d.name>"سالم الراوي"</d.name></s1> إن <q1>المطر قريب</q1>.'
entities = { rawi = "person: سالم الراوي" }
sources = ["rawi"]

[[items]]
pair = "01"
text = '<c1>قال</c1> <s1>المزارع سالم الراوي</s1> إن <q1>المطر قريب</q1>.'
entities = { rawi = "person: سالم الراوي" }
sources = ["rawi"]

[[items]]
text = 'وصل المزارع <d.name>"سالم الراوي"</d.name> أمس.'

[[items]]
text = '<s1>سالم الراوي</s1>: <q1>لن أبيع أرضي</q1>.'
entities = { rawi = "person: سالم الراوي" }
sources = ["rawi"]
types = { 1 = "direct" }
"""


def test_every_item_is_a_document_that_names_its_phenomenon_and_pair() -> None:
    found = parse_probes(SET, "f", "name-in-marks")
    assert [document.id for document in found] == [
        *("probe-name-in-marks-01a", "probe-name-in-marks-01b"),
        *("probe-name-in-marks-s03", "probe-name-in-marks-s04"),
    ]
    assert [document.meta["pair"] for document in found] == ["01", "01", "", ""]
    assert {document.meta["phenomenon"] for document in found} == {"name-in-marks"}
    assert [len(document.attributions) for document in found] == [1, 1, 0, 1]
    assert found[3].attributions[0].type == "direct"
    assert [item.id for item in check_documents(found)] == []


def test_the_file_gives_the_name_and_the_build_the_split(tmp_path: Path) -> None:
    (tmp_path / "name-in-marks.probes.toml").write_text(SET, encoding="utf-8")
    assert [len(items) for items in build(tmp_path).values()] == [0, 0, 4]


@pytest.mark.parametrize(
    ("old", "new", "identifier"),
    [
        ("about =", "abuot =", "source-header"),
        ('"person: سالم الراوي"', '"سالم الراوي"', "source-header"),
        ('"person: سالم الراوي"', '"farmer: سالم الراوي"', "source-header"),
        ("<q1>", "<q2>", "source-tag"),
        ("</s1>", "", "source-tag"),
        ("<q1>المطر قريب</q1>", "المطر قريب", "source-attribution"),
        ("[[items]]", "[[items", "source-header"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, identifier: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_probes(SET.replace(old, new, 1), "f", "x")
    assert identifier in {item.id for item in raised.value.findings}


def test_a_finding_points_at_its_item() -> None:
    with pytest.raises(InputError) as raised:
        parse_probes(SET.replace("</s1>: ", ": "), "f", "x")
    (found,) = raised.value.findings
    assert (found.file, found.document) == ("f", "probe-x-s04")
    assert found.line == SET.split("\n").index("[[items]]", 18) + 1
