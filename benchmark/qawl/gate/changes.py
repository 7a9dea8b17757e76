"""Which documents changed between two versions of a system, and what in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from qawl.errors.listing import Error  # noqa: TC001  msgspec reads it
from qawl.scoring.result import figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qawl.errors import Analysis
    from qawl.scoring import Result


class ErrorChange(msgspec.Struct, frozen=True, kw_only=True):
    """An error that came, went, or became another one.

    Attributes:
        before: what the baseline did wrong; null if it did nothing wrong there.
        after: what the candidate does wrong; null if it does nothing wrong there.
    """

    before: Error | None
    after: Error | None

    @property
    def what(self) -> str:
        """The change in words, such as ``new: missed`` or ``boundary, was missed``."""
        if self.after is None:
            return f"mended: {self.before.kind if self.before else ''}"
        return (
            f"{self.after.kind}, was {self.before.kind}"
            if self.before
            else f"new: {self.after.kind}"
        )

    @property
    def shown(self) -> Error:
        """The error whose text says most: the present one, or the one that went."""
        error = self.after or self.before
        assert error is not None  # noqa: S101  a change has a side
        return error


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True):
    """A document in which the two versions do not do the same.

    Attributes:
        document: its id.
        before: value of the first measure in this document.
        after: the same of the candidate.
        lost: credit that the candidate no longer earns there; negative if it earns more.
        errors: those that changed: new ones, others, mended ones.
    """

    document: str
    before: float
    after: float
    lost: float
    errors: tuple[ErrorChange, ...] = ()


def changed_documents(
    before: Result, after: Result, analyses: tuple[Analysis, Analysis] | None
) -> list[DocumentChange]:
    """The documents whose counts or errors differ, those that lost most first.

    Args:
        before: the baseline's score.
        after: the candidate's.
        analyses: the errors of both; without them only counts are looked at.
    """
    first, second = (_by_document(item.errors) for item in analyses) if analyses else ({}, {})
    measure = before.measures[0]
    found = []
    for number, document in enumerate(before.documents):
        errors = _paired(
            _more(first.get(document), second.get(document)),
            _more(second.get(document), first.get(document)),
        )
        rows = before.rows[number], after.rows[number]
        if not errors and (rows[0] == rows[1]).all():
            continue
        ours, theirs = (figure(measure, row[0]) for row in rows)
        found.append(
            DocumentChange(
                document=document,
                before=ours.value,
                after=theirs.value,
                lost=ours.right - theirs.right,
                errors=errors,
            )
        )
    return sorted(found, key=lambda item: (-item.lost, item.document))


def _by_document(errors: Iterable[Error]) -> dict[str, Counter[Error]]:
    found: dict[str, Counter[Error]] = defaultdict(Counter)
    for error in errors:
        # Its place among the predictions means nothing.
        found[error.document][replace(error, predicted_at=-1)] += 1
    return found


def _more(some: Counter[Error] | None, others: Counter[Error] | None) -> list[Error]:
    """The errors of which there are more on one side, in their own order."""
    return list(((some or Counter()) - (others or Counter())).elements())


def _paired(before: list[Error], after: list[Error]) -> tuple[ErrorChange, ...]:
    """What went and what came; two errors about one gold attribution are one change."""
    new: list[ErrorChange] = []
    other: list[ErrorChange] = []
    for error in after:
        same = [item for item in before if item.gold_at == error.gold_at >= 0]
        if same:
            before.remove(same[0])
            other.append(ErrorChange(before=same[0], after=error))
        else:
            new.append(ErrorChange(before=None, after=error))
    return (*new, *other, *(ErrorChange(before=error, after=None) for error in before))
