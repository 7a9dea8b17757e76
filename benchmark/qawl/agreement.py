"""How far two annotations of the same texts agree, before anybody settled anything.

Two kinds of figure: our own measures with the one layer as gold (F1 is the same both ways), and
Krippendorff's alpha over words for each role, which compares with the literature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import UNSET

from qawl.scoring import score_documents
from qawl.scoring.parts import Units
from qawl.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qawl.records import Document

MEASURES = (
    "quote.exact", "quote.relaxed", "cue.exact", "cue.relaxed", "speaker.exact", "speaker.relaxed",
    "entity", "type", "triple.exact", "triple.relaxed",
)  # fmt: skip
ROLES = ("quote", "cue", "speaker")


def agreement(first: Sequence[Document], second: Sequence[Document]) -> dict[str, float]:
    """Agreement of two layers over the same texts.

    Args:
        first: documents of the one layer, with texts.
        second: documents of the other, the same ids.

    Returns:
        F1 of every measure in :data:`MEASURES` with ``first`` as gold, and ``alpha.<role>``:
        Krippendorff's alpha for the question whether a word belongs to that role.

    Raises:
        InputError: if the layers are not about the same documents and texts.
    """
    result = score_documents(second, first, measures=MEASURES)
    found = {name: figure.f1 for name, figure in result}
    by_id = {document.id: document for document in second}
    for role in ROLES:
        votes = [_votes(document, by_id[document.id], role) for document in first]
        found[f"alpha.{role}"] = alpha(np.concatenate([np.zeros((0, 2), bool), *votes]))
    return found


def alpha(votes: NDArray[np.bool_]) -> float:
    """Krippendorff's alpha of two coders for a yes-or-no question, shape ``(units, 2)``.

    Source: K. Krippendorff, *Content Analysis* (2004), chapter 11: nominal data, two observers,
    no missing values. 1 where there is nothing to disagree about.
    """
    count = votes.size
    yes = int(votes.sum())
    apart = int((votes[:, 0] != votes[:, 1]).sum())
    expected = 2 * yes * (count - yes)
    return 1.0 if not expected else 1 - (count - 1) * 2 * apart / expected


def _votes(first: Document, second: Document, role: str) -> NDArray[np.bool_]:
    """For every word of a document whether each layer puts it into the role."""
    text = str(first.text)
    units = Units([text], "word")
    # What touches no word has numbers beyond those of the words, and no vote.
    votes = np.zeros((len(word_spans(text)), 2), bool)
    for column, document in enumerate((first, second)):
        answers = [getattr(item, role) for item in document.attributions]
        spans = [() if answer is UNSET else answer for answer in answers]
        parts = units.parts(spans, np.zeros(len(spans), np.int64))
        for start, end in zip(parts.start.tolist(), parts.end.tolist(), strict=True):
            votes[start:end, column] = True
    return votes
