"""What the peers stand on: words, pairs of documents, alignments, formats."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from qawl import Attribution, Document
from qawl.peers.alignment import Worth, one_to_one
from qawl.peers.crouse import maximum
from qawl.peers.formats import from_spkatt, to_citron, to_gendergap, to_spkatt, with_cues
from qawl.peers.layout import pair, sheets

TEXT = "وقال زيد: «المطر أنقذ الموسم»."
ITEM = Attribution(quote=((10, 29),), cue=((1, 4),), speaker=((5, 8),), type="direct")
GOLD = Document(id="d", text=TEXT, attributions=(ITEM,))


def test_parts_are_words_and_clitics_are_widened() -> None:
    (sheet,) = sheets([GOLD], [], as_published=False)
    (item,) = sheet.gold
    assert [sorted(part.words) for part in item[:3]] == [[2, 3, 4], [0], [1]]
    assert item.quote.spans == ((2, 5),)
    assert sheet.predicted == []


def test_a_part_without_a_word_is_something_all_the_same() -> None:
    marks = replace(GOLD, attributions=(replace(ITEM, quote=((10, 11),), cue=((28, 29), (1, 4))),))
    (sheet,) = sheets([marks], [marks], as_published=False)
    assert len(sheet.gold[0].quote.words) == 1
    assert sheet.gold[0].quote.words.isdisjoint(range(5))
    assert sheet.gold[0].cue.spans == ((0, 1),)


@pytest.mark.parametrize(
    ("gold", "predicted", "message"),
    [
        ([replace(GOLD, text=UNSET)], [], "has no text"),
        ([GOLD], [Document(id="x")], "has no document x"),
        ([GOLD, GOLD], [], "comes twice"),
        ([GOLD], [Document(id="d", attributions=(replace(ITEM, quote=((5, 99),)),))], "no span"),
    ],
)
def test_wrong_input_is_refused(
    gold: list[Document], predicted: list[Document], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        pair(gold, predicted, as_published=False)


def test_as_published_unknown_documents_are_ignored_and_the_last_of_an_id_counts() -> None:
    last = Document(id="d", attributions=(ITEM, ITEM))
    (found,) = pair([GOLD], [Document(id="x"), GOLD, last], as_published=True)
    assert found.predicted == last


weights = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=0, max_size=4)


@given(weights, st.permutations(range(3)))
def test_the_alignment_is_the_best_and_knows_no_order(
    gain: list[list[int]], order: list[int]
) -> None:
    rows, columns = [(n,) for n in range(len(gain))], [(n,) for n in range(3)]
    found = one_to_one(rows, columns, lambda a, b: Worth(gain[a][b]))
    best = max(
        sum(row[c] for row, c in zip(gain, chosen, strict=False) if c is not None)
        for chosen in permutations([0, 1, 2, *[None] * len(gain)], len(gain))
    )
    assert sum(gain[a][b] for a, b in found) == best
    assert all(gain[a][b] for a, b in found)
    again = one_to_one(
        rows[::-1], [(n,) for n in order], lambda a, b: Worth(gain[len(gain) - 1 - a][order[b]])
    )
    assert sorted((len(gain) - 1 - a, order[b]) for a, b in again) == found


@pytest.mark.parametrize(
    ("gain", "pairs"),
    [  # what scipy 1.17 answers
        ([], []),
        ([[]], []),
        ([[0.0, 0.0], [0.0, 0.0]], [(0, 0), (1, 1)]),
        ([[0.0, 1.0, 1.0]], [(0, 1)]),
        ([[1.0], [1.0], [0.0]], [(0, 0)]),
        ([[1.0, 0.0, 1.0], [1.0, 1.0, 0.0]], [(0, 0), (1, 1)]),
        ([[0.0, 0.0, 0.5, 0.0]] * 2 + [[0.0] * 4], [(0, 2), (1, 1), (2, 0)]),
        ([[0.5, 0.0], [0.5, 0.0], [0.0, 0.0], [0.0, 0.0]], [(0, 0), (1, 1)]),
    ],
)
def test_ties_fall_as_in_scipy(gain: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    assert maximum(gain) == pairs


def test_formats() -> None:
    predicted = [Document(id="d", attributions=(replace(ITEM, speaker=()),))]
    ours, theirs = to_spkatt([GOLD], predicted)
    assert ours["d"]["annotations"][0]["quote"] == {"tokenIds": [2, 3, 4]}
    assert theirs["d"]["annotations"][0]["speaker"] == {"tokenIds": []}
    ours, _ = to_citron([GOLD], predicted)
    assert ours["d"]["text"] == "0 وقال زيد المطر أنقذ الموسم"
    assert ours["d"]["quotes"][0]["cue"] == {"start": 2, "end": 6}
    assert ours["d"]["quotes"][0]["contents"] == [{"start": 11, "end": 28}]
    found, other = to_gendergap([GOLD], predicted)
    assert found["d"][0]["quote_index"] == "(10,29)"
    assert (other["d"][0]["speaker_index"], other["d"][0]["verb"]) == ("", "قال")


def test_citron_has_no_place_for_a_quote_without_a_cue() -> None:
    bare = replace(GOLD, attributions=(replace(ITEM, cue=()), ITEM))
    with pytest.raises(ValueError, match="without a cue"):
        to_citron([bare], [])
    assert with_cues([bare]) == [GOLD]


def test_german_gold_comes_without_its_words() -> None:
    raw = {
        "sentences": [{"end": 3}, {"end": 6}],
        "annotations": [
            {"quote": {"tokenIds": [2, 0, 1, 4]}, "cue": {"tokenIds": [3]}, "type": "Reported"}
        ],
    }
    found = from_spkatt("de", raw)
    (item,) = found.attributions
    assert (item.quote, item.cue, item.speaker, item.type) == (
        ((0, 8), (12, 14)), ((9, 11),), (), "mixed",
    )  # fmt: skip
