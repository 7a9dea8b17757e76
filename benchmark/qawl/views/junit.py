"""A gate as JUnit XML, which most systems of continuous integration read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from qawl.views.bidi import clean
from qawl.views.gate import pieces, terms
from qawl.views.table import percent

if TYPE_CHECKING:
    from qawl.gate.decision import Check, Decision


def gate_junit(decision: Decision, most: int) -> str:
    """A test case for every check and every floor, and what changed as the suite's output."""
    failures = len(decision.regressions) + len(decision.broken_floors)
    cases = len(decision.checks) + len(decision.floors)
    suite = ET.Element(
        "testsuite", name="qawl gate", tests=str(cases), failures=str(failures), errors="0"
    )
    for check in decision.checks:
        case = ET.SubElement(
            suite, "testcase", classname="qawl.gate", name=clean(check.name), time="0"
        )
        if check.verdict == "regression":
            failure = ET.SubElement(case, "failure", type="regression", message=_said(check))
            failure.text = terms(decision)
        elif check.verdict != "ok":
            ET.SubElement(case, "system-out").text = f"{check.verdict}: {_said(check)}"
    for floor in decision.floors:
        name = f"floor of {floor.measure}"
        case = ET.SubElement(suite, "testcase", classname="qawl.gate", name=name, time="0")
        if not floor.passed:
            message = f"{percent(floor.value)} is below {percent(floor.floor)}"
            ET.SubElement(case, "failure", type="floor", message=message)
    ET.SubElement(suite, "system-out").text = _changes(decision, most)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _said(check: Check) -> str:
    values = f"before {percent(check.before)}, after {percent(check.after)}"
    return f"{values}, drop {100 * check.drop:+.1f}, p {check.p_adjusted:.4f}"


def _changes(decision: Decision, most: int) -> str:
    lines = []
    for item in decision.documents[:most]:
        lines.append(f"{clean(item.document)}: {percent(item.before)} -> {percent(item.after)}")
        for change in item.errors:
            lines.append(f"  {change.what}")
            lines += [f"    {label}: {content}" for label, content in pieces(change.shown)]
    return "\n".join(lines)
