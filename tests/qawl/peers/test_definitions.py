"""Each peer on small composed inputs: figures worked out by hand, and figures of the real code.

The frozen figures are what the published code gave for these very inputs, run by
scripts/compare_peers.py (docs/peers.md names the commits); only the numbers are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET

from qawl import Attribution, Document
from qawl.peers import PEERS, peer_named

if TYPE_CHECKING:
    from qawl.records import QuoteType, Spans

WIDTH = len("كلمة00") + 1
TEXT = " ".join(f"كلمة{number:02}" for number in range(40))


def spans(*words: int | range) -> Spans:
    """Spans over the text's words: a number is a word, a range a stretch."""
    stretches = [word if isinstance(word, range) else range(word, word + 1) for word in words]
    return tuple((WIDTH * s.start, WIDTH * s.stop - 1) for s in stretches)


def said(
    quote: Spans,
    cue: Spans = (),
    speaker: Spans = (),
    type: QuoteType = "direct",  # noqa: A002
) -> Attribution:
    return Attribution(quote=quote, cue=cue, speaker=speaker, type=type)


def gold(*items: Attribution, id: str = "a") -> Document:  # noqa: A002
    return Document(id=id, text=TEXT, attributions=items)


def predicted(*items: Attribution, id: str = "a") -> Document:  # noqa: A002
    return Document(id=id, text=UNSET, attributions=items)


FIRST = said(spans(range(4)), spans(5), spans(range(6, 8)))
OUTER = said(spans(range(10, 20)), spans(20), spans(21), "indirect")
INNER = said(spans(range(13, 20)), spans(12), spans(range(10, 12)), "indirect")
BROKEN = said(spans(range(25, 28), range(30, 33)), spans(28), (), "mixed")
ALL = (FIRST, OUTER, INNER, BROKEN)

SHORT = said(spans(range(1, 4)), spans(5), spans(7))
AWAY = said(spans(range(34, 38)), spans(20), spans(21), "indirect")
NEXT_CUE = said(spans(range(13, 20)), spans(13), spans(range(10, 12)))
TURNED = said(spans(range(30, 33), range(25, 28)), spans(28), (), "mixed")
NOISE = (SHORT, AWAY, NEXT_CUE, TURNED, TURNED)
DISPLACED = tuple(
    Attribution(quote=spans(39), cue=i.cue, speaker=i.speaker, type=i.type) for i in ALL
)

CASES = {
    "itself": ([gold(*ALL)], [predicted(*ALL)]),
    "noise": ([gold(*ALL)], [predicted(*NOISE)]),
    "noise turned": ([gold(*ALL)], [predicted(*NOISE[::-1])]),
    "gold turned": ([gold(*ALL[::-1])], [predicted(*NOISE)]),
    "copies": ([gold(*ALL)], [predicted(*ALL * 3)]),
    "missing": ([gold(*ALL), gold(FIRST, id="b")], [predicted(*NOISE)]),
    "displaced": ([gold(*ALL)], [predicted(*DISPLACED)]),
}


def check(peer: str, case: str, wanted: dict[str, float], *, as_published: bool) -> None:
    found = PEERS[peer].score(*CASES[case], as_published=as_published)
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=6e-5)


SPKATT: dict[str, dict[str, float]] = {
    "itself": {"quotes.f1": 1, "roles.f1": 1, "joint.f1": 1, "form.f1": 1},
    "noise": {"quotes.precision": 0.6, "quotes.recall": 0.6875, "roles.precision": 0.75,
              "roles.recall": 11 / 14, "joint.f1": 0.72, "form.precision": 0.6},
    "noise turned": {"quotes.f1": 0.64078, "roles.precision": 0.5, "roles.recall": 0.5,
                     "joint.f1": 0.55292, "form.precision": 0.4},
    "gold turned": {"roles.f1": 0.76744, "form.recall": 0.75},
    "copies": {"quotes.precision": 1 / 3, "quotes.recall": 1, "roles.precision": 1 / 3},
    "missing": {"quotes.recall": 0.55, "roles.recall": 11 / 18, "joint.recall": 33 / 56},
    "displaced": {"quotes.f1": 0, "roles.f1": 1, "joint.f1": 7 / 11, "form.f1": 1},
}  # fmt: skip
CITRON: dict[str, dict[str, float]] = {
    "itself": {"quotes.exact.f1": 1, "content.overlap.precision": 1.5185,
               "content.overlap.recall": 1.5185, "quotes.overlap.f1": 1.3889},
    "noise": {"cue.exact.precision": 0.8, "cue.exact.recall": 0.8, "cue.overlap.recall": 1,
              "source.exact.f1": 0.8, "source.overlap.recall": 0.8,
              "content.exact.precision": 0.2, "content.exact.recall": 0.25,
              "content.overlap.precision": 1.1154, "quotes.exact.f1": 0,
              "quotes.overlap.precision": 1.0278, "quotes.overlap.recall": 1.0571},
    "copies": {"cue.exact.precision": 1, "cue.exact.recall": 1, "cue.overlap.recall": 3,
               "cue.overlap.f1": 1.5, "content.overlap.recall": 4.5556,
               "quotes.overlap.precision": 4.1667, "quotes.overlap.recall": 1.3889},
    "missing": {"cue.exact.recall": 0.6667, "source.overlap.recall": 0.5714,
                "quotes.overlap.precision": 0.8605},
    "displaced": {"cue.exact.f1": 1, "source.exact.f1": 1, "content.exact.f1": 0,
                  "quotes.overlap.precision": 0.25, "quotes.overlap.recall": 0.6923},
}  # fmt: skip
GENDERGAP: dict[str, dict[str, float]] = {
    "itself": {"quotes@0.3.f1": 1, "quotes@0.8.f1": 1, "speaker@0.8.accuracy": 0.75},
    "noise": {"quotes@0.3.precision": 0.75, "quotes@0.3.recall": 0.75, "quotes@0.8.f1": 0.5,
              "speaker@0.3.accuracy": 0.33333, "verb@0.3.accuracy": 0.66667},
    "gold turned": {"speaker@0.3.accuracy": 0.66667, "verb@0.8.accuracy": 0.5},
    "copies": {"quotes@0.3.precision": 1, "quotes@0.8.recall": 1, "verb@0.8.accuracy": 1},
    "missing": {"quotes@0.3.recall": 0.75, "quotes@0.8.recall": 0.5},
}  # fmt: skip
FROZEN = {"spkatt": SPKATT, "citron": CITRON, "gendergap": GENDERGAP}


