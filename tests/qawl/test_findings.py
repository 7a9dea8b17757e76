"""Every id of the catalogue: what triggers it, and where its finding points."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qawl import Attribution, Document, InputError, score
from qawl import validate as check_documents
from qawl.authoring import build_file
from qawl.authoring.corrections import Correction, corrected
from qawl.cli.extract import extract
from qawl.findings import Finding, catalogue, finding, printable
from qawl.gate.reference import reference
from qawl.labels.report import label_report
from qawl.reading import read
from qawl.submissions import counts
from qawl.submissions.history import examine
from qawl.submissions.verify import verify
from qawl.systems import load_system, predict
from qawl.texts import attached
from qawl.texts.fetch import fetch
from qawl.texts.origins import Clones
from qawl.texts.recipes import Recipe, load_recipes
from qawl.tracks import load
from qawl.training import trainable
from qawl.validation import check_document, check_file
from qawl.words import word_spans
from qawl.writing import replacing, write
from support.endpoint import Said, serving
from support.newsroom import PLAIN, Point, Tiny, article, make_track
from support.repository import Repository
from support.submitted import TAMPERED, submit

if TYPE_CHECKING:
    from support.newsroom import Command

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = {path.stem: path for path in sorted((FIXTURES / "findings").iterdir())}
# An annotation by substrings quotes a text that stands elsewhere.
TEXTS = {"source-string": PLAIN}

# id: (line, document, field) of its finding. A `.qawl` source becomes a record before it is
# checked, so findings of the record have no line; a line that is no JSON belongs to no document.
PLACES = {
    "attribution-duplicate": (0, "attribution-duplicate", "attributions[1]"),
    "attribution-incomplete": (1, "attribution-incomplete", "attributions[0].cue"),
    "attribution-prediction-only": (1, "attribution-prediction-only", "attributions[0].name"),
    "cue-conjunction": (0, "cue-conjunction", "attributions[0].cue"),
    "distractor-duplicate": (0, "distractor-duplicate", "distractors[1]"),
    "distractor-without-marks": (0, "distractor-without-marks", "distractors[0]"),
    "entity-duplicate": (1, "entity-duplicate", "entities[1].id"),
    "entity-unknown": (0, "entity-unknown", "attributions[0].entity"),
    "entity-unused": (0, "entity-unused", "entities[1]"),
    "field-unknown": (1, "field-unknown", "attributions[0]"),
    "file-binary": (0, "", ""),
    "file-empty": (0, "", ""),
    "file-encoding": (1, "", ""),
    "format-version": (1, "format-version", "format"),
    "id-duplicate": (2, "id-duplicate", "id"),
    "id-invalid": (1, "id invalid", "id"),
    "line-json": (1, "", ""),
    "marks-unbalanced": (0, "marks-unbalanced", "text"),
    "marks-uncovered": (0, "marks-uncovered", "text"),
    "parts-overlap": (0, "parts-overlap", "attributions[0]"),
    "quote-complementiser": (0, "quote-complementiser", "attributions[0].quote"),
    "quote-missing": (1, "quote-missing", "attributions[0]"),
    "quote-punctuation": (0, "quote-punctuation", "attributions[0].quote"),
    "record-shape": (1, "record-shape", "attributions[0].quote[0]"),
    "source-attribution": (1, "source-attribution", ""),
    "source-header": (2, "", ""),
    "source-string": (7, "source-string", "attributions[0].quote"),
    "source-tag": (15, "source-tag", ""),
    "span-blank": (0, "span-blank", "attributions[0].cue[0]"),
    "span-cuts-word": (0, "span-cuts-word", "attributions[0].quote[0]"),
    "span-edge": (0, "span-edge", "attributions[0].cue[0]"),
    "span-empty": (0, "span-empty", "attributions[0].cue[0]"),
    "span-out-of-range": (1, "span-out-of-range", "attributions[0].cue[0]"),
    "span-overlap": (1, "span-overlap", "attributions[0].quote"),
    "span-reversed": (1, "span-reversed", "attributions[0].cue[0]"),
    "speaker-not-mention": (1, "speaker-not-mention", "attributions[0].speaker"),
    "text-hash": (1, "text-hash", "sha256"),
    "text-missing": (1, "text-missing", "text"),
    "type-mismatch": (0, "type-mismatch", "attributions[0].type"),
}

Provoke = Callable[[Path, pytest.MonkeyPatch], object]
WITHOUT_A_FIXTURE: dict[str, Provoke] = {}


def provokes(identifier: str) -> Callable[[Provoke], Provoke]:
    """Registers what triggers an id that no file alone can trigger."""

    def register(function: Provoke) -> Provoke:
        WITHOUT_A_FIXTURE[identifier] = function
        return function

    return register


@provokes("file-unreadable")
def _read_a_folder(folder: Path, _: pytest.MonkeyPatch) -> object:
    return list(read(folder))


@provokes("file-duplicate")
def _extract_a_file_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr("qawl.systems.entry_points", lambda group: [Point(group, Tiny)])
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    extract([str(folder / "a.txt")] * 2, system="qawl.systems")
    return None


@provokes("line-too-long")
def _read_a_long_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr("qawl.reading.LONGEST_LINE", 20)
    (folder / "long.jsonl").write_text('{"id":"d1","text":"123456"}\n', encoding="utf-8")
    return list(read(folder / "long.jsonl"))


@provokes("output-unwritable")
def _write_into_no_folder(folder: Path, _: pytest.MonkeyPatch) -> object:
    with replacing(folder / "nowhere" / "gold.jsonl") as stream:
        return stream.write(b"")


@provokes("text-differs")
def _predict_on_another_text(_: Path, __: pytest.MonkeyPatch) -> object:
    return score([Document(id="d1", text=PLAIN[:-1])], [article()])


@provokes("document-unknown")
def _predict_on_another_document(_: Path, __: pytest.MonkeyPatch) -> object:
    return score([Document(id="d1"), Document(id="d2")], [article()])


@provokes("document-missing")
def _predict_nothing(_: Path, __: pytest.MonkeyPatch) -> object:
    return score([], [article()])


def _predict_in_units(encoding: str, size: int) -> object:
    """Predictions that are right, if offsets are read as what they count."""
    text = "👍 " + PLAIN * 3

    def units(place: int) -> int:
        return len(text[:place].encode(encoding)) // size

    found = [Attribution(quote=((units(a), units(b)),)) for a, b in word_spans(text)]
    prediction = Document(id="d1", attributions=tuple(found))
    return score([prediction], [Document(id="d1", text=text)])


@provokes("span-units-utf16")
def _count_utf_16_units(_: Path, __: pytest.MonkeyPatch) -> object:
    return _predict_in_units("utf-16-le", 2)


@provokes("span-units-bytes")
def _count_bytes(_: Path, __: pytest.MonkeyPatch) -> object:
    return _predict_in_units("utf-8", 1)


@provokes("system-unknown")
def _ask_for_no_system(_: Path, __: pytest.MonkeyPatch) -> object:
    return load_system("no such system")


@provokes("system-broken")
def _ask_for_a_broken_system(_: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr("qawl.systems.entry_points", lambda group: [Point(group, object)])
    return load_system("qawl.systems")


@provokes("system-option")
def _set_what_a_system_has_not(_: Path, __: pytest.MonkeyPatch) -> object:
    return load_system("rules", {"no such option": "1"})


@provokes("attributions-too-many")
def _predict_without_end(_: Path, __: pytest.MonkeyPatch) -> object:
    item = Attribution(quote=((0, 3),))
    gold = [Document(id="a", text="قال")]
    return score([Document(id="a", attributions=(item,) * 2001)], gold)


@provokes("system-failed")
def _ask_a_system_that_raises(_: Path, __: pytest.MonkeyPatch) -> object:
    class Shaky:
        name = version = summary = "shaky"

        def predict(self, documents: object) -> object:
            raise ValueError(documents)

    return list(predict(Shaky(), [Document(id="a", text="قال")]))  # type: ignore[arg-type]


@provokes("system-untrainable")
def _train_what_does_not_learn(_: Path, __: pytest.MonkeyPatch) -> object:
    return trainable("rules")


@provokes("model-unusable")
def _open_no_model(folder: Path, _: pytest.MonkeyPatch) -> object:
    system = load_system("linear", {"model": str(folder / "none.npz")})
    return list(predict(system, [Document(id="a", text="قال")]))


@provokes("extra-missing")
def _ask_for_an_extra(_: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setitem(sys.modules, "seqeval", None)
    monkeypatch.setitem(sys.modules, "seqeval.metrics", None)
    return label_report([Document(id="a")], [Document(id="a", text="قال")])


@provokes("llm-endpoint")
def _ask_an_endpoint_that_refuses(_: Path, __: pytest.MonkeyPatch) -> object:
    with serving(Said(401)) as server:
        system = load_system("llm", {"base": server.base, "model": "m", "shots": "0"})
        return list(predict(system, [Document(id="a", text="قال")]))


@provokes("track-unknown")
def _ask_for_no_track(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("QAWL_DATA", str(folder))
    return load("core", "test")


@provokes("texts-absent")
def _ask_for_texts_that_are_not_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("QAWL_TEXTS", str(folder))
    return attached([Document(id="a", sha256="0" * 64, meta={"file": "paper/001.txt"})])


@provokes("recipes-unknown")
def _ask_for_no_recipes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("QAWL_DATA", str(folder))
    return load_recipes("core")


@provokes("correction-stale")
def _correct_what_is_not_there(_: Path, __: pytest.MonkeyPatch) -> object:
    stale = Correction("d1", "R. Reader", date(2026, 12, 1), "a test", "meta.x", "old", "new")
    return corrected([article()], [stale], "corrections.toml")


@provokes("fetch-failed")
def _fetch_from_no_clone(folder: Path, _: pytest.MonkeyPatch) -> object:
    recipe = Recipe(
        file="paper/001.txt", repository="a/b", commit="0" * 40, path="a.txt", record="A",
        steps="ant-article", sha256="0" * 64, licence="none",
    )  # fmt: skip
    (found,) = fetch([recipe], Clones(folder), folder / "texts")
    assert found.problem is not None
    raise InputError([found.problem])


def _tampered(identifier: str) -> Provoke:
    def provoke(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
        monkeypatch.setenv("QAWL_DATA", str(make_track(folder / "data").path))
        made = submit(folder / "submissions")
        TAMPERED[identifier](made)
        raise InputError(verify(made).findings)

    return provoke


WITHOUT_A_FIXTURE.update({identifier: _tampered(identifier) for identifier in TAMPERED})


@provokes("submission-exists")
def _submit_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("QAWL_DATA", str(make_track(folder / "data").path))
    return [submit(folder / "submissions") for _ in range(2)]


@provokes("submission-counts")
def _read_wrong_counts(_: Path, __: pytest.MonkeyPatch) -> object:
    return counts.decode(b"{}", "counts.json")


@provokes("submission-changed")
def _change_what_was_accepted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    repository = Repository(folder, monkeypatch)
    TAMPERED["submission-score"](repository.submission)
    raise InputError(examine(repository.path, "HEAD").findings)


@provokes("submission-mixed")
def _change_the_scorer_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    repository = Repository(folder, monkeypatch)
    (repository.path / "code.py").write_text("print('mine')")
    raise InputError(examine(repository.path, "HEAD~", repository.commit(), alone=True).findings)


@provokes("git-failed")
def _ask_for_no_revision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    return examine(Repository(folder, monkeypatch).path, "no-such-branch")


@provokes("gate-baseline")
def _compare_with_nothing(folder: Path, _: pytest.MonkeyPatch) -> object:
    with reference(str(folder / "nothing.jsonl")) as path:
        return path


def check(path: Path) -> list[Finding]:
    return list(check_file(path, texts=TEXTS))


def test_every_id_has_a_fixture_or_a_trigger_and_never_both() -> None:
    assert sorted([*FILES, *WITHOUT_A_FIXTURE]) == sorted(catalogue())


def test_no_two_fixtures_have_one_name() -> None:
    assert len(FILES) == len(list((FIXTURES / "findings").iterdir()))


@pytest.mark.parametrize("identifier", FILES)
def test_a_fixture_triggers_its_id_and_nothing_else(identifier: str) -> None:
    assert [item.id for item in check(FILES[identifier])] == [identifier]


@pytest.mark.parametrize("identifier", FILES)
def test_a_finding_names_file_line_document_and_field(identifier: str) -> None:
    (item,) = check(FILES[identifier])
    assert item.file == str(FILES[identifier])
    assert (item.line, item.document, item.field) == PLACES[identifier]


@pytest.mark.parametrize("identifier", WITHOUT_A_FIXTURE)
def test_what_no_file_alone_can_trigger(
    identifier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError) as raised:
        WITHOUT_A_FIXTURE[identifier](tmp_path, monkeypatch)
    assert [item.id for item in raised.value.findings] == [identifier]


def test_a_correct_document_triggers_nothing() -> None:
    assert check(FIXTURES / "correct.qawl") == []


def test_the_correct_document_uses_what_the_scheme_offers() -> None:
    document = build_file(FIXTURES / "correct.qawl")
    assert {item.type for item in document.attributions} == {"direct", "indirect"}
    assert any(item.speaker == () for item in document.attributions)
    assert any(item.cue == () for item in document.attributions)
    assert any(len(item.quote) > 1 for item in document.attributions)
    assert document.distractors


@pytest.mark.parametrize("identifier", FILES)
def test_an_error_ends_validate_with_1_and_a_warning_with_0(
    identifier: str, qawl: Command, tmp_path: Path
) -> None:
    write([Document(id=key, text=text) for key, text in TEXTS.items()], tmp_path / "texts.jsonl")
    outcome = qawl("data", "validate", FILES[identifier], "--texts", tmp_path / "texts.jsonl")
    assert outcome.code == (1 if catalogue()[identifier].level == "error" else 0)
    assert outcome.out.count(f"[{identifier}]") == outcome.out.count("\n") == 1
    assert "Traceback" not in outcome.err


def test_every_rule_says_why_and_names_the_way_out() -> None:
    for identifier, rule in catalogue().items():
        assert rule.why.endswith("."), identifier
        assert rule.fix.endswith("."), identifier


def test_gold_is_asked_for_more_than_predictions() -> None:
    text, quote = PLAIN, (PLAIN.index("المطر"), PLAIN.index("."))
    document = Document(id="d1", text=text, attributions=(Attribution(quote=(quote,)),))
    assert check_document(document, gold=False) == []
    found = check_document(document)
    assert {item.id for item in found} == {"attribution-incomplete"}
    assert len(found) == 4


def test_documents_in_memory_are_checked_against_each_other() -> None:
    assert [item.id for item in check_documents([article(), article()])] == ["id-duplicate"]


def test_a_finding_is_one_printable_line_whatever_it_quotes() -> None:
    hostile = "\x1b[31m\u202e\n\x00\ud800" * 1000
    item = finding(
        "record-shape", file=hostile, message=hostile, document=hostile, field=hostile, text=hostile
    )
    assert str(item).isprintable()
    assert len(str(item)) < 10_000


def test_what_is_printable_is_shown_as_it_is_and_shortened() -> None:
    assert printable("قال «كلاما»") == "قال «كلاما»"
    assert printable("سطر\nسطر") == "سطر⏎سطر"
    assert printable("x" * 100) == "x" * 79 + "…"


def test_an_error_holds_all_findings_in_the_order_of_the_input() -> None:
    error = InputError([finding("file-empty", file="a"), finding("line-json", file="b", line=2)])
    first, second = str(error).split("\n")
    assert first.startswith("a: error [file-empty]")
    assert second.startswith("b:2: error [line-json]")
