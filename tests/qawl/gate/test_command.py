"""`qawl gate`: exit codes, outputs, baselines, and the two cases that it exists for."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from rich.console import Console

import qawl as library
from qawl import Attribution, Document, Entity
from qawl.gate import decide
from qawl.submissions.folder import compress
from qawl.views.gate import print_gate
from qawl.writing import write
from support.newsroom import complains
from support.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the baseline ``rules`` finds in core/test, the real one."""
    path = tmp_path_factory.mktemp("gate") / "rules.jsonl"
    write(library.run("rules", library.load("core", "test")), path)
    return path


def changed(path: Path, name: str, change: object) -> Path:
    documents = [change(document) for document in library.read(path)]  # type: ignore[operator]
    target = path.with_name(name)
    write(documents, target)
    return target


@pytest.fixture(scope="module")
def regressed(rules: Path) -> Path:
    """A real regression: three attributions in ten are no longer found."""
    generator = random.Random(1)

    def forget(document: Document) -> Document:
        return replace(
            document,
            attributions=tuple(a for a in document.attributions if generator.random() > 0.3),
        )

    return changed(rules, "regressed.jsonl", forget)


@pytest.fixture(scope="module")
def noisy(rules: Path) -> Path:
    """Noise: two documents lose their first attribution."""
    seen = {"lost": 0}

    def stir(document: Document) -> Document:
        if document.attributions and seen["lost"] < 2:
            seen["lost"] += 1
            return replace(document, attributions=document.attributions[1:])
        return document

    return changed(rules, "noisy.jsonl", stir)


@pytest.fixture(scope="module")
def shuffled(rules: Path) -> Path:
    """The same, documents, attributions and spans in another order."""
    generator = random.Random(2)
    documents = [
        replace(
            document,
            attributions=tuple(
                replace(a, quote=tuple(reversed(a.quote)))
                for a in generator.sample(document.attributions, len(document.attributions))
            ),
        )
        for document in library.read(rules)
    ]
    generator.shuffle(documents)
    target = rules.with_name("shuffled.jsonl")
    write(documents, target)
    return target


def test_a_regressed_copy_of_a_baseline_is_stopped(
    qawl: Command, rules: Path, regressed: Path
) -> None:
    outcome = qawl("gate", regressed, "--baseline", rules)
    assert outcome.code == 1
    assert "gate stopped: regressions: 1" in outcome.out
    assert "new: missed" in outcome.out


def test_a_reshuffled_one_passes_and_nothing_changed(
    qawl: Command, rules: Path, shuffled: Path
) -> None:
    outcome = qawl("gate", shuffled, "--baseline", rules, "--max-drop", "0", "--format", "json")
    assert outcome.code == 0
    found = json.loads(outcome.out)
    assert found["passed"] is True
    assert found["documents"] == []
    assert [check["p"] for check in found["checks"]] == [1.0]


def test_noise_passes_although_something_changed(qawl: Command, rules: Path, noisy: Path) -> None:
    words = ("--max-drop", "0", "--by", "type", "--format", "json")
    outcome = qawl("gate", noisy, "--baseline", rules, *words)
    assert outcome.code == 0
    found = json.loads(outcome.out)
    assert len(found["documents"]) == 2
    assert any(check["drop"] > 0 for check in found["checks"])


def test_the_same_input_gives_the_same_bytes(qawl: Command, rules: Path, regressed: Path) -> None:
    words = ("gate", regressed, "--baseline", rules, "--format", "json", "--by", "speaker")
    assert qawl(*words).out == qawl(*words).out


def test_a_changed_document_is_shown_with_its_text(
    qawl: Command, rules: Path, regressed: Path
) -> None:
    outcome = qawl("gate", regressed, "--baseline", rules, "--format", "json")
    (first, *_) = json.loads(outcome.out)["documents"]
    assert first["lost"] > 0
    (error, *_) = first["errors"]
    gold = next(d for d in library.load("core", "test") if d.id == first["document"])
    quote = error["after"]["gold"]["quote"].split(" … ")[0]
    assert quote in str(gold.text)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--floor", "triple.exact=0.99"), 1),
        (("--floor", "triple.exact=0.1", "--floor", "alarms=0.5"), 0),
        (("--floor", "triple.exact=high"), 2),
        (("--floor", "no.such=0.5"), 2),
        (("--floor", "triple.exact=7"), 2),
        (("--measure", "no.such"), 2),
        (("--by", "no-such-field"), 2),
        (("--max-drop", "2"), 2),
        (("--alpha", "-1"), 2),
        (("--save", "report.pdf"), 2),
        (("--track", "nowhere"), 3),
    ],
)
def test_exit_codes_tell_usage_input_and_verdict_apart(
    words: tuple[str, ...], code: int, qawl: Command, rules: Path
) -> None:
    outcome = qawl("gate", rules, "--baseline", rules, *words)
    assert outcome.code == code
    assert "Traceback" not in outcome.err


