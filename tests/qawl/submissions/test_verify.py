"""Verifying: what is true is verified, what is not is refused, what cannot be known is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from qawl import Attribution, Document, Entity
from qawl.findings import catalogue
from qawl.submissions import counts
from qawl.submissions.gold import digest
from qawl.submissions.verify import verify
from qawl.writing import encode
from support.newsroom import complains
from support.submitted import TAMPERED, edit, found_in, strip_texts, submit, swap

if TYPE_CHECKING:
    from pathlib import Path

    from support.newsroom import Command, Folder


@pytest.fixture
def made(data: Folder, tmp_path: Path) -> Path:
    assert data.gold().is_file()
    return submit(tmp_path / "submissions")


def test_a_submission_is_verified_from_its_raw_predictions(made: Path) -> None:
    found = verify(made)
    assert (found.state, found.findings) == ("verified", ())
    assert found.result is not None
    assert found.result["triple.exact"].f1 == 1.0


@pytest.mark.parametrize("identifier", TAMPERED)
def test_a_tampered_submission_is_found_out_by_its_id(identifier: str, made: Path) -> None:
    TAMPERED[identifier](made)
    assert found_in(made) == [identifier]
    wrong = catalogue()[identifier].level == "error"
    assert (verify(made).state == "refused") is wrong


@pytest.mark.parametrize("identifier", TAMPERED)
def test_the_exit_code_says_refused_or_unscored(identifier: str, made: Path, qawl: Command) -> None:
    assert qawl("submit", "verify", made).code == 0
    TAMPERED[identifier](made)
    outcome = qawl("submit", "verify", made)
    codes = {"submission-gold": 4, "submission-scorer": 0}
    assert outcome.code == codes.get(identifier, 1)
    assert f"[{identifier}]" in outcome.err


def test_figures_come_from_the_predictions_even_if_all_claims_agree(made: Path) -> None:
    """Somebody empties the predictions and states the true digest; the old claims stay."""
    swap(made, b"".join(encode(Document(id=name)) for name in ("d2", "d3")))
    found = verify(made)
    assert {item.id for item in found.findings} == {"submission-score"}
    assert found.result is not None
    assert found.result["triple.exact"].f1 == 0.0


def test_a_claim_may_be_left_out_but_not_be_wrong(made: Path) -> None:
    edit(made, lambda m: m["scored"]["scores"].pop("quote.exact"))
    assert verify(made).state == "verified"
    edit(made, lambda m: m["scored"]["scores"].update({"type": 0.5}))
    assert found_in(made) == ["submission-score"]


def test_a_signature_is_a_claim_too(made: Path) -> None:
    edit(made, lambda m: m["scored"].update({"signature": "policy:exact"}))
    assert found_in(made) == ["submission-score"]


def test_predictions_on_other_documents_are_refused(made: Path) -> None:
    swap(made, encode(Document(id="d2")))
    (item,) = verify(made).findings
    assert (item.id, item.document) == ("document-missing", "d3")


def test_a_finding_names_the_file_of_the_submission(made: Path) -> None:
    swap(made, b'{"id":"d2"}\n{"id":\n')
    (item,) = verify(made).findings
    assert item.id == "line-json"
    assert item.file.endswith("predictions.jsonl.gz")
    assert item.line == 2


def test_a_track_that_is_not_here_cannot_be_scored(made: Path) -> None:
    edit(made, lambda m: m["scored"].update({"split": "../../etc/passwd"}))
    assert (verify(made).state, found_in(made)) == ("unscored", ["track-unknown"])


def test_several_are_verified_at_once_as_json(made: Path, qawl: Command) -> None:
    other = submit(made.parents[1], "tiny-2")
    TAMPERED["submission-score"](other)
    outcome = qawl("submit", "verify", made, other, "--json")
    assert outcome.code == 1
    first, second = json.loads(outcome.out)
    assert (first["state"], second["state"]) == ("verified", "refused")
    assert first["scores"]["triple.exact"] == 1.0
    assert [item["id"] for item in second["findings"]] == ["submission-score"]


def test_usage_is_refused(qawl: Command) -> None:
    assert qawl("submit", "verify").code == 2
    assert qawl("submit", "verify", "x", "--alone").code == 2


class TestStandOffGold:
    """Gold without texts, as real news has it."""

    @pytest.fixture
    def texts(self, data: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Strips the gold; the texts are at hand until the variable names another folder."""
        folder = tmp_path / "texts"
        strip_texts(data.gold(), folder)
        monkeypatch.setenv("QAWL_TEXTS", str(folder))
        return folder

    @pytest.fixture
    def made(self, texts: Path, tmp_path: Path) -> Path:
        assert texts.is_dir()
        return submit(tmp_path / "submissions")

    @pytest.fixture
    def absent(self, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("QAWL_TEXTS", str(tmp_path / "nowhere"))
        return made

    def test_is_verified_where_the_texts_are(self, made: Path) -> None:
        assert verify(made).state == "verified"

    def test_says_plainly_that_nothing_was_scored_where_they_are_not(
        self, absent: Path, qawl: Command
    ) -> None:
        assert (verify(absent).state, found_in(absent)) == ("unscored", ["texts-absent"])
        outcome = qawl("submit", "verify", absent)
        assert outcome.code == 4
        assert "[texts-absent]" in outcome.err
        assert "unscored" in outcome.out

    def test_hashes_are_checked_all_the_same(self, absent: Path) -> None:
        TAMPERED["submission-hash"](absent)
        assert found_in(absent) == ["submission-hash"]

    def test_other_texts_are_refused(self, made: Path, texts: Path) -> None:
        (texts / "paper" / "d2.txt").write_text("نص آخر", encoding="utf-8")
        assert verify(made).state == "refused"
        assert found_in(made) == ["text-hash"]

    def test_no_piece_of_an_article_comes_in_by_way_of_names(self, made: Path) -> None:
        words = " ".join(["كلمة"] * 8)
        quote = Attribution(quote=((0, 3),))
        entity = Entity(id="e", name=words, kind="person", mentions=((0, 3),))
        for document in (
            Document(id="d2", entities=(entity,)),
            Document(id="d2", attributions=(replace(quote, name=words),)),
            Document(id="d2", meta={"note": words}),
            Document(id="d2", meta={"notes": ["x", words]}),
        ):
            swap(made, encode(document) + encode(Document(id="d3")))
            assert found_in(made) == ["submission-article"]
        named = replace(entity, name=words.removesuffix(" كلمة"))
        swap(made, encode(Document(id="d2", entities=(named,))) + encode(Document(id="d3")))
        assert "submission-article" not in found_in(made)

    def test_cannot_be_packaged_without_texts(
        self, absent: Path, tmp_path: Path, qawl: Command
    ) -> None:
        path = tmp_path / "mine.jsonl"
        path.write_bytes(b'{"id":"d2"}\n{"id":"d3"}\n')
        words = "--name N --version 1 --author A --description D --kind rules --licence X"
        words += " --training-data none --contact C"
        outcome = qawl("submit", "package", path, *words.split(), "-o", absent.parents[1])
        complains(outcome, 3, "[texts-absent]")


def test_the_digest_of_gold_ignores_its_order_and_needs_no_texts(
    data: Folder, tmp_path: Path
) -> None:
    before = digest("core", "test")
    lines = data.gold().read_bytes().splitlines(keepends=True)
    data.gold().write_bytes(b"".join(reversed(lines)))
    assert digest("core", "test") == before
    strip_texts(data.gold(), tmp_path / "texts")
    assert digest("core", "test") != before


def test_counts_are_kept_whole(made: Path) -> None:
    found = verify(made)
    kept = counts.decode(counts.encode(found.counts), "counts.json")
    assert kept == found.counts
    assert found.result is not None
    assert (kept.result().rows == found.result.rows).all()
    assert kept.result().signature == found.result.signature
    ours = {(s.field, s.label): s.rows.tolist() for s in kept.result().slices}
    assert ("type", "indirect") in ours


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update({"rows": [[1, 2]]}),
        lambda m: m.update({"measures": ["no.such"] * len(m["measures"])}),
        lambda m: m.update({"signature": {"gold": "x"}}),
        lambda m: m["slices"][0].update({"places": [99999]}),
        lambda m: m["slices"][0].update({"rows": [[2**70] * 4]}),
    ],
)
def test_counts_that_cannot_be_are_refused(change: object, made: Path) -> None:
    plain = json.loads(counts.encode(verify(made).counts))
    change(plain)  # type: ignore[operator]
    with pytest.raises(Exception, match="submission-counts"):
        counts.decode(json.dumps(plain).encode(), "counts.json")
