"""The action, the hooks and the workflow: what they run, and that no input becomes program text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qawl import load, run, write
from qawl.cli.main import app

ROOT = Path(__file__).resolve().parents[3]


def read_yaml(name: str) -> Any:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with qawl[dev]")
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_inputs_reach_the_shell_as_variables_only() -> None:
    action = read_yaml("action.yml")
    steps = action["runs"]["steps"]
    assert not any("${{" in step.get("run", "") for step in steps)
    given = {name for step in steps for name in step.get("env", {})}
    script = (ROOT / "scripts" / "gate_action.sh").read_text(encoding="utf-8")
    assert given == set(re.findall(r"GATE_[A-Z_]+", script))
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(action["inputs"])


def test_the_workflow_of_submissions_can_read_and_nothing_else() -> None:
    workflow = read_yaml(".github/workflows/submission.yml")
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert "permissions" not in job
    assert job["timeout-minutes"] <= 10
    text = (ROOT / ".github" / "workflows" / "submission.yml").read_text(encoding="utf-8")
    assert "${{ secrets" not in text
    (checkout,) = (s for s in job["steps"] if "checkout" in s.get("uses", ""))
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert checkout["with"]["persist-credentials"] is False
    for step in job["steps"]:
        assert "${{" not in step.get("run", "")
        assert "git checkout" not in step.get("run", "")
        assert "git switch" not in step.get("run", "")


def test_hooks_name_commands_that_there_are() -> None:
    known = {command.name for command in app.registered_commands} | {"data"}
    for hook in read_yaml(".pre-commit-hooks.yaml"):
        program, command, *_ = hook["entry"].split()
        assert program == "qawl"
        assert command in known


@pytest.mark.skipif(os.name == "nt", reason="links stand for an installation")
@pytest.mark.parametrize(("name", "verdict"), [("good", "passed"), ("bad", "regression")])
def test_the_action_runs_the_gate_and_says_what_came_of_it(
    name: str, verdict: str, tmp_path: Path
) -> None:
    """With a Python that makes no environment but lends the present one."""
    tools = tmp_path / "tools"
    tools.mkdir()
    qawl = f'#!/bin/sh\nexec {sys.executable} -c "from qawl.cli import main; main()" "$@"\n'
    fake = (
        '#!/bin/sh\n[ "$2" = venv ] || exit 0\nmkdir -p "$3/bin"\n'
        f'cp "{tools}/qawl" "$3/bin/qawl"\ncp "{tools}/python" "$3/bin/python"\n'
    )
    for program, content in (("qawl", qawl), ("python", fake)):
        (tools / program).write_text(content)
        (tools / program).chmod(0o755)
    gold = load("core", "test")
    write(run("rules", gold), tmp_path / "good.jsonl")
    write(run("quoted", gold), tmp_path / "bad.jsonl")
    outputs, summary = tmp_path / "outputs", tmp_path / "summary"
    done = subprocess.run(
        ["bash", str(ROOT / "scripts" / "gate_action.sh")],  # noqa: S607
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GATE_PREDICTIONS": f"{name}.jsonl",
            "GATE_BASELINE": "good.jsonl",
            "GATE_GOLD": "",
            "GATE_TRACK": "core",
            "GATE_SPLIT": "test",
            "GATE_MAX_DROP": "0.01",
            "GATE_ALPHA": "0.05",
            "GATE_MEASURES": "triple.exact quote.exact",
            "GATE_BY": "type",
            "GATE_FLOORS": "triple.exact=0.1 alarms=0.99",
            "GATE_REPORT": "a report",
        },
    )
    assert done.returncode == (0 if verdict == "passed" else 1), done.stderr
    assert outputs.read_text() == f"verdict={verdict}\nreport=a report\n"
    assert sorted(p.name for p in (tmp_path / "a report").iterdir()) == [
        *("gate.json", "gate.md", "gate.xml")
    ]
    assert summary.read_text(encoding="utf-8").startswith("### ")
    assert " type = direct " in done.stdout
