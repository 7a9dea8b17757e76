"""The board as a record: what stands where, and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from qawl.findings import InputError
from qawl.inference.comparison import ALPHA
from qawl.inference.groups import letters, pairwise, rounds_for
from qawl.inference.resampling import RESAMPLES, SEED
from qawl.report import Group, Row, make_report
from qawl.submissions.counts import MAIN
from qawl.submissions.gold import digest
from qawl.submissions.manifest import About  # noqa: TC001  msgspec reads it

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl.leaderboard.collect import Entry
    from qawl.scoring import Result
    from qawl.submissions.counts import Counts

FORMAT = "qawl-leaderboard/1"


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What scoring the raw predictions gave.

    Attributes:
        signature: how the figures came about, in one line.
        scorer: version of qawl that scored.
        documents: how many were scored.
        gold_sha256: the gold's lines.
        predictions_sha256: the raw predictions.
        rank: 1 + the number of systems that are shown to be better.
        group: letters; systems that share one cannot be told apart.
        rows: the measures, with intervals.
        slices: :data:`MAIN` in parts of the attributions.
    """

    signature: str
    scorer: str
    documents: int
    gold_sha256: str
    predictions_sha256: str
    rank: int | None
    group: str
    rows: tuple[Row, ...]
    slices: tuple[Group, ...]

    def row(self, measure: str) -> Row:
        """The row of a measure."""
        return next(row for row in self.rows if row.measure == measure)

    def slice(self, field: str, label: str) -> Row | None:
        """:data:`MAIN` in a slice, if it has one."""
        for group in self.slices:
            if (group.field, group.label) == (field, label):
                return group.rows[0]
        return None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A submission.

    Attributes:
        id: its folder, below the track.
        date: of packaging.
        status: ``current``, ``superseded`` by a later one, ``earlier`` gold or scorer, or
            ``unscored``: never scored where its gold was.
        verified: what scoring gave; null if it was never scored.
        self_reported: what its authors say.
    """

    id: str
    date: str
    status: str
    verified: Verified | None
    self_reported: About


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two systems of a track: whether they can be told apart."""

    first: str
    second: str
    p: float


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A split of a track.

    Attributes:
        track: name.
        split: name.
        gold_sha256: of the gold that is here; empty if there is none.
        documents: how many were scored.
        rounds: of the paired tests.
        lines: current ones, best first, then the others.
        comparisons: of the current ones, p-values corrected by Holm over all of them.
    """

    track: str
    split: str
    gold_sha256: str
    documents: int
    rounds: int
    lines: tuple[Line, ...]
    comparisons: tuple[Comparison, ...]

    def having(self, *status: str) -> list[Line]:
        """The submissions of a status."""
        return [line for line in self.lines if line.status in status]


class Board(msgspec.Struct, frozen=True, kw_only=True, tag_field="format", tag=FORMAT):
    """All of it: what LEADERBOARD.md shows and leaderboard.json holds."""

    main: str
    alpha: float
    resamples: int
    seed: int
    sections: tuple[Section, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def make_board(entries: Sequence[Entry]) -> Board:
    """Order the accepted submissions.

    Args:
        entries: with counts, or without where they were never scored.
    """
    ordered = sorted(entries, key=_section_of)
    return Board(
        main=MAIN,
        alpha=ALPHA,
        resamples=RESAMPLES,
        seed=SEED,
        sections=tuple(
            _section(track, split, list(some))
            for (track, split), some in groupby(ordered, key=_section_of)
        ),
    )


def _section_of(entry: Entry) -> tuple[str, str]:
    return entry.manifest.scored.track, entry.manifest.scored.split


def _section(track: str, split: str, entries: list[Entry]) -> Section:
    try:
        here = digest(track, split)
    except InputError:
        here = ""
    results = {e.manifest.id: e.counts.result() for e in entries if e.counts is not None}
    newest = _newest([e for e in entries if e.counts and e.counts.gold_sha256 == here])
    replaced = _replaced([e for e in entries if e.counts])
    status = {e.manifest.id: _status(e, here, newest, e.manifest.id in replaced) for e in entries}
    ranked = sorted(
        (name for name, state in status.items() if state == "current"),
        key=lambda name: (-results[name][MAIN].value, name),
    )
    p_values = pairwise([results[name] for name in ranked], MAIN)
    ranks = [
        1 + sum(p_values[other, place] <= ALPHA for other in range(place))
        for place in range(len(ranked))
    ]
    groups = letters(len(ranked), p_values)
    standing = {name: (ranks[n], groups[n]) for n, name in enumerate(ranked)}
    order = {state: n for n, state in enumerate(("current", "superseded", "earlier", "unscored"))}
    lines = [_line(e, status[e.manifest.id], results, standing) for e in entries]
    lines.sort(key=lambda line: line.id)
    lines.sort(key=lambda line: line.date, reverse=True)
    lines.sort(
        key=lambda line: (
            order[line.status],
            ranked.index(line.id) if line.id in standing else 0,
        )
    )
    return Section(
        track=track,
        split=split,
        gold_sha256=here,
        documents=len(results[ranked[0]].documents) if ranked else 0,
        rounds=rounds_for(len(p_values)),
        lines=tuple(lines),
        comparisons=tuple(
            Comparison(first=ranked[a], second=ranked[b], p=p) for (a, b), p in p_values.items()
        ),
    )


def _newest(entries: list[Entry]) -> tuple[object, ...]:
    """How the scores were made that compete: where scorers differ, by the newest one."""
    made = [_made(e.counts) for e in entries if e.counts]
    return max(made, key=lambda made: _version(str(made[0][-1])), default=())


def _made(counts: Counts) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """What two submissions must share to compete: gold, policy, scorer, measures."""
    return counts.result().signature.gold_part, counts.measures


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("+", maxsplit=1)[0].split(".") if part.isdigit())


def _replaced(entries: list[Entry]) -> set[str]:
    """Submissions that a later one of the same system, by the same authors, supersedes."""
    known = {entry.manifest.id: entry.manifest for entry in entries}
    return {
        name
        for later in known.values()
        for name in later.about.supersedes
        if name in known
        and (known[name].about.name, known[name].about.authors)
        == (later.about.name, later.about.authors)
        and known[name].date <= later.date
    }


def _status(entry: Entry, here: str, newest: tuple[object, ...], replaced: bool) -> str:
    if entry.counts is None:
        return "unscored"
    if entry.counts.gold_sha256 != here or _made(entry.counts) != newest:
        return "earlier"
    return "superseded" if replaced else "current"


def _line(
    entry: Entry, status: str, results: dict[str, Result], standing: dict[str, tuple[int, str]]
) -> Line:
    manifest = entry.manifest
    verified = None
    if manifest.id in results:
        result = results[manifest.id]
        report = make_report(result)
        rank, group = standing.get(manifest.id, (None, ""))
        verified = Verified(
            signature=report.line,
            scorer=result.signature.version,
            documents=len(result.documents),
            gold_sha256=manifest.scored.gold_sha256,
            predictions_sha256=manifest.scored.predictions_sha256,
            rank=rank,
            group=group,
            rows=report.rows,
            slices=report.slices,
        )
    return Line(
        id=manifest.id,
        date=manifest.date,
        status=status,
        verified=verified,
        self_reported=manifest.about,
    )