@pytest.mark.parametrize(
    ("peer", "case"), [(peer, case) for peer, cases in FROZEN.items() for case in cases]
)
def test_as_published_gives_the_figures_of_the_published_code(peer: str, case: str) -> None:
    check(peer, case, FROZEN[peer][case], as_published=True)


# By hand, from the descriptions. NOISE against ALL: SHORT finds FIRST (3 of 4 words, cue right,
# 1 of 2 words of the speaker); NEXT_CUE finds INNER (quote and speaker right, cue wrong, type
# wrong); one TURNED finds BROKEN; AWAY, whose roles are OUTER's, and the other TURNED find nothing.


def test_spkatt_without_credit_for_roles_of_a_missed_quote() -> None:
    wanted = {
        "quotes.precision": (1 + 1 + 1) / 5,
        "quotes.recall": (3 / 4 + 1 + 1) / 4,
        # Cues: right, wrong, right, and two unassigned; speakers: right twice, one unassigned.
        "roles.precision": (2 + 2) / 8,
        "roles.recall": (2 + 1 / 2 + 1) / 7,
        "form.precision": 2 / 5,
        "form.recall": 2 / 4,
    }
    for case in ("noise", "noise turned", "gold turned"):
        check("spkatt", case, wanted, as_published=False)
    check("spkatt", "displaced", {"roles.f1": 0, "joint.f1": 0, "form.f1": 0}, as_published=False)


def test_spkatt_breaks_ties_by_type_and_never_trades_overlap_for_it() -> None:
    # One gold quote of 200 words would be given to the worse prediction for the sake of 0.01.
    long = Document(
        id="a",
        text=" ".join(f"w{number:03}" for number in range(200)),
        attributions=(said(((0, 999),)),),
    )
    worse = said(((0, 994),))
    better = said(((0, 999),), type="indirect")
    found = PEERS["spkatt"].score([long], [predicted(worse, better)])
    assert found["quotes.recall"] == 1
    assert found["form.recall"] == 0
    published = PEERS["spkatt"].score([long], [predicted(worse, better)], as_published=True)
    assert published["quotes.recall"] == pytest.approx(199 / 200)


def test_citron_one_to_one() -> None:
    wanted = {
        # Cues of SHORT, AWAY and one TURNED are right.
        "cue.exact.precision": 3 / 5,
        "cue.exact.recall": 3 / 4,
        # Where cues share a word: AWAY's source and TURNED's (none) are right, SHORT's is not.
        "source.exact.precision": 2 / 5,
        "content.exact.precision": 1 / 5,
        "content.exact.recall": 1 / 4,
        "quotes.exact.recall": 1 / 4,
    }
    for case in ("noise", "noise turned", "gold turned"):
        check("citron", case, wanted, as_published=False)


def test_citron_counts_words_over_the_alignment() -> None:
    # SHORT shares 3 + 1 + 1, AWAY 0 + 1 + 1 with OUTER, NEXT_CUE 7 + 0 + 2, TURNED 6 + 1 + 0.
    shared, theirs, ours = 5 + 2 + 9 + 7, 5 + 6 + 10 + 7 + 7, 7 + 12 + 10 + 7
    wanted = {"quotes.overlap.precision": shared / theirs, "quotes.overlap.recall": shared / ours}
    check("citron", "noise", wanted, as_published=False)
    check("citron", "itself", {"quotes.overlap.recall": 1}, as_published=False)
    check("citron", "copies", {"quotes.overlap.precision": 1 / 3}, as_published=False)


