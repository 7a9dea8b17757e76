"""Claims: what is one, what is none, and what does not come out as claimed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qawl import Attribution, Document, score
from qawl.reproduction import Claim, differences, read_claim
from qawl.scoring import MEASURES
from qawl.version import VERSION
from qawl.writing import write

if TYPE_CHECKING:
    from pathlib import Path

HASH = "0123456789abcdef"
LINE = f"triple.exact=0.5|gold:core/test|hash:{HASH}|policy:word|qawl:{VERSION}"


def test_a_line_is_read() -> None:
    assert read_claim(LINE) == Claim({"triple.exact": 0.5}, "core/test", HASH, "word", VERSION, 0)
    full = f"quote.exact=1|{LINE}|documents:3|missing:2|dice:0.5|interval:bca-0.95"
    assert read_claim(full).missing == 2
    assert list(read_claim(full).values) == ["quote.exact", "triple.exact"]


def test_a_name_of_gold_may_hold_what_separates_elsewhere() -> None:
    claim = LINE.replace("core/test", "/data/a=b:c/gold.jsonl")
    assert read_claim(claim).gold == "/data/a=b:c/gold.jsonl"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("triple.exact=0.5", "does not state"),
        ("a|b", "does not state"),
        (LINE.replace("gold:", "silver:"), "does not state gold"),
        (LINE.replace("policy:word", "policy:letter"), "letter"),
        (LINE.replace("0.5", "half"), "no number"),
        (LINE.replace("triple.exact", "luck"), "luck"),
        (LINE.replace("triple.exact=0.5|", ""), "claims no score"),
        (LINE.replace(HASH, ""), "no hash"),
        (LINE.replace(HASH, HASH[:8]), "no hash"),
        (LINE.replace(HASH, HASH.replace("a", "x")), "no hash"),
        (f"{LINE}|missing:inf", "missing"),
        (f"{LINE}|missing:-1", "missing"),
        (f"{LINE}|missing:1.5", "missing"),
    ],
)
def test_what_is_no_claim_is_refused(wrong: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_claim(wrong)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_read_or_refused(before: str, after: str) -> None:
    try:
        read_claim(f"{before}|{after}")
    except ValueError:
        return
    raise AssertionError


@pytest.mark.parametrize(
    "content", ["[]", "{}", '"x"', "1", "no json", '{"signature":1,"rows":[]}']
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="no report"):
        read_claim(str(path))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Predictions and gold of 128 documents, one of which is found."""
    item = Attribution(quote=((0, 3),), cue=(), speaker=(), type="direct")
    gold = [Document(id=f"d{n}", text="قال زيد", attributions=(item,)) for n in range(128)]
    found = [
        Document(id=d.id, attributions=(item,)) if d.id == "d0" else Document(id=d.id) for d in gold
    ]
    paths = tmp_path / "predictions.jsonl", tmp_path / "gold.jsonl"
    write(found, paths[0])
    write(gold, paths[1])
    return str(paths[0]), str(paths[1])


def check(claim: str, files: tuple[str, str]) -> list[str]:
    return differences(read_claim(claim), *files, track="core", split="test")


@pytest.mark.parametrize("policy", ["word", "exact"])
def test_every_claim_that_was_made_comes_out_again(files: tuple[str, str], policy: str) -> None:
    result = score(*files, measures=["all"], policy=policy)  # type: ignore[arg-type]
    assert check(result.report(resamples=5).claim, files) == []


def test_a_report_comes_out_again(files: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(score(*files).report(resamples=5).to_dict()), encoding="utf-8")
    assert check(str(path), files) == []


def test_six_decimals_are_enough_however_they_were_rounded(files: tuple[str, str]) -> None:
    """Recall 1/128 and F1 2/129; and halves of a millionth, which rounding moves either way."""
    claim = score(*files, measures=["quote.exact"]).report(resamples=5).claim
    value = float(claim.partition("=")[2].partition("|")[0])
    real = score(*files, measures=["quote.exact"])["quote.exact"].value
    for off, same in ((4.9e-7, True), (6e-7, False), (-6e-7, False)):
        told = claim.replace(f"={value:.6f}", f"={real + off:.9f}")
        assert (check(told, files) == []) is same
    for top, bottom in ((75, 640), (223, 640), (1, 128), (371, 896)):
        assert abs(top / bottom - float(f"{top / bottom:.6f}")) <= 5e-7 + 1e-12


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda claim: claim.replace("quote.exact=0", "quote.exact=1"), "quote.exact: claimed"),
        (lambda claim: claim.replace("=0.015504", "=nan"), "claimed nan"),
        (lambda claim: claim.replace("hash:", "hash:f"), "gold: the claim"),
        (lambda claim: claim.replace(f"qawl:{VERSION}", "qawl:0.0.1"), "scorer: the claim"),
        (lambda claim: f"{claim}|missing:3", "missing documents: claimed 3"),
    ],
)
def test_what_does_not_come_out_is_said(files: tuple[str, str], change: object, word: str) -> None:
    claim = score(*files, measures=["quote.exact"]).report(resamples=5).claim
    assert callable(change)
    (told,) = check(change(claim), files)
    assert word in told


def test_the_measures_of_a_claim_are_scored_and_no_others(files: tuple[str, str]) -> None:
    for name in MEASURES:
        claim = score(*files, measures=[name]).report(resamples=5).claim
        assert claim.startswith(f"{name}=")
        assert check(claim, files) == []
