"""The network: an encoder of transformers, a tagging head for each layer, and the linker.

This module imports torch; import it only where it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from qawl_baselines.encoder.features import ROLES
from qawl_baselines.encoder.layers import LABELS, LAYERS
from qawl_baselines.encoder.linking import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qawl_baselines.encoder.features import Example, Input
    from qawl_baselines.encoder.linking import Pairs
    from qawl_baselines.encoder.windows import Frame

PAIR_SIZE = 128


class Network(nn.Module):  # type: ignore[misc]  # torch is Any where it is not installed
    """Reads windows, gathers a vector for every word, labels words and scores pairs.

    Args:
        encoder: a model of transformers whose first output is of shape
            ``(windows, tokens, hidden)``.
        frame: the special tokens around a window.
        padding: the id of the token that fills windows up.
    """

    def __init__(self, encoder: Any, frame: Frame, padding: int) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        self.frame, self.padding = frame, padding
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.Linear(hidden, len(LAYERS) * LABELS)
        self.quote = nn.ModuleList([nn.Linear(2 * hidden, PAIR_SIZE) for _ in ROLES])
        self.other = nn.ModuleList([nn.Linear(2 * hidden, PAIR_SIZE) for _ in ROLES])
        self.none = nn.ModuleList([nn.Linear(2 * hidden, 1) for _ in ROLES])
        self.relation = nn.ModuleList([nn.Embedding(RELATIONS, 1) for _ in ROLES])

    def read(self, inputs: Sequence[Input], batch: int = 0) -> list[Any]:
        """The vectors of the words of documents, each of shape ``(words, hidden)``.

        Args:
            inputs: the documents.
            batch: windows that are read at once; 0 for all.
        """
        cut = [(given, bounds) for given in inputs for bounds in given.windows.bounds]
        step = batch or max(1, len(cut))
        states: list[Any] = []
        for first in range(0, len(cut), step):
            states += self._windows([g.ids[a:b] for g, (a, b) in cut[first : first + step]])
        vectors, first = [], 0
        for given in inputs:
            count = len(given.windows.bounds)
            vectors.append(self._words(given, states[first : first + count]))
            first += count
        return vectors

    def _windows(self, pieces: Sequence[Any]) -> list[Any]:
        """The last hidden states of windows, special tokens left out."""
        before, after = self.frame
        rows = [[*before, *piece.tolist(), *after] for piece in pieces]
        longest = max(map(len, rows))
        device = self.heads.weight.device
        ids = torch.full((len(rows), longest), self.padding, dtype=torch.long)
        mask = torch.zeros((len(rows), longest), dtype=torch.long)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row, dtype=torch.long)
            mask[number, : len(row)] = 1
        hidden = self.encoder(input_ids=ids.to(device), attention_mask=mask.to(device))[0]
        hidden = self.dropout(hidden.float())
        return [
            hidden[number, len(before) : len(before) + len(piece)]
            for number, piece in enumerate(pieces)
        ]

    def _words(self, given: Input, states: Sequence[Any]) -> Any:
        """The vector of every word, from the window that it is read from; zeros without one."""
        sizes = np.cumsum([0, *(len(state) for state in states)])
        window, place = given.windows.window, given.windows.place
        # Row 0 is for words that have no token.
        rows = np.where(window < 0, 0, 1 + sizes[window] + place)
        flat = torch.cat([torch.zeros_like(self.none[0].weight[:, : self._hidden]), *states])
        return flat[torch.from_numpy(rows).to(flat.device)]

    @property
    def _hidden(self) -> int:
        return int(self.heads.in_features)

    def tags(self, vectors: Any) -> Any:
        """Scores of the labels: shape ``(words, layers, labels)``."""
        return self.heads(vectors).view(-1, len(LAYERS), LABELS)

    def links(self, vectors: Any, role: int, pairs: Pairs) -> Any:
        """Scores of "none" and of the candidates: shape ``(quotes, 1 + candidates)``.

        Args:
            vectors: of the words of the document.
            role: its number in ``ROLES``.
            pairs: at least one quote; there may be no candidate.
        """
        device = vectors.device
        nearest = torch.from_numpy(pairs.nearest).to(device)
        quotes = self._stretches(vectors, pairs.quotes)
        scores = torch.full(nearest.shape, float("-inf"), device=device)
        if len(pairs.others):
            others = self.other[role](self._stretches(vectors, pairs.others))
            asked = self.quote[role](quotes)
            known = self.relation[role](torch.from_numpy(pairs.relations).to(device))[..., 0]
            fits = (asked[:, None] * others[nearest]).sum(-1) / PAIR_SIZE**0.5 + known
            scores = torch.where(nearest >= 0, fits, scores)
        return torch.cat([self.none[role](quotes), scores], dim=1)

    @staticmethod
    def _stretches(vectors: Any, spans: Any) -> Any:
        """First and last vector of stretches: shape ``(stretches, 2 * hidden)``."""
        ends = torch.from_numpy(spans).to(vectors.device)
        return torch.cat([vectors[ends[:, 0]], vectors[ends[:, 1] - 1]], dim=1)

    def loss(self, examples: Sequence[Example]) -> Any:
        """Cross-entropy of a word's labels, summed over layers, plus that of links; a scalar."""
        vectors = self.read([example.input for example in examples])
        labels = torch.from_numpy(np.concatenate([example.labels for example in examples]))
        scores = self.tags(torch.cat(vectors))
        labels = labels.to(scores.device)
        # Over no words at all there is nothing to average.
        total = nn.functional.cross_entropy(
            scores.view(-1, LABELS), labels.view(-1), reduction="sum"
        ) / max(1, len(labels))
        for role in range(len(ROLES)):
            said = [
                self._link_loss(vectors[at], role, example.pairs[role], example.wanted[role])
                for at, example in enumerate(examples)
                if len(example.pairs[role].quotes)
            ]
            if said:
                total = total + torch.cat(said).mean()
        return total

    def _link_loss(self, vectors: Any, role: int, pairs: Pairs, wanted: Any) -> Any:
        chances = self.links(vectors, role, pairs).log_softmax(dim=1)
        goal = torch.from_numpy(wanted).to(chances.device)
        # Where nothing is wanted the logarithm may be minus infinity.
        return -torch.where(goal > 0, goal * chances, torch.zeros_like(chances)).sum(dim=1)
