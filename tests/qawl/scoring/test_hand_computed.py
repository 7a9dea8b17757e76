"""Small cases computed by hand: two readings of one text, and what every measure must count.

A file of ``tests/fixtures/scoring`` holds the text twice, tagged as gold and as predicted: ``q1``,
``c1``, ``s1`` and ``m1`` are quote, cue, speaker and mention of attribution 1, ``ea`` a mention of
entity a, ``dname`` a distractor of kind name. A part without a tag is answered as empty, unless it
is named in ``unanswered``. ``expected`` says ``right/predicted/gold`` and of which measures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from qawl import Document
from qawl.scoring import MEASURES, score_documents
from qawl.validation.document import check_document
from support.newsroom import spans

CASES = sorted((Path(__file__).parents[2] / "fixtures" / "scoring").glob("*.json"))
ROLES = {"quote": "q", "cue": "c", "speaker": "s", "mention": "m"}


def load(path: Path) -> Any:
    return msgspec.json.decode(path.read_bytes())


def document(side: Any) -> Document:
    text, places = spans(side["body"])
    attributions = []
    for number, fields in side["attributions"].items():
        unanswered = {"mention", *fields.pop("unanswered", ())}
        parts = {role: places.get(letter + number, ()) for role, letter in ROLES.items()}
        said = {role: some for role, some in parts.items() if some or role not in unanswered}
        attributions.append({**said, **fields})
    entities = [
        {"id": name, "mentions": places.get(f"e{name}", ()), **fields}
        for name, fields in side.get("entities", {}).items()
    ]
    distractors = [
        {"span": span, "kind": tag[1:]}
        for tag, found in places.items()
        if tag.startswith("d")
        for span in found
    ]
    record = {
        "format": "qawl/1",
        "id": "d",
        "text": text,
        "attributions": attributions,
        "entities": entities,
        "distractors": distractors,
    }
    return msgspec.convert(record, Document)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_measure_counts_what_was_computed_by_hand(path: Path) -> None:
    case = load(path)
    gold, predicted = document(case["gold"]), document(case["predicted"])
    assert gold.text == predicted.text
    result = score_documents([predicted], [gold], measures=tuple(MEASURES), policy=case["policy"])
    expected = {name: wanted for wanted, names in case["expected"].items() for name in names}
    assert sorted(expected) == sorted(MEASURES)
    found = {
        name: (figure.right, figure.predicted, figure.gold, figure.found) for name, figure in result
    }
    for name, wanted in expected.items():
        right, asked, there = map(float, wanted.split("/"))
        # Fractions are cut to millionths of a binary kind.
        assert found[name] == pytest.approx((right, asked, there, right), abs=2e-6), name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_can_be_checked_by_eye(path: Path) -> None:
    case = load(path)
    gold = document(case["gold"])
    assert case["why"]
    assert 9 <= len(str(gold.text).split()) <= 20
    assert all(item.cue is not UNSET and item.speaker is not UNSET for item in gold.attributions)
    assert [item.id for item in check_document(gold) if item.level == "error"] == []


def test_there_is_a_case_for_every_way_to_be_right_or_wrong() -> None:
    """Every measure is right somewhere and wrong somewhere."""
    seen: dict[str, set[bool]] = {name: set() for name in MEASURES}
    for path in CASES:
        for wanted, names in load(path)["expected"].items():
            right, asked, there = map(float, wanted.split("/"))
            for name in names:
                if asked or there:
                    seen[name].add(right > 0)
    partly = {"alarms.name", "alarms.title", "alarms.term", "alarms.scare", "alarms.other"}
    assert {name for name, kinds in seen.items() if len(kinds) < 2} <= partly
