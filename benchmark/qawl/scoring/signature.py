"""How a number came about, in one line that a paper can print (after sacreBLEU, Post 2018)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from qawl.version import VERSION
from qawl.writing import encode

if TYPE_CHECKING:
    from qawl.records import Document
    from qawl.scoring.parts import Policy


class GoldHash:
    """A digest of gold documents that does not depend on their order, and that adds up.

    It is the sum of the documents' SHA-256 digests modulo 2^256: shards add, order is nothing.
    """

    def __init__(self, total: int = 0) -> None:
        self.total = total

    def add(self, document: Document) -> None:
        """Take one document in, as its canonical ``qawl/1`` line."""
        self.total += int.from_bytes(sha256(encode(document)).digest())

    def hex(self) -> str:
        """The digest, 64 hexadecimal digits."""
        return f"{self.total % (1 << 256):064x}"


@dataclass(frozen=True)
class Signature:
    """Everything that the numbers depend on besides the predictions.

    Attributes:
        gold: the name of the gold, such as ``core/test``.
        hash: :class:`GoldHash` of what was scored.
        documents: how many gold documents.
        policy: ``word`` or ``exact``.
        dice: threshold of a relaxed quote.
        version: of the scorer.
    """

    gold: str
    hash: str
    documents: int
    policy: Policy
    dice: float = 0.5
    version: str = VERSION

    @property
    def how(self) -> tuple[str, float, str]:
        """What two shards must share to be added."""
        return self.policy, self.dice, self.version

    def joined(self, other: Signature) -> Signature:
        """The signature of two shards together."""
        total = GoldHash(int(self.hash, 16) + int(other.hash, 16))
        name = self.gold if self.gold == other.gold else f"{self.gold}+{other.gold}"
        return replace(
            self, gold=name, hash=total.hex(), documents=self.documents + other.documents
        )

    def to_dict(self) -> dict[str, Any]:
        """All fields, and the line that stands for them."""
        return {**asdict(self), "line": str(self)}

    def __str__(self) -> str:
        return (
            f"gold:{self.gold}|hash:{self.hash[:12]}|documents:{self.documents}"
            f"|policy:{self.policy}|dice:{self.dice}|qawl:{self.version}"
        )