def test_a_baseline_must_be_named(qawl: Command, rules: Path) -> None:
    assert qawl("gate", rules).code == 2
    complains(qawl("gate", rules, "--baseline", "nothing.jsonl"), 3, "[gate-baseline]")
    complains(qawl("gate", rules, "--baseline", rules.parent), 3, "[gate-baseline]")
    complains(qawl("gate", rules, "--baseline", "HEAD:no/such.jsonl"), 3, "[gate-baseline]")
    complains(qawl("gate", rules, "--baseline", "--help:x"), 3, "[gate-baseline]")


def test_invalid_input_is_neither_passed_nor_a_regression(
    qawl: Command, rules: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b'{"id":"core-008"}\n')
    complains(qawl("gate", bad, "--baseline", rules), 3, "[document-missing]")
    complains(qawl("gate", rules, "--baseline", bad), 3, "[document-missing]")


def test_predictions_come_from_standard_input(qawl: Command, rules: Path) -> None:
    outcome = qawl("gate", "-", "--baseline", rules, stdin=rules.read_bytes())
    assert outcome.code == 0
    assert qawl("gate", "-", "--baseline", "-").code == 2


def test_a_baseline_may_be_compressed(qawl: Command, rules: Path, tmp_path: Path) -> None:
    packed = tmp_path / "reference.jsonl.gz"
    packed.write_bytes(compress(rules.read_bytes()))
    assert qawl("gate", rules, "--baseline", packed).code == 0


def test_a_baseline_may_be_a_submission_or_a_file_of_a_revision(
    qawl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path, monkeypatch)
    mine = tmp_path / "mine.jsonl"
    write([Document(id=name) for name in ("d2", "d3")], mine)
    words = ("--format", "json", "--max-drop", "0")
    outcome = qawl("gate", mine, "--baseline", repository.submission, *words)
    assert json.loads(outcome.out)["checks"][0]["before"] == 1.0
    place = "HEAD:submissions/core/tiny-1/predictions.jsonl.gz"
    again = qawl("gate", mine, "--baseline", place, *words)
    assert json.loads(again.out)["checks"] == json.loads(outcome.out)["checks"]


