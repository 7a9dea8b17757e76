"""Other people's definitions: the same predictions as other scorers would score them.

So that a figure of ours can stand beside a figure of theirs. Every peer is a module with a function
``score(gold, predicted, *, as_published=False)`` that returns figures by name: by default what the
authors describe, with the faults of their code mended; ``as_published`` what their code computes.
Nothing of their code is used; docs/peers.md says where the two differ and what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qawl.records import Document

    Score = Callable[..., dict[str, float]]


@dataclass(frozen=True)
class Peer:
    """A definition of others.

    Attributes:
        name: how it is asked for.
        summary: what it computes, in one line.
        source: where the definition comes from.
        module: where ours stands; imported when it is first called.
    """

    name: str
    summary: str
    source: str
    module: str

    def score(
        self,
        gold: Sequence[Document],
        predicted: Sequence[Document],
        *,
        as_published: bool = False,
    ) -> dict[str, float]:
        """The figures of predictions, by name.

        Args:
            gold: documents with their texts.
            predicted: documents with the ids of the gold; one that is missing predicts nothing.
            as_published: what the published code computes, with its faults.

        Raises:
            ValueError: for a gold document without text, a span that is none, and, unless
                ``as_published``, for a predicted document that the gold does not know.
        """
        function = cast("Score", import_module(self.module).score)
        return function(gold, predicted, as_published=as_published)


PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer(
            "spkatt",
            "quotes and roles by shared tokens over an optimal assignment, macro",
            "uhh-lt/german-news-quotation-attribution-2024, eval/eval.py (SpkAtt-2023, task 2)",
            "qawl.peers.spkatt",
        ),
        Peer(
            "citron",
            "cue, source and content by exact spans and by shared tokens, micro",
            "bbc/citron, citron/metrics.py",
            "qawl.peers.citron",
        ),
        Peer(
            "gendergap",
            "quotes covered by more than 0.3 and 0.8, then the speaker and the verb",
            "sfu-discourse-lab/GenderGapTracker, nlp/english/evaluation/src/evaluate_quotes.py",
            "qawl.peers.gendergap",
        ),
        Peer(
            "parc",
            "content, cue and source, each alone: strict and partial",
            "Pareti et al. 2013 and Pareti 2016; no official scorer is public",
            "qawl.peers.parc",
        ),
    )
}


def peer_named(name: str) -> Peer:
    """The peer of this name.

    Raises:
        KeyError: with the names that there are.
    """
    try:
        return PEERS[name]
    except KeyError:
        raise KeyError(f"no peer {name!r}; there are {', '.join(PEERS)}") from None
