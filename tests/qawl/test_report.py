"""The report, and the forms that are made of it: the same figures, and text that stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from qawl import Attribution, Document, report
from qawl.report import FORMAT, Group, Report, Row, make_report
from qawl.scoring import DEFAULT, Result, score_documents
from qawl.views.latex import score_latex
from qawl.views.markdown import score_markdown
from qawl.views.sheet import score_csv
from qawl.views.table import score_text
from support.rows import result, rows

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = [
    "a|b", "a & b", "50 %", "$x^2$", "\\input{/etc/passwd}", "`code`", "<script>", "[x](http://y)",
    "=1+1", "@SUM(A1)", "a,b\"c", "two\nlines", "\x1b[31mred", "\u202eturned", "_a_ *b* ~~c~~",
    "#h", "خبر عاجل", "[opt]",
]  # fmt: skip


def scored(genres: list[str]) -> Result:
    """A document for each genre: odd ones found, even ones missed."""
    item = Attribution(quote=((0, 3),), cue=(), speaker=(), type="direct")
    gold = [
        Document(id=f"d{n:02}", text="قال زيد", attributions=(item,), meta={"genre": genre})
        for n, genre in enumerate(genres)
    ]
    predicted = [replace(d, attributions=d.attributions * (n % 2)) for n, d in enumerate(gold)]
    return score_documents(predicted, gold, name="made", by=["genre"] if genres else [])


def test_json_decodes_to_the_report_and_fits_the_schema() -> None:
    made = make_report(scored(["x", "y", "x"]))
    again = msgspec.json.decode(msgspec.json.encode(made.to_dict()), type=Report)
    assert (again.rows, again.slices, again.line, again.claim) == (
        made.rows, made.slices, made.line, made.claim,
    )  # fmt: skip
    assert msgspec.to_builtins(again)["format"] == FORMAT


def test_the_schema_names_every_field_and_nothing_else() -> None:
    schema = report.json_schema()
    assert json.dumps(schema)
    for struct in (Row, Group):
        named = schema["$defs"][struct.__name__]
        wanted = {item.name for item in msgspec.structs.fields(struct)}
        assert set(named["properties"]) == set(named["required"]) == wanted
    assert set(schema["$defs"]["Report"]["properties"]) == {
        "format", *(item.name for item in msgspec.structs.fields(Report)),
    }  # fmt: skip


def test_numbers_are_those_of_the_result() -> None:
    scored_result = scored(["x", "y", "x"])
    for row, (name, figure) in zip(make_report(scored_result).rows, scored_result, strict=True):
        assert (row.measure, row.value, row.macro) == (
            name,
            figure.value,
            scored_result.macro(name),
        )
        assert (row.right, row.predicted, row.found, row.gold) == (
            figure.right, figure.predicted, figure.found, figure.gold,
        )  # fmt: skip
        assert row.precision == (None if figure.kind == "rate" else figure.precision)
        assert row.interval == (row.low, row.high)


def test_a_rate_has_neither_precision_nor_recall() -> None:
    (row,) = make_report(result(rows((1, 2, 2)), ["alarms"])).rows
    assert (row.value, row.precision, row.recall) == (0.5, None, None)


def test_macro_of_a_slice_is_over_the_documents_that_have_any_of_it() -> None:
    """Else nine documents of another genre, silent here, would count as nine times right."""
    made = make_report(scored(["x"] + ["y"] * 9))
    macros = {group.label: group.rows[0].macro for group in made.slices}
    assert macros == {"x": 0, "y": pytest.approx(5 / 9)}


def test_macro_of_a_slice_of_attributions_too() -> None:
    item = Attribution(quote=((0, 3),), cue=(), speaker=(), type="direct")
    gold = [Document(id=f"d{n}", text="قال زيد") for n in range(9)]
    gold.append(Document(id="d9", text="قال زيد", attributions=(item,)))
    made = make_report(score_documents([Document(id=d.id) for d in gold], gold, by=["type"]))
    (group,) = made.slices
    assert (group.rows[0].macro, group.rows[0].low, group.rows[0].high) == (0, 0, 0)
    assert made.rows[0].macro == 0.9


def test_the_mean_over_documents_is_rounded_once() -> None:
    """As fsum does, and sum() does in some versions of Python but not in others."""
    table = rows(*[(1, 1, 19)] * 10)
    assert result(table).macro("quote.exact") == 0.1


def test_an_empty_result_can_be_reported() -> None:
    made = make_report(result(np.zeros((0, 1, 4))))
    assert (made.rows[0].value, made.rows[0].low, made.rows[0].macro) == (1, 1, 0)
    assert score_text(made)


def test_unknown_methods_are_refused() -> None:
    with pytest.raises(ValueError, match="normal"):
        scored(["x"]).report(method="normal")


@pytest.mark.parametrize("view", [score_text, score_latex, score_markdown, score_csv])
@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_come_out_as_text(view: Callable[[Report], str], label: str) -> None:
    """No control characters, and not one line more than a harmless label gives.

    CSV is data: a label comes out as it went in.
    """
    harmless = view(make_report(scored(["genre"] * 2), resamples=5))
    shown = view(make_report(scored([label] * 2), resamples=5))
    if view is not score_csv:
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", shown)
        assert len(shown.splitlines()) == len(harmless.splitlines())


@pytest.mark.parametrize("label", HOSTILE)
def test_markdown_has_five_cells_in_every_row(label: str) -> None:
    shown = score_markdown(make_report(scored([label] * 2), resamples=5))
    table = [line for line in shown.splitlines() if line.startswith("|")]
    for line in table:
        assert len(re.findall(r"(?<!\\)\|", line.replace("\\\\", ""))) == 6
    assert not re.search(r"(?<!\\)[<>`$]", "".join(table).replace("\\\\", ""))


def test_latex_escapes_what_tex_reads() -> None:
    shown = score_latex(make_report(scored(["\\a{b} & 5 % #1 $x$ a_b ~ ^ [c]"] * 2), resamples=5))
    (line,) = [line for line in shown.splitlines() if "triple.relaxed" in line and "genre" in line]
    assert line.startswith(
        r"genre = \textbackslash{}a\{b\} \& 5 \% \#1 \$x\$ a\_b \textasciitilde{} "
        r"\textasciicircum{} {[}c]: triple.relaxed & "
    )
    assert line.endswith(r" \\")


def test_a_row_of_latex_cannot_begin_with_an_option_of_the_row_before() -> None:
    gold = Document(id="d", text="قال", meta={"[2cm]": "x"})
    made = score_documents([Document(id="d")], [gold], by=["[2cm]"]).report(resamples=5)
    assert not re.search(r"^\s*\[", score_latex(made), re.MULTILINE)


@pytest.mark.parametrize("label", HOSTILE)
def test_csv_comes_back_as_it_went_but_for_formulas(label: str) -> None:
    shown = score_csv(make_report(scored([label] * 2), resamples=5))
    found = list(csv.DictReader(io.StringIO(shown, newline="")))
    assert len(found) == 2 * len(DEFAULT)
    back = {row["label"] for row in found if row["field"]}
    assert back == {f"'{label}" if label[0] in "=+-@\t\r" else label}
    assert {row["signature"] for row in found} == {
        make_report(scored([label] * 2), resamples=5).line
    }


def test_csv_keeps_all_digits() -> None:
    scored_result = scored(["x", "y", "x"])
    rows_of_csv = csv.DictReader(io.StringIO(score_csv(make_report(scored_result))))
    assert float(next(rows_of_csv)["value"]) == scored_result["quote.exact"].value


def test_large_counts_are_printed_in_full() -> None:
    shown = score_text(make_report(result(np.full((1, 1, 4), 1_234_567)), resamples=5))
    assert shown.count("1234567") == 3
    shown = score_text(make_report(result(np.full((1, 1, 4), 1_234_567), ["alarms"]), resamples=5))
    assert shown.count("1234567") == 2


def test_the_legend_says_what_a_unit_is() -> None:
    gold = [Document(id="d", text="قال")]
    by_point = score_documents(gold, gold, policy="exact").report(resamples=5)
    assert "the same code points" in score_text(by_point)
    assert "the same words" in score_text(scored([]).report(resamples=5))
