"""Scores as comma-separated values, one line a measure and slice, all digits kept."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import msgspec

from qawl.report import Row

if TYPE_CHECKING:
    from qawl.report import Report


def score_csv(report: Report) -> str:
    """The rows of the report with a header; the signature in the last column."""
    names = [field.name for field in msgspec.structs.fields(Row)]
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["field", "label", *names, "signature"])
    groups = [("", "", report.rows), *((g.field, g.label, g.rows) for g in report.slices)]
    for field, label, rows in groups:
        for row in rows:
            values = [getattr(row, name) for name in names]
            writer.writerow([_harmless(field), _harmless(label), *values, report.line])
    return stream.getvalue()


def _harmless(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
