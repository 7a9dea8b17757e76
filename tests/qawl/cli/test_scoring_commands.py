"""`qawl score`, `compare`, `errors`, `measures`, `reproduce`: what they print, take and refuse."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from qawl import Attribution, Document, Entity
from qawl.reading import read
from qawl.report import Report
from qawl.scoring import DEFAULT, MEASURES
from qawl.writing import encode, write
from support.newsroom import Tiny, complains, spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from support.newsroom import Command, Folder


@pytest.fixture
def right(data: Folder, tmp_path: Path) -> Path:
    """Predictions that find everything."""
    path = tmp_path / "right.jsonl"
    write(Tiny().predict(read(data.gold())), path)
    return path


@pytest.fixture
def silent(right: Path) -> Path:
    path = right.with_name("silent.jsonl")
    write((Document(id=document.id) for document in read(right)), path)
    return path


def written(path: Path, *documents: Document) -> Path:
    write(documents, path)
    return path


# ------------------------------------------------------------------------------ what score prints


def test_the_table_of_the_default_measures_fits_eighty_columns(qawl: Command, right: Path) -> None:
    lines = qawl("score", right).out.splitlines()
    tables = [line for line in lines if "gold:" not in line]
    assert max(map(len, tables)) <= 80
    for name in DEFAULT:
        assert sum(line.startswith(f" {name} ") for line in lines) == 1


def test_json_is_a_report_of_the_published_schema(qawl: Command, right: Path) -> None:
    out = qawl("score", right, "--by", "type", "--measure", "all", "--format", "json").out
    report = msgspec.json.decode(out, type=Report)
    assert [row.measure for row in report.rows] == list(MEASURES)
    assert {group.field for group in report.slices} == {"type"}
    assert msgspec.json.decode(msgspec.json.encode(report.to_dict())) == json.loads(out)


def test_csv_has_a_row_for_each_measure_and_slice(qawl: Command, right: Path) -> None:
    out = qawl("score", right, "--by", "type", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    whole = [row for row in rows if not row["field"]]
    assert [row["measure"] for row in whole] == list(DEFAULT)
    assert {(row["field"], row["label"]) for row in rows} == {("", ""), ("type", "indirect")}
    assert all(0 <= float(row["low"]) <= float(row["high"]) <= 1 for row in rows)
    assert len({row["signature"] for row in rows}) == 1


@pytest.mark.parametrize("how", ["table", "json", "markdown", "latex", "csv"])
def test_the_same_bytes_whatever_the_order_of_the_files(
    qawl: Command, data: Folder, right: Path, tmp_path: Path, how: str
) -> None:
    before = qawl("score", right, "--by", "marks", "--format", how)
    turned = written(tmp_path / "turned.jsonl", *reversed(list(read(right))))
    gold = data.gold()
    gold.write_bytes(b"".join(reversed(gold.read_bytes().splitlines(keepends=True))))
    assert qawl("score", turned, "--by", "marks", "--format", how) == before


def test_seed_resamples_and_method_stand_in_the_signature(qawl: Command, right: Path) -> None:
    options = ("--seed", 5, "--resamples", 7, "--method", "bca", "--policy", "exact")
    out = qawl("score", right, *options).out
    for part in ("|policy:exact", "|interval:bca-0.95", "|resamples:7", "|seed:5"):
        assert part in out


# ------------------------------------------------------------------------------ what score takes


def test_predictions_come_from_a_file_or_from_standard_input(qawl: Command, right: Path) -> None:
    assert qawl("score", "-", stdin=right.read_bytes()) == qawl("score", right)


def test_lenient_counts_missing_documents_and_says_so(
    qawl: Command, right: Path, tmp_path: Path
) -> None:
    half = written(tmp_path / "half.jsonl", next(read(right)))
    complains(qawl("score", half), 3, "[document-missing]", "d3")
    out = qawl("score", half, "--lenient", "--format", "json").out
    report = msgspec.json.decode(out, type=Report)
    assert report.signature["missing"] == 1
    assert "|missing:1|" in report.line
    assert (report.rows[0].recall, report.rows[0].precision) == (0.5, 1)
    assert "missing" not in qawl("score", right, "--lenient").out


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--measure", "luck"), "luck"),
        (("--policy", "letter"), "letter"),
        (("--format", "xml"), "xml"),
        (("--method", "guess"), "guess"),
        (("--by", "weather"), "weather"),
        (("--resamples", "0"), "resamples"),
        (("--seed", "-1"), "seed"),
    ],
)
def test_what_there_is_not_ends_with_2(
    qawl: Command, right: Path, options: Sequence[str], word: str
) -> None:
    complains(qawl("score", right, *options), 2, word)


def test_a_field_may_be_named_twice_and_measures_without_slices_have_none(
    qawl: Command, right: Path
) -> None:
    once = qawl("score", right, "--by", "type", "--format", "json").out
    assert qawl("score", right, "--by", "type", "--by", "type", "--format", "json").out == once
    out = qawl("score", right, "--measure", "alarms", "--by", "type", "--format", "json").out
    assert json.loads(out)["slices"] == []


@pytest.mark.usefixtures("data")
def test_compressed_files_are_refused_by_name(qawl: Command, right: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(right.read_bytes()))
    complains(qawl("score", packed), 3, "[file-binary]", "gzip")
    complains(qawl("score", "-", stdin=packed.read_bytes()), 3, "[file-binary]", "gzip")


def test_missing_unknown_and_duplicate_documents_are_listed_together(
    qawl: Command, right: Path, tmp_path: Path
) -> None:
    first, _ = read(right)
    wrong = written(tmp_path / "wrong.jsonl", first, first, replace(first, id="d9"))
    outcome = qawl("score", wrong)
    complains(outcome, 3, "[document-missing]", "[document-unknown]", "[id-duplicate]")
    assert outcome.err.count("\n") == 3
    assert "wrong.jsonl:2" in outcome.err
    assert "wrong.jsonl:3" in outcome.err


def test_wrong_spans_and_other_texts_are_named(qawl: Command, right: Path, tmp_path: Path) -> None:
    first, second = read(right)
    (said,) = first.attributions
    beyond = replace(said, quote=((0, 2**80),), cue=((5, 5),))
    wrong = written(
        tmp_path / "wrong.jsonl",
        replace(first, attributions=(beyond,)),
        replace(second, text="غيره"),
    )
    complains(qawl("score", wrong), 3, "[text-differs]")
    wrong = written(wrong, replace(first, attributions=(beyond,)), second)
    complains(qawl("score", wrong), 3, "[span-out-of-range]", "[span-empty]", "d2")


def test_a_wrong_mention_is_refused_whatever_is_measured(
    qawl: Command, right: Path, tmp_path: Path
) -> None:
    first, second = read(right)
    (said,) = first.attributions
    named = Entity(id="e", name="أحد", kind="person", mentions=((7, 3),))
    wrong = written(
        tmp_path / "wrong.jsonl",
        replace(first, attributions=(replace(said, mention=((0, 999),)),)),
        replace(second, entities=(*second.entities, named)),
    )
    outcome = qawl("score", wrong, "--measure", "quote.exact")
    complains(outcome, 3, "attributions[0].mention[0]", "entities[0].mentions[0]")
    assert outcome.err.count("\n") == 2


def test_an_entity_that_is_not_listed_is_named(qawl: Command, right: Path, tmp_path: Path) -> None:
    first, second = read(right)
    (said,) = second.attributions
    naming = replace(second, attributions=(replace(said, entity="rawi"),))
    other = Entity(id="other", name="أحد", kind="person")
    for entities in ((), (other,)):
        path = written(tmp_path / "wrong.jsonl", first, replace(naming, entities=entities))
        outcome = qawl("score", path, "--measure", "quote.exact")
        complains(outcome, 3, "[entity-unknown]", ":2", "attributions[0].entity", "«rawi»")
    listed = replace(naming, entities=(other, replace(other, id="rawi")))
    assert qawl("score", written(path, first, listed)).code == 0


# ------------------------------------------------------------------------------ what offsets count

WORDS = [
    *("الرد", "الحرب", "الصمت", "القطع", "المطر", "السد"),
    *("الزرع", "الموسم", "العام", "الشمال", "الدم", "الغد"),
]


def emoji_gold(path: Path) -> Document:
    """A dozen quotes of two words behind three emoji."""
    said = (f"قال إن <q{n}>{word} {word}</q{n}> أمس." for n, word in enumerate(WORDS))
    return tagged("👍👍👍 " + " ".join(said), path)


def tagged(body: str, path: Path) -> Document:
    text, places = spans(body)
    items = tuple(
        Attribution(quote=places[f"q{n}"], cue=(), speaker=(), type="indirect")
        for n in range(len(WORDS))
    )
    document = Document(id="d", text=text, attributions=items)
    write([document], path)
    return document


def moved(document: Document, measure: str) -> Document:
    """Offsets as a language that counts something else would write them."""
    text = str(document.text)

    def at(offset: int) -> int:
        width = {"utf-16-le": 2, "utf-8": 1}[measure]
        return len(text[:offset].encode(measure)) // width

    items = [
        replace(item, quote=tuple((at(start), at(end)) for start, end in item.quote))
        for item in document.attributions
    ]
    return Document(id=document.id, attributions=tuple(items))


@pytest.mark.parametrize(
    ("measure", "finding"), [("utf-16-le", "span-units-utf16"), ("utf-8", "span-units-bytes")]
)
def test_offsets_that_count_something_else_are_called_so(
    qawl: Command, tmp_path: Path, measure: str, finding: str
) -> None:
    gold = emoji_gold(tmp_path / "gold.jsonl")
    wrong = written(tmp_path / "wrong.jsonl", moved(gold, measure))
    outcome = qawl("score", wrong, "--gold", tmp_path / "gold.jsonl")
    complains(outcome, 3, f"[{finding}]")
    assert outcome.err.count("\n") == 1


def test_a_few_boundaries_are_enough_if_they_explain_everything(
    qawl: Command, tmp_path: Path
) -> None:
    """Two attributions that meet the gold, or one span beyond the text; less may be chance."""
    gold, path = emoji_gold(tmp_path / "gold.jsonl"), tmp_path / "few.jsonl"
    cut = replace(gold, text=f"{gold.text}{' كلام' * 200}")
    long = written(tmp_path / "long.jsonl", cut)
    for measure, finding in (("utf-16-le", "span-units-utf16"), ("utf-8", "span-units-bytes")):
        wrong = moved(gold, measure)
        for count, gold_file in ((4, long), (2, tmp_path / "gold.jsonl")):
            written(path, replace(wrong, attributions=wrong.attributions[-count:]))
            beyond = count == 2 and measure == "utf-8"
            outcome = qawl("score", path, "--gold", gold_file)
            if count == 4 or beyond:
                complains(outcome, 3, f"[{finding}]")
                assert "[span-out-of-range]" not in outcome.err
            else:
                assert outcome.code == 0


def test_offsets_of_a_right_a_random_and_a_cutting_system_are_code_points(
    qawl: Command, tmp_path: Path
) -> None:
    gold = emoji_gold(tmp_path / "gold.jsonl")
    length = len(str(gold.text))

    def system(shift: int, step: int) -> Document:
        places = [(7 * n * step % (length - 9), 7 * n * step % (length - 9) + 5) for n in range(40)]
        items = [Attribution(quote=((start + shift, end + shift),)) for start, end in places]
        return Document(id="d", attributions=tuple(items))

    for bad in (system(0, 1), system(1, 3), system(2, 5), replace(gold, text=str(gold.text))):
        path = written(tmp_path / "bad.jsonl", bad)
        assert qawl("score", path, "--gold", tmp_path / "gold.jsonl").code == 0


def test_gold_that_cuts_clitics_in_a_text_with_an_emoji_is_not_taken_for_utf_16(
    qawl: Command, tmp_path: Path
) -> None:
    """One off at either end, these boundaries would all stand between words."""
    said = (f'توعد ب<q{n}>{word}"</q{n}>' for n, word in enumerate(WORDS))
    gold = tagged("👍 " + " ".join(said), tmp_path / "gold.jsonl")
    same = written(tmp_path / "same.jsonl", replace(gold, text=str(gold.text)))
    outcome = qawl("score", same, "--gold", tmp_path / "gold.jsonl", "--format", "json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["rows"][0]["value"] == 1


# ------------------------------------------------------------------------------ the other commands


def test_compare_calls_a_tie_a_tie(qawl: Command, right: Path, silent: Path) -> None:
    options = ("--resamples", 99, "--format", "json")
    rows = json.loads(qawl("compare", right, right, *options).out)
    assert {(row["difference"], row["p"], row["verdict"]) for row in rows} == {
        (0, 1, "no difference shown")
    }
    # Two documents cannot show anything, however far apart the systems are.
    rows = json.loads(qawl("compare", silent, right, *options).out)
    assert {row["verdict"] for row in rows} == {"no difference shown"}
    assert {row["difference"] for row in rows if row["measure"] == "quote.exact"} == {1}


def test_compare_shows_the_difference_of_forty_documents(qawl: Command, tmp_path: Path) -> None:
    item = Attribution(quote=((0, 3),), cue=(), speaker=(), type="indirect")
    gold = [Document(id=f"d{n}", text="قال زيد", attributions=(item,)) for n in range(40)]
    paths = [tmp_path / name for name in ("gold.jsonl", "all.jsonl", "none.jsonl")]
    write(gold, paths[0])
    write((replace(d, text="قال زيد") for d in gold), paths[1])
    write((Document(id=d.id) for d in gold), paths[2])
    options = ("--gold", paths[0], "--measure", "quote.exact", "--resamples", 999)
    out = qawl("compare", paths[2], paths[1], *options).out
    assert "better" in out
    assert "worse" in qawl("compare", paths[1], paths[2], *options).out
    (row,) = json.loads(qawl("compare", paths[2], paths[1], *options, "--format", "json").out)
    assert row["p"] == 0.001


def test_compare_takes_gold_from_standard_input(
    qawl: Command, data: Folder, right: Path, silent: Path
) -> None:
    options = ("--resamples", 9, "--format", "json")
    from_file = qawl("compare", silent, right, *options)
    from_stdin = qawl(
        "compare", silent, right, "--gold", "-", *options, stdin=data.gold().read_bytes()
    )
    assert from_stdin.code == 0, from_stdin.err
    assert from_stdin.out == from_file.out


def test_compare_refuses_what_cannot_be_scored(qawl: Command, right: Path, tmp_path: Path) -> None:
    half = written(tmp_path / "half.jsonl", next(read(right)))
    complains(qawl("compare", right, half), 3, "[document-missing]")
    complains(qawl("compare", right, right, "--measure", "luck"), 2, "luck")
    complains(qawl("compare", right, right, "--alpha", "2"), 2, "alpha")


def test_errors_are_the_same_from_a_file_and_from_standard_input(
    qawl: Command, silent: Path, right: Path
) -> None:
    assert qawl("errors", "-", "--json", stdin=silent.read_bytes()) == qawl(
        "errors", silent, "--json"
    )
    found = json.loads(qawl("errors", silent, "--json").out)
    assert found["classes"]["missed"] == {
        "false_positives": 0, "false_negatives": 2, "mended": 1,
    }  # fmt: skip
    assert {error["kind"] for error in found["errors"]} == {"missed"}
    # A type is asked too, and this system gives none.
    right_ones = json.loads(qawl("errors", right, "--json").out)
    assert {error["kind"] for error in right_ones["errors"]} == {"type"}


def test_errors_refuses_wrong_spans_from_standard_input_as_from_a_file(
    qawl: Command, right: Path
) -> None:
    first, second = read(right)
    (said,) = first.attributions
    wrong = replace(first, attributions=(replace(said, quote=((5, 3),)),))
    content = encode(wrong) + encode(second)
    right.write_bytes(content)
    complains(qawl("errors", right), 3, "[span-reversed]")
    complains(qawl("errors", "-", stdin=content), 3, "[span-reversed]")


def test_errors_lists_as_many_as_asked_and_says_how_many_are_left(
    qawl: Command, silent: Path
) -> None:
    out = qawl("errors", silent, "--limit", 1).out
    assert "1 more" in out
    assert "more" not in qawl("errors", silent, "--limit", 2).out.splitlines()[-1]
    assert "missed" not in qawl("errors", silent, "--class", "split").out.splitlines()[-1]


def test_measures_lists_each_with_what_it_says(qawl: Command) -> None:
    found = json.loads(qawl("measures", "--json").out)
    assert [item["name"] for item in found] == list(MEASURES)
    assert {item["name"] for item in found if item["default"]} == set(DEFAULT)
    assert all(item["summary"].endswith(".") for item in found)
    assert {item["better"] for item in found if item["name"].startswith("alarms")} == {"lower"}
    out = qawl("measures").out
    assert all(name in out for name in MEASURES)


def test_reproduce_ends_with_0_1_and_2(qawl: Command, right: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(qawl("score", right, "--format", "json").out, encoding="utf-8")
    claim = json.loads(report.read_text(encoding="utf-8"))["signature"]["claim"]
    for told in (report, claim):
        outcome = qawl("reproduce", told, right)
        assert (outcome.code, outcome.err) == (0, "")
        assert "10 figures" in outcome.out
    outcome = qawl("reproduce", claim.replace("quote.exact=1.0", "quote.exact=0.9"), right)
    assert outcome.code == 1
    assert outcome.out == "quote.exact: claimed 0.900000, here 1.000000\n"
    complains(qawl("reproduce", "non|sense", right), 2, "does not state")
    complains(qawl("reproduce", "triple.exact=0.5", right), 2, "does not state")
    report.write_text("[]", encoding="utf-8")
    complains(qawl("reproduce", report, right), 2, "no report")


def test_reproduce_takes_a_claim_of_all_measures(qawl: Command, right: Path) -> None:
    """Which is longer than the name of a file can be."""
    out = qawl("score", right, "--measure", "all", "--format", "json").out
    claim = json.loads(out)["signature"]["claim"]
    assert len(claim) > 255
    assert qawl("reproduce", claim, right).code == 0


def test_reproduce_finds_the_gold_file_that_the_claim_names(
    qawl: Command, data: Folder, right: Path
) -> None:
    out = qawl("score", right, "--gold", data.gold(), "--format", "json").out
    claim = json.loads(out)["signature"]["claim"]
    assert f"gold:{data.gold()}" in claim
    assert qawl("reproduce", claim, right).code == 0


def test_reproduce_says_when_the_gold_is_another(qawl: Command, data: Folder, right: Path) -> None:
    claim = json.loads(qawl("score", right, "--format", "json").out)["signature"]["claim"]
    gold = data.gold()
    gold.write_text(gold.read_text(encoding="utf-8").replace('"d2"', '"d4"'), encoding="utf-8")
    right.write_text(right.read_text(encoding="utf-8").replace('"d2"', '"d4"'), encoding="utf-8")
    outcome = qawl("reproduce", claim, right)
    assert outcome.code == 1
    assert outcome.out.startswith("gold: the claim is about ")