def test_gold_of_ones_own_and_its_slices(qawl: Command, rules: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    write(library.load("core", "test"), gold)
    words = ("--gold", gold, "--by", "marks", "--policy", "exact", "--measure", "quote.exact")
    outcome = qawl("gate", rules, "--baseline", rules, *words)
    assert outcome.code == 0
    assert re.search(r"\n quote\.exact +before", outcome.out)
    assert "\n marks = " in outcome.out
    assert f"gold:{gold}" in outcome.out


def test_a_reader_that_has_gone_does_not_let_a_regression_pass(
    rules: Path, regressed: Path, tmp_path: Path
) -> None:
    words = ("gate", regressed, "--baseline", rules, "--save", tmp_path / "gate.json")
    with subprocess.Popen(
        [sys.executable, "-c", "from qawl.cli import main; main()", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.wait() == 1
    assert json.loads((tmp_path / "gate.json").read_bytes())["passed"] is False


class TestOutputs:
    def test_people_see_before_after_and_what_it_takes(
        self, qawl: Command, rules: Path, regressed: Path
    ) -> None:
        out = qawl("gate", regressed, "--baseline", rules, "--documents", "1").out
        assert re.search(r"triple\.exact +before", out)
        assert re.search(r"all +\d+\.\d +\d+\.\d +\+\d+\.\d", out)
        assert "A drop stops the gate if it is more than 1 points and shown" in out
        assert re.search(r"… \d+ more documents changed", out)

    def test_a_terminal_of_eighty_columns_loses_nothing(self, rules: Path, regressed: Path) -> None:
        gold = library.load("core", "test")
        measures = ["triple.exact", "speaker.relaxed"]
        before, after = (
            library.score(str(file), gold, measures=measures, by=["speaker", "paragraphs"])
            for file in (rules, regressed)
        )
        stream = StringIO()
        print_gate(decide(before, after, rounds=1000), Console(file=stream, width=80), 0)
        assert "…" not in stream.getvalue().replace("… ", "")
        assert "speaker = explicit" in stream.getvalue()
        assert stream.getvalue().count("regression\n") + stream.getvalue().count("regression ") > 1

    def test_junit_names_every_check(self, qawl: Command, rules: Path, regressed: Path) -> None:
        words = ("--format", "junit", "--by", "type", "--floor", "alarms=0.9")
        outcome = qawl("gate", regressed, "--baseline", rules, *words)
        (suite,) = ET.fromstring(outcome.out)
        cases = suite.findall("testcase")
        assert cases[0].get("name") == "triple.exact"
        assert cases[-1].get("name") == "floor of alarms"
        assert int(suite.get("tests", "0")) == len(cases)
        failures = [case for case in cases if case.find("failure") is not None]
        assert int(suite.get("failures", "0")) == len(failures) >= 1

    def test_junit_of_what_passes_has_no_failure(self, qawl: Command, rules: Path) -> None:
        outcome = qawl("gate", rules, "--baseline", rules, "--format", "junit")
        (suite,) = ET.fromstring(outcome.out)
        assert suite.get("failures") == "0"

    def test_files_are_saved_by_their_ending(
        self, qawl: Command, rules: Path, regressed: Path, tmp_path: Path
    ) -> None:
        files = [tmp_path / f"gate{ending}" for ending in (".json", ".xml", ".md")]
        words = [word for file in files for word in ("--save", file)]
        assert qawl("gate", regressed, "--baseline", rules, *words).code == 1
        for file, how in zip(files, ("json", "junit", "markdown"), strict=True):
            outcome = qawl("gate", regressed, "--baseline", rules, "--format", how)
            assert file.read_text(encoding="utf-8") == outcome.out

    def test_github_gets_annotations_and_a_summary(
        self,
        qawl: Command,
        rules: Path,
        regressed: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        summary = tmp_path / "summary.md"
        summary.write_text("before\n")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
        outcome = qawl("gate", regressed, "--baseline", rules, "--github", "--floor", "type=1")
        lines = outcome.out.splitlines()
        token = lines[0].removeprefix("::stop-commands::")
        assert len(token) == 32
        after = lines[lines.index(f"::{token}::") + 1 :]
        assert [line.split(" ")[0] for line in after] == ["::error", "::error"]
        written = summary.read_text(encoding="utf-8")
        assert written.startswith("before\n### ❌ qawl gate stopped")
        assert "<details>" in written

    def test_github_is_warned_of_a_drop_that_may_be_chance(
        self, qawl: Command, rules: Path, noisy: Path
    ) -> None:
        words = ("--github", "--max-drop", "0")
        assert "\n::warning title=" in qawl("gate", noisy, "--baseline", rules, *words).out
        assert "\n::notice title=" in qawl("gate", rules, "--baseline", rules, *words).out


def test_hostile_ids_and_labels_cannot_speak_to_github_or_markdown(
    qawl: Command, tmp_path: Path
) -> None:
    """The gold may be somebody's, too: ids, labels and texts are shown and do nothing."""
    evil = "::error::owned%0A::x"
    gold, before, after = (tmp_path / f"{name}.jsonl" for name in ("gold", "before", "after"))
    text = "قال ::error::x | <script>alert(1)</script> [a](b)\u202e`"
    quote = Attribution(
        quote=((4, len(text)),), cue=((0, 3),), speaker=(), entity="e", type="indirect"
    )
    documents = [
        Document(
            id=f"{evil}{number}",
            text=text,
            attributions=(quote,),
            entities=(Entity(id="e", name=evil, kind="document"),),
            meta={"genre": evil},
        )
        for number in range(8)
    ]
    write(documents, gold)
    write([replace(d, text=library.Document(id="x").text, meta={}) for d in documents], before)
    write([Document(id=d.id) for d in documents], after)
    words = ("--gold", gold, "--baseline", before, "--by", "genre", "--github")
    outcome = qawl("gate", after, *words, "--save", tmp_path / "g.md", "--save", tmp_path / "g.xml")
    assert outcome.code == 1
    token = outcome.out.splitlines()[0].removeprefix("::stop-commands::")
    tail = outcome.out.split(f"::{token}::\n")[1].splitlines()
    assert len(tail) == 2
    assert all(re.fullmatch(r"::error title=[^:,]*::[^\n]*", line) for line in tail)
    assert "\u202e" not in outcome.out
    written = (tmp_path / "g.md").read_text(encoding="utf-8")
    assert "<script" not in written.replace("\\<script", "")
    ET.parse(tmp_path / "g.xml")
