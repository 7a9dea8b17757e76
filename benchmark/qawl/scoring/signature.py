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

    def add(self, document: Document, line: bytes = b"") -> None:
        """Take one document in: its line in the file, or the one that it would be written as.

        The two are the same bytes for every file that qawl wrote.
        """
        written = (line or encode(document)).rstrip(b"\r\n")
        self.total += int.from_bytes(sha256(written).digest())

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
        missing: documents that the predictions lacked and that were counted as empty.
    """

    gold: str
    hash: str
    documents: int
    policy: Policy
    dice: float = 0.5
    version: str = VERSION
    missing: int = 0

    @property
    def gold_part(self) -> tuple[str, int, Policy, float, str]:
        """What two systems must share to be compared."""
        return self.hash, self.documents, self.policy, self.dice, self.version

    @property
    def how(self) -> tuple[str, float, str]:
        """What two shards must share to be added."""
        return self.policy, self.dice, self.version

    def joined(self, other: Signature) -> Signature:
        """The signature of two shards together."""
        total = GoldHash(int(self.hash, 16) + int(other.hash, 16))
        name = self.gold if self.gold == other.gold else f"{self.gold}+{other.gold}"
        return replace(
            self,
            gold=name,
            hash=total.hex(),
            documents=self.documents + other.documents,
            missing=self.missing + other.missing,
        )

    def to_dict(self) -> dict[str, Any]:
        """All fields, and the line that stands for them."""
        return {**asdict(self), "line": str(self)}

    def __str__(self) -> str:
        missing = f"|missing:{self.missing}" if self.missing else ""
        return (
            f"gold:{self.gold}|hash:{self.hash[:16]}|documents:{self.documents}{missing}"
            f"|policy:{self.policy}|dice:{self.dice}|qawl:{self.version}"
        )
