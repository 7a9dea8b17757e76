"""What reviewers correct: applied by the build, refused when it no longer fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qawl import Document, InputError
from qawl.authoring import build
from qawl.authoring.corrections import Correction, corrected, read_corrections
from support.newsroom import SAID, article, source

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder

HEAD = """
[[correction]]
document = "d1"
reviewer = "R. Reader"
date = 2026-12-01
reason = "rule: the speaker"
"""


def apply(tmp_path: Path, *bodies: str, document: Document | None = None) -> Document:
    path = tmp_path / "corrections.toml"
    path.write_text("".join(HEAD + body for body in bodies), encoding="utf-8")
    (found,) = corrected([document or article()], read_corrections(path), str(path))
    return found


def piece(document: Document, span: tuple[int, int]) -> str:
    return str(document.text)[slice(*span)]


def test_a_part_is_corrected_by_pieces_of_the_text(tmp_path: Path) -> None:
    found = apply(
        tmp_path,
        'field = "attributions[0].speaker"\n'
        'old = ["المزارع سالم الراوي"]\nnew = ["[[سالم الراوي]] إن"]',
    )
    (speaker,) = found.attributions[0].speaker or ()
    assert piece(found, speaker) == "سالم الراوي"


def test_a_part_is_corrected_by_offsets(tmp_path: Path) -> None:
    found = apply(tmp_path, 'field = "attributions[0].cue"\nold = [[0, 3]]\nnew = []')
    assert found.attributions[0].cue == ()


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        ('field = "entities[0].name"\nold = "سالم الراوي"\nnew = "الراوي"', "name"),
        ('field = "entities[0].kind"\nold = "person"\nnew = "unnamed"', "kind"),
    ],
)
def test_an_entity_is_corrected(tmp_path: Path, body: str, attribute: str) -> None:
    found = apply(tmp_path, body)
    assert getattr(found.entities[0], attribute) in {"الراوي", "unnamed"}


def test_an_item_is_added_and_removed(tmp_path: Path) -> None:
    found = apply(
        tmp_path,
        'field = "distractors"\nnew = { span = "المطر", kind = "term" }',
        'field = "attributions"\nold = { entity = "rawi", quote = ["المطر أنقذ الموسم"] }',
    )
    assert [piece(found, item.span) for item in found.distractors] == ["المطر"]
    assert found.attributions == ()


def test_later_corrections_see_earlier_ones(tmp_path: Path) -> None:
    found = apply(
        tmp_path,
        'field = "entities[0].name"\nold = "سالم الراوي"\nnew = "ب"',
        'field = "entities[0].name"\nold = "ب"\nnew = "ج"',
    )
    assert found.entities[0].name == "ج"


@pytest.mark.parametrize(
    "body",
    [
        'field = "entities[0].name"\nold = "another"\nnew = "x"',
        'field = "entities[7].name"\nold = "سالم الراوي"\nnew = "x"',
        'field = "nothing"\nold = 1\nnew = 2',
        'field = "../x"\nold = 1\nnew = 2',
        'field = "attributions"\nold = { entity = "nobody" }',
        'field = "text[0]"\nold = "ق"\nnew = "x"',
    ],
)
def test_what_no_longer_fits_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputError, match="correction-stale"):
        apply(tmp_path, body)


@pytest.mark.parametrize(
    ("body", "identifier"),
    [
        ('field = "attributions[0].cue"\nold = ["كلمة"]\nnew = []', "source-string"),
        ('field = "entities[0].kind"\nold = "person"\nnew = "farmer"', "source-header"),
        ('fild = "x"', "source-header"),
        ("field = ", "source-header"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, body: str, identifier: str) -> None:
    with pytest.raises(InputError, match=identifier):
        apply(tmp_path, body)


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.toml") == []


def test_the_build_applies_them(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "d1.qawl").write_text(source(SAID), encoding="utf-8")
    path = tmp_path / "corrections.toml"
    path.write_text(
        f'{HEAD}field = "entities[0].name"\nold = "سالم الراوي"\nnew = "ب"', encoding="utf-8"
    )
    assert build(tmp_path / "s", corrections=path)["train"][0].entities[0].name == "ب"


def test_the_command_takes_the_corrections_of_the_data_folder(qawl: Command, data: Folder) -> None:
    (data.path / "corrections.toml").write_text(
        f'{HEAD}field = "entities[0].name"\nold = "سالم الراوي"\nnew = "ب"', encoding="utf-8"
    )
    assert qawl("data", "build", "--check").code == 1
    assert qawl("data", "build").code == 0
    assert '"name":"ب"' in data.gold("train").read_text(encoding="utf-8")
    assert qawl("data", "build", "--check").code == 0


def test_a_correction_says_who_when_and_why() -> None:
    assert set(Correction.__struct_fields__) >= {"reviewer", "date", "reason", "old", "new"}
