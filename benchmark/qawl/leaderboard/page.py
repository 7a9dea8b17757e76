"""The board as a page: LEADERBOARD.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qawl.views.markdown import escaped
from qawl.views.table import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qawl.leaderboard.board import Board, Line, Section
    from qawl.report import Row

_SHOWN = ("quote.exact", "speaker.exact", "entity", "triple.relaxed", "alarms")
_SLICES = (
    *(("type", "direct"), ("type", "indirect"), ("type", "mixed")),
    *(("speaker", "explicit"), ("speaker", "implicit"), ("nesting", "inner")),
)
_LONGEST = 160
_HEAD = """# Leaderboard

Made by `qawl leaderboard build` from [`submissions/`](submissions/README.md) alone; CI proves that
it is current. How to take part: [docs/submit.md](docs/submit.md). What protects it:
[docs/trust.md](docs/trust.md). The same in numbers, with every pair's test:
[`leaderboard.json`](leaderboard.json).

Figures are F1 in per cent with 95 % bootstrap intervals over articles, worked out by the
maintainers' scorer from the raw predictions; no claim of a submission enters them. `alarms` is a
rate, and lower is better. **Systems that share a letter cannot be told apart** on `{main}`: every
pair is tested by paired randomisation over articles, corrected by Holm over all pairs, at
{alpha:g}. The rank is one more than the number of systems that are shown to be better.
"""


def page(board: Board) -> str:
    """The whole page."""
    parts = [_HEAD.format(main=board.main, alpha=board.alpha)]
    parts += ["\n".join(_section(section, board.main)) for section in board.sections]
    if not board.sections:
        parts.append("There is no submission yet.")
    return "\n".join(parts) + "\n"


def _section(section: Section, main: str) -> Iterator[str]:
    current = section.having("current")
    yield f"## {section.track}, {section.split}"
    yield ""
    if current:
        yield f"{section.documents} articles. Signature of all figures:"
        yield ""
        yield from (f"`{line.verified.signature}`" for line in current[:1] if line.verified)
        yield ""
        yield from _figures(current, main)
        yield ""
        yield f"`{main}` in parts of the attributions:"
        yield ""
        yield from _slices(current)
        yield ""
    else:
        yield "No submission of the present gold."
        yield ""
    yield from _earlier(section, main)
    yield "What the submitters say of their systems. **Nobody has checked this table.**"
    yield ""
    yield from _told(section.lines)
    yield ""


def _figures(lines: Sequence[Line], main: str) -> Iterator[str]:
    yield f"| rank | | system | {main} | " + " | ".join(_SHOWN) + " | date |"
    yield "|--:|---|---|:-:|" + ":-:|" * len(_SHOWN) + "---|"
    for line in lines:
        if line.verified is None:
            continue
        cells = [_cell(line.verified.row(name)) for name in (main, *_SHOWN)]
        cells[0] = f"**{cells[0]}**"
        yield (
            f"| {line.verified.rank} | {line.verified.group} | {_system(line)} | "
            + " | ".join(cells)
            + f" | {line.date} |"
        )


def _slices(lines: Sequence[Line]) -> Iterator[str]:
    shown = [
        item
        for item in _SLICES
        if any(line.verified and line.verified.slice(*item) for line in lines)
    ]
    yield "| system | " + " | ".join(label for _, label in shown) + " |"
    yield "|---|" + ":-:|" * len(shown)
    for line in lines:
        if line.verified is not None:
            cells = [_cell(line.verified.slice(*item)) for item in shown]
            yield f"| {_system(line)} | " + " | ".join(cells) + " |"


def _earlier(section: Section, main: str) -> Iterator[str]:
    """What does not compete, and why."""
    reasons = {
        "superseded": "superseded by a later one",
        "earlier": "on an earlier version of the gold or scorer",
        "unscored": "never scored: its gold or its texts were not there",
    }
    some = section.having(*reasons)
    if not some:
        return
    yield "Out of competition; the figures are not comparable with those above:"
    yield ""
    yield f"| system | {main} | gold | date | why |"
    yield "|---|:-:|---|---|---|"
    for line in some:
        figure, gold = "–", "–"
        if line.verified is not None:
            figure = _cell(line.verified.row(main))
            gold = f"`{line.verified.gold_sha256[:12]}`"
        yield f"| {_system(line)} | {figure} | {gold} | {line.date} | {reasons[line.status]} |"
    yield ""


def _told(lines: Sequence[Line]) -> Iterator[str]:
    yield "| submission | kind | parameters | trained on | licence | authors | links |"
    yield "|---|---|--:|---|---|---|---|"
    for line in lines:
        about = line.self_reported
        parameters = "–" if about.parameters is None else f"{about.parameters:,}"
        links = " ".join(f"[{n}](<{link}>)" for n, link in enumerate(about.links, 1))
        texts = (about.training_data, about.licence, ", ".join(about.authors))
        told = " | ".join(escaped(_short(text)) for text in texts)
        yield f"| `{line.id}` | {about.kind} | {parameters} | {told} | {links} |"


def _system(line: Line) -> str:
    about = line.self_reported
    return f"{escaped(about.name)} {escaped(about.version)} (`{line.id}`)"


def _cell(row: Row | None) -> str:
    if row is None:
        return "–"
    return f"{percent(row.value)} [{percent(row.low)}, {percent(row.high)}]"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
