"""Claims and their checking: a signature says how to score, and what should come out."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from qawl.api import score
from qawl.reading import read_text
from qawl.scoring import MEASURES
from qawl.scoring.parts import POLICIES

if TYPE_CHECKING:
    from qawl.scoring.parts import Policy

# A line has six decimals; a JSON report all of them. The rest is what subtracting rounds.
_TOLERANCE = 5e-7 + 1e-12
_HASH = re.compile(r"[0-9a-f]{16,64}")


class Claim(NamedTuple):
    """What a signature states.

    Attributes:
        values: the value of each measure.
        gold: name of the gold.
        hash: of the gold, or the beginning of it.
        policy: the boundary policy.
        version: of the scorer.
        missing: documents counted as empty.
    """

    values: dict[str, float]
    gold: str
    hash: str
    policy: Policy
    version: str
    missing: int


def read_claim(claim: str) -> Claim:
    """Read a signature with scores, or a report of ``qawl score --format json``.

    Args:
        claim: the line itself, or the path of a JSON report.

    Raises:
        InputError: if the file cannot be read.
        ValueError: if it is neither.
    """
    if not ("|" in claim or "=" in claim) or is_file(claim):
        try:
            data = msgspec.json.decode(read_text(claim))
            signature = data["signature"]
            values = {row["measure"]: float(row["value"]) for row in data["rows"]}
            fields = {key: str(signature[key]) for key in ("gold", "hash", "policy", "version")}
            return _claim(values, fields | {"missing": str(signature["missing"])})
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{claim} is no report of qawl score --format json") from error
    values, fields = {}, {}
    for part in claim.split("|"):
        key, mark, value = re.fullmatch(r"([^=:]*)(.?)(.*)", part, re.DOTALL).groups()  # type: ignore[union-attr]
        if mark == "=":
            values[key] = _number(value, part)
        else:
            fields[{"qawl": "version"}.get(key, key)] = value
    return _claim(values, fields)


def is_file(claim: str) -> bool:
    """Whether there is a file of this name."""
    with suppress(OSError):  # a claim of many measures is longer than names of files can be
        return Path(claim).is_file()
    return False


def _number(value: str, part: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise ValueError(f"the signature claims no number in {part!r}") from error


def _claim(values: dict[str, float], fields: dict[str, str]) -> Claim:
    if lacking := {"gold", "hash", "policy", "version"} - set(fields):
        raise ValueError(f"the signature does not state {', '.join(sorted(lacking))}")
    if fields["policy"] not in POLICIES:
        raise ValueError(f"no policy {fields['policy']!r}")
    if not _HASH.fullmatch(fields["hash"]):
        raise ValueError(f"{fields['hash']!r} is no hash: 16 to 64 hexadecimal digits")
    if not re.fullmatch(r"\d{1,9}", fields.get("missing", "0")):
        raise ValueError(f"no number of missing documents: {fields['missing']!r}")
    if not values:
        raise ValueError("the signature claims no score, such as triple.exact=0.5")
    if unknown := set(values) - set(MEASURES):
        raise ValueError(f"no measure {min(unknown)!r}")
    policy: Policy = "word" if fields["policy"] == "word" else "exact"
    missing = int(fields.get("missing", "0"))
    return Claim(values, fields["gold"], fields["hash"], policy, fields["version"], missing)


def differences(
    claim: Claim, predictions: str, gold: str | None, *, track: str, split: str
) -> list[str]:
    """Score again and say in words what does not come out as claimed.

    Raises:
        InputError: with everything that is wrong in either input.
    """
    result = score(
        predictions,
        gold,
        track=track,
        split=split,
        measures=list(claim.values),
        policy=claim.policy,
        lenient=claim.missing > 0,
    )
    signature = result.signature
    found = []
    if not signature.hash.startswith(claim.hash):
        found.append(f"gold: the claim is about {claim.hash}, here is {signature.hash[:16]}")
    if signature.version != claim.version:
        found.append(f"scorer: the claim was made by {claim.version}, here is {signature.version}")
    if signature.missing != claim.missing:
        found.append(f"missing documents: claimed {claim.missing}, here {signature.missing}")
    for name, value in claim.values.items():
        here = result[name].value
        if not abs(here - value) <= _TOLERANCE:
            hint = "; a claim is a share with six decimals" if abs(here - value) < 5e-3 else ""
            hint = "; a claim is a share, not per cent" if value > 1 else hint
            found.append(f"{name}: claimed {value:.6f}, here {here:.6f}{hint}")
    return found