def test_citron_settles_ties_of_tokens_by_those_of_sources() -> None:
    """Both predictions share two words with the gold; either way round it is the same."""
    one = said(spans(range(1, 3)), speaker=spans(9))
    others = (said(spans(range(1, 3))), said(spans(1), speaker=spans(9)))
    for some in (others, others[::-1]):
        forth = PEERS["citron"].score([gold(one)], [predicted(*some)])
        back = PEERS["citron"].score([gold(*some)], [predicted(one)])
        assert forth["source.overlap.recall"] == back["source.overlap.precision"] == 1


def test_citron_takes_an_absent_cue_for_an_absent_cue() -> None:
    silent = said(spans(1), (), spans(3))
    gives = PEERS["citron"].score([gold(silent)], [predicted(silent)])
    assert gives["cue.exact.f1"] == gives["quotes.exact.f1"] == gives["cue.overlap.f1"] == 1
    published = PEERS["citron"].score([gold(silent)], [predicted(silent)], as_published=True)
    assert published["cue.exact.f1"] == published["quotes.exact.f1"] == 0


def test_gendergap_one_to_one() -> None:
    # SHORT covers 20 of FIRST's 27 characters (over 0.3, under 0.8); NEXT_CUE all of INNER.
    wanted = {
        "quotes@0.3.precision": 3 / 5,
        "quotes@0.3.recall": 3 / 4,
        "quotes@0.8.precision": 2 / 5,
        "quotes@0.8.recall": 2 / 4,
        "speaker@0.3.accuracy": 1,
        "verb@0.3.accuracy": 2 / 3,
        "speaker@0.8.accuracy": 1,
        "verb@0.8.accuracy": 1 / 2,
    }
    for case in ("noise", "noise turned", "gold turned"):
        check("gendergap", case, wanted, as_published=False)
    check("gendergap", "missing", {"quotes@0.3.recall": 3 / 5}, as_published=False)


def test_gendergap_asks_for_more_than_the_threshold() -> None:
    ours = said(((0, 10),))
    for end, right in ((3, 0.0), (4, 1.0)):
        found = PEERS["gendergap"].score([gold(ours)], [predicted(said(((0, end),)))])
        assert found["quotes@0.3.f1"] == right
        assert found["quotes@0.8.f1"] == 0


def test_parc_counts_every_role_for_itself() -> None:
    wanted = {
        "content.strict.precision": 2 / 5,
        "content.strict.recall": 2 / 4,
        "content.partial.precision": 3 / 5,
        "content.partial.recall": (3 / 4 + 1 + 1) / 4,
        "cue.strict.precision": 3 / 5,
        "cue.strict.recall": 3 / 4,
        # Three sources each: AWAY's and NEXT_CUE's are right, SHORT's is half of FIRST's.
        "source.strict.precision": 2 / 3,
        "source.partial.precision": 1,
        "source.partial.recall": (1 / 2 + 1 + 1) / 3,
    }
    for case in ("noise", "noise turned", "gold turned"):
        check("parc", case, wanted, as_published=False)
    # Contiguous spans in a set, over all pairs: NEXT_CUE's content meets OUTER's and INNER's.
    spans_of_it = {
        "content.strict.precision": 3 / 5,
        "content.partial.precision": (1 + 0 + 2 + 1 + 1) / 5,
        "content.partial.recall": (3 / 4 + 7 / 10 + 1 + 1 + 1) / 5,
    }
    check("parc", "noise", spans_of_it, as_published=True)
    check("parc", "itself", {"content.partial.f1": (5 + 1.7 / 1) / 5}, as_published=True)


@pytest.mark.parametrize("peer", PEERS)
def test_empty_input_is_defined(peer: str) -> None:
    score = PEERS[peer].score
    assert all(
        value == (0 if name.endswith("accuracy") else 1)
        for name, value in score([gold()], [predicted()]).items()
    )
    for as_published in (False, True):
        assert score([], [], as_published=as_published)
        nothing = score([gold(*ALL)], [], as_published=as_published)
        assert all(value == 0 for name, value in nothing.items() if name.endswith("recall"))
        invented = score([gold()], [predicted(*ALL)], as_published=as_published)
        assert all(value == 0 for name, value in invented.items() if name.endswith("precision"))
        assert score([gold(*ALL)], [predicted()], as_published=as_published)


def test_what_is_unanswered_counts_as_empty() -> None:
    bare = Attribution(quote=FIRST.quote)
    for peer in PEERS.values():
        for as_published in (False, True):
            found = peer.score([gold(FIRST)], [predicted(bare)], as_published=as_published)
            empty = said(FIRST.quote)
            known = peer.score([gold(FIRST)], [predicted(empty)], as_published=as_published)
            known = {k: v for k, v in known.items() if not k.startswith("form")}
            assert {k: v for k, v in found.items() if not k.startswith("form")} == known


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError, match="spkatt, citron"):
        peer_named("nobody")
