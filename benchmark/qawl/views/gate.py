"""What a gate says: on a terminal, as Markdown, and as annotations of GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qawl.views.bidi import clean
from qawl.views.markdown import escaped
from qawl.views.reading import print_labelled
from qawl.views.table import percent, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from qawl.errors import Error
    from qawl.gate.changes import DocumentChange
    from qawl.gate.decision import Check, Decision

_LONGEST = 200
# Changes shown of one document; the error report has all of them.
_CHANGES = 5


def headline(decision: Decision) -> str:
    """The decision in one line."""
    if decision.passed:
        shown = len(decision.unshown)
        return "passed" + (f"; large drops that may be chance: {shown}" if shown else "")
    parts = [f"regressions: {len(decision.regressions)}"] if decision.regressions else []
    parts += [f"below the floor: {len(decision.broken_floors)}"] if decision.broken_floors else []
    return f"stopped: {', '.join(parts)}"


def terms(decision: Decision) -> str:
    """What a drop must be to stop the gate."""
    return (
        f"A drop stops the gate if it is more than {100 * decision.max_drop:g} points and shown: p "
        f"(paired randomisation over documents, one-sided, Holm over {len(decision.checks)}) at "
        f"most {decision.alpha:g}. rounds:{decision.rounds}|seed:{decision.seed}"
    )


def print_gate(decision: Decision, console: Console, most: int) -> None:
    """Print the decision, the checks, the floors, and at most so many changed documents."""
    console.print(Text(f"gate {headline(decision)}", style="bold"))
    # One table a measure, for eighty columns hold a slice or the name of a measure, not both.
    for measure in dict.fromkeys(check.measure for check in decision.checks):
        some = [check for check in decision.checks if check.measure == measure]
        made = table(
            (measure, "before", "after", "drop", "95% interval", "p", ""),
            [(_part(check), *_cells(check)[1:]) for check in some],
        )
        made.columns[-1].justify = "left"
        console.print(made)
    for floor in decision.floors:
        said = "holds" if floor.passed else "BROKEN"
        console.print(
            Text(f"floor {floor.measure} {percent(floor.floor)}: {percent(floor.value)}, {said}")
        )
    console.print(Text(terms(decision), style="dim"), soft_wrap=True)
    console.print(Text(clean(decision.signature), style="dim"), soft_wrap=True)
    for item in decision.documents[:most]:
        _print_document(item, console)
    left = len(decision.documents) - most
    if left > 0:
        console.print(Text(f"… {left} more documents changed; --documents shows more"))


def _part(check: Check) -> str:
    return f"{check.field} = {check.label}" if check.field else "all"


def _cells(check: Check) -> tuple[str, ...]:
    return (
        check.name,
        percent(check.before),
        percent(check.after),
        f"{100 * check.drop:+.1f}",
        f"[{100 * check.low:+.1f}, {100 * check.high:+.1f}]",
        f"{check.p_adjusted:.4f}",
        check.verdict,
    )


def _print_document(item: DocumentChange, console: Console) -> None:
    console.print()
    name = clean(item.document)
    console.print(Text(f"{name}  {_values(item)}", style="bold"), soft_wrap=True)
    for change in item.errors[:_CHANGES]:
        console.print(Text(f"  {change.what}"))
        for label, content in pieces(change.shown):
            print_labelled(label, content, "", console)
    if len(item.errors) > _CHANGES:
        console.print(Text(f"  … {len(item.errors) - _CHANGES} more; see qawl report"))


def _values(item: DocumentChange) -> str:
    return f"{percent(item.before)} → {percent(item.after)}"


def pieces(error: Error) -> Iterator[tuple[str, str]]:
    """The texts of an error, shortened, each with what it is."""
    for side, parts in (("gold", error.gold), ("found", error.predicted)):
        if parts is None:
            continue
        for label, content in (("who", parts.speaker), ("cue", parts.cue), ("quote", parts.quote)):
            text = clean(content) or "—"
            yield f"{side} {label}", text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def gate_markdown(decision: Decision, most: int) -> str:
    """The same as :func:`print_gate`, for a pull request or a step summary."""
    mark = "✅" if decision.passed else "❌"
    lines = [
        f"### {mark} qawl gate {headline(decision)}",
        "",
        f"{escaped(decision.candidate)} against {escaped(decision.baseline)}",
        "",
        "| | before | after | drop | interval | p (Holm) | |",
        "|---|--:|--:|--:|:-:|--:|---|",
    ]
    lines += ["| " + " | ".join(map(escaped, _cells(check))) + " |" for check in decision.checks]
    if decision.floors:
        lines += ["", "| floor | least | value | |", "|---|--:|--:|---|"]
        lines += [
            f"| {escaped(f.measure)} | {percent(f.floor)} | {percent(f.value)} "
            f"| {'holds' if f.passed else '**broken**'} |"
            for f in decision.floors
        ]
    lines += ["", terms(decision), "", f"`{clean(decision.signature).replace('`', '')}`", ""]
    if decision.documents:
        lines += [f"{len(decision.documents)} documents changed:", ""]
    for item in decision.documents[:most]:
        lines += _document_markdown(item)
    return "\n".join(lines) + "\n"


def _document_markdown(item: DocumentChange) -> Iterator[str]:
    yield f"<details><summary>{escaped(item.document)}: {_values(item)}</summary>"
    yield ""
    for change in item.errors[:_CHANGES]:
        yield f"* **{escaped(change.what)}**"
        for label, content in pieces(change.shown):
            yield f"  * {label}: {escaped(content)}"
    if len(item.errors) > _CHANGES:
        yield f"* … {len(item.errors) - _CHANGES} more; see `qawl report`"
    yield ""
    yield "</details>"
    yield ""


def commands(decision: Decision) -> Iterator[str]:
    """Workflow commands of GitHub Actions, a line each: errors, warnings, or one notice."""
    for check in decision.regressions:
        yield _annotation("error", f"{check.name} has regressed", _sentence(check))
    for floor in decision.broken_floors:
        message = f"{percent(floor.value)}, and the floor is {percent(floor.floor)}"
        yield _annotation("error", f"{floor.measure} is below its floor", message)
    for check in decision.unshown:
        yield _annotation("warning", f"{check.name} dropped; it may be chance", _sentence(check))
    if decision.passed and not decision.unshown:
        yield _annotation("notice", "qawl gate", headline(decision))


def _sentence(check: Check) -> str:
    _, before, after, drop, interval, p, _ = _cells(check)
    return f"from {before} to {after}: a drop of {drop} {interval}, p = {p}"


def _annotation(level: str, title: str, message: str) -> str:
    """One command; whatever could end it early is written as its code."""

    def coded(text: str, marks: str) -> str:
        found = clean(text).replace("%", "%25")
        for mark in marks:
            found = found.replace(mark, f"%{ord(mark):02X}")
        return found

    return f"::{level} title={coded(title, ':,')}::{coded(message, '')}"
