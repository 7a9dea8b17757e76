"""Figures for papers, drawn by matplotlib: points with intervals, never bars without them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from qawl.findings import InputError, finding
from qawl.views.bidi import clean
from qawl.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from qawl.report import Report, Row

SUFFIXES = (".svg", ".pdf", ".png")
MEASURES = (
    *("quote.exact", "quote.relaxed", "speaker.relaxed", "entity"),
    *("triple.relaxed", "triple.exact"),
)
# Okabe and Ito's palette, which the colour-blind can tell apart; shapes tell the same again.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_SHAPES = "osD^vPX"
_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans", "Noto Naskh Arabic", "Noto Sans Arabic"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e2e2e2",
    "figure.dpi": 150,
    "savefig.bbox": "tight",
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "qawl",
}
_WIDTH = 6.3  # inches: a text column of A4


def measures_figure(reports: Sequence[Report], names: Sequence[str], title: str = "") -> Figure:
    """Every measure of every system, as a point with its interval.

    Args:
        reports: of the same measures, one for each system.
        names: of the systems.
        title: none if empty.

    Raises:
        InputError: ``extra-missing`` without matplotlib.
    """
    labels = [row.measure for row in reports[0].rows]
    rows = [list(report.rows) for report in reports]
    return _dots(labels, rows, names, title, "per cent")


def slices_figure(reports: Sequence[Report], names: Sequence[str], title: str = "") -> Figure:
    """The first measure of every system over the slices of the first report.

    Raises:
        InputError: ``extra-missing`` without matplotlib.
    """
    labels = [group.label for group in reports[0].slices]
    rows = []
    for report in reports:
        known = {group.label: group.rows[0] for group in report.slices}
        rows.append([known.get(label) for label in labels])
    return _dots(labels, rows, names, title, f"{reports[0].rows[0].measure}, per cent")


def curve_figure(reports: Sequence[Report], sizes: Sequence[float], title: str = "") -> Figure:
    """Every measure against the size of training, with its interval as a band.

    Args:
        reports: one for each size.
        sizes: such as numbers of articles.
        title: none if empty.

    Raises:
        InputError: ``extra-missing`` without matplotlib.
    """
    with _style():
        figure, axes = _axes(3.4)
        order = sorted(range(len(sizes)), key=sizes.__getitem__)
        at = [sizes[i] for i in order]
        for number, first in enumerate(reports[0].rows):
            own = [reports[i].rows[number] for i in order]
            colour, shape = _look(number)
            low, high = ([100 * row.low for row in own], [100 * row.high for row in own])
            axes.fill_between(at, low, high, color=colour, alpha=0.15, linewidth=0)
            axes.plot(at, [100 * row.value for row in own], color=colour, marker=shape,
                      markersize=4, label=first.measure)  # fmt: skip
        axes.set_xlabel("training")
        axes.set_ylabel("per cent")
        axes.set_ylim(0, 100)
        _finish(axes, title, len(reports[0].rows))
    return figure


def save(figure: Figure, targets: Sequence[Path]) -> None:
    """Write a figure to files, each of the kind that its suffix names; the same bytes every time.

    Raises:
        OutputError: when one cannot be written.
    """
    for target in targets:
        stream = io.BytesIO()
        kind = target.suffix[1:]
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[kind]
        with _style():
            figure.savefig(stream, format=kind, metadata=metadata)
        with replacing(target) as out:
            out.write(stream.getvalue())


def _dots(
    labels: Sequence[str],
    rows: Sequence[Sequence[Row | None]],
    names: Sequence[str],
    title: str,
    axis: str,
) -> Figure:
    with _style():
        figure, axes = _axes(0.9 + 0.22 * len(labels) * (1 + len(rows)))
        for number, (own, name) in enumerate(zip(rows, names, strict=True)):
            colour, shape = _look(number)
            shift = (number - (len(rows) - 1) / 2) * 0.8 / max(len(rows), 1)
            for place, row in enumerate(own):
                if row is None:
                    continue
                axes.plot([100 * row.low, 100 * row.high], [place + shift] * 2, color=colour,
                          linewidth=1.5, solid_capstyle="butt")  # fmt: skip
                axes.plot(100 * row.value, place + shift, marker=shape, color=colour, markersize=5,
                          linestyle="", label=clean(name) if not place else None)  # fmt: skip
        axes.set_yticks(range(len(labels)), [clean(label) for label in labels])
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_xlabel(axis)
        axes.grid(visible=False, axis="y")
        _finish(axes, title, len(rows))
    return figure


def _finish(axes: Axes, title: str, series: int) -> None:
    if title:
        axes.set_title(clean(title), loc="left")
    if series > 1:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _look(number: int) -> tuple[str, str]:
    return _COLOURS[number % len(_COLOURS)], _SHAPES[number % len(_SHAPES)]


def _axes(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure as Made  # noqa: PLC0415

    figure = Made(figsize=(_WIDTH, height))
    axes: Axes = figure.add_subplot()
    return figure, axes


def _style() -> Any:
    try:
        import matplotlib as mpl  # noqa: PLC0415
    except ImportError as error:
        message = "matplotlib: pip install 'qawl[plot]'"
        raise InputError([finding("extra-missing", message=message)]) from error
    return mpl.rc_context(_STYLE)
