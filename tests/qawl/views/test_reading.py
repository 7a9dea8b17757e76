"""Who said what on a screen: order, width, and nothing that a terminal would obey."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from qawl import Attribution, Distractor, Document, Entity
from qawl.views.bidi import clean, columns, isolate, wrap
from qawl.views.reading import print_document
from support.newsroom import PLAIN, article

RLI, FSI, PDI = "\u2067", "\u2068", "\u2069"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
HOSTILE = "\x1b]0;title\x07\x1b[2J\u202e\u2066\u2069\u2067\u200f\r\b\x00\x9b31m\u2028\ufeff"
LONG = "المزارع " * 60


def shown(document: Document, *, terminal: bool = False, width: int = 80) -> str:
    """What is printed, colours taken off."""
    stream = StringIO()
    console = Console(
        file=stream, force_terminal=terminal, width=width, markup=False, emoji=False,
        highlight=False, legacy_windows=False, color_system="standard" if terminal else None,
    )  # fmt: skip
    print_document(document, console)
    return COLOUR.sub("", stream.getvalue())


def saying(quote: str, *, speaker: str = "سالم", **more: object) -> Document:
    """A document in which somebody says something."""
    text = f"{speaker} قال {quote}"
    start = len(speaker) + 5
    item = Attribution(
        quote=((start, len(text)),),
        cue=((len(speaker) + 1, len(speaker) + 4),),
        speaker=((0, len(speaker)),) if speaker else (),
        type="direct",
    )
    return Document(id="d1", text=text, attributions=(replace(item, **more),))


def lines_with(label: str, printed: str) -> list[str]:
    return [line for line in printed.splitlines() if line.strip().startswith(label)]


# ------------------------------------------------------------------------------------ in a pipe
def test_a_pipe_gets_plain_text() -> None:
    assert shown(article()) == (
        "d1: 1 attribution\n"
        "\n"
        "  1  indirect\n"
        "     who     المزارع سالم الراوي\n"
        "     cue     قال\n"
        "     quote   المطر أنقذ الموسم\n"
        "\n"
    )


def test_a_pipe_gets_every_part_on_one_line() -> None:
    (line,) = lines_with("quote", shown(saying(LONG.strip())))
    assert line.endswith(LONG.strip())


def test_a_pipe_gets_no_escape_sequences_and_no_isolates() -> None:
    assert not CONTROLS.search(shown(saying("شكرا")))


def test_attributions_come_in_the_order_of_the_text() -> None:
    items = (
        Attribution(quote=((4, 11),), cue=()),
        Attribution(quote=((0, 3),), cue=()),
        Attribution(quote=(), cue=()),
    )
    printed = shown(Document(id="d1", text=PLAIN, attributions=items))
    assert [line.split()[1:] for line in lines_with("quote", printed)] == [[], ["قال"], ["المزارع"]]
    assert printed.startswith("d1: 3 attributions\n")


def test_pieces_of_a_part_are_joined_in_the_order_of_the_text() -> None:
    item = Attribution(quote=((12, 16), (0, 3)))
    assert "قال … سالم" in shown(Document(id="d1", text=PLAIN, attributions=(item,)))


def test_an_implicit_speaker_shows_who_it_is() -> None:
    entity = Entity(id="e", name="سالم الراوي", kind="person")
    known = replace(saying("شكرا", speaker="", entity="e"), entities=(entity,))
    assert "who     (سالم الراوي)" in shown(known)
    assert "who     (?)" in shown(replace(known, entities=()))
    assert "who     (?)" in shown(saying("شكرا", speaker=""))


def test_a_speaker_whose_name_is_another_shows_both() -> None:
    entity = Entity(id="e", name="سالم الراوي", kind="person")
    printed = shown(replace(saying("شكرا", speaker="المزارع", entity="e"), entities=(entity,)))
    assert "who     المزارع\n       =     سالم الراوي\n" in printed
    assert "=" not in shown(
        replace(saying("شكرا", speaker="سالم الراوي", entity="e"), entities=(entity,))
    )


def test_a_missing_cue_is_a_dash_and_distractors_are_counted() -> None:
    document = replace(saying("شكرا", cue=()), distractors=(Distractor(span=(0, 4), kind="name"),))
    printed = shown(document)
    assert "cue     —" in printed
    assert printed.startswith("d1: 1 attribution, 1 quoted strings that are no speech\n")


def test_a_document_without_text_or_attributions_is_printed() -> None:
    assert shown(Document(id="d1")) == "d1: 0 attributions\n\n"
    item = Attribution(quote=((0, 10**30),))
    assert "quote" in shown(Document(id="d1", attributions=(item,)))


# -------------------------------------------------------------------------------- on a terminal
def test_every_right_to_left_line_is_isolated_and_its_label_is_not() -> None:
    printed = shown(saying(LONG), terminal=True)
    for line in printed.splitlines()[2:]:
        if re.search(r"[\u0600-\u06ff]", line):
            assert re.fullmatch(rf" {{5}}[a-z ]{{8}}{RLI}[^{RLI}{PDI}]+{PDI}", line)


def test_the_id_is_isolated_by_its_own_direction() -> None:
    assert shown(replace(article(), id="مقال-١"), terminal=True).startswith(f"{FSI}مقال-١{PDI}: 1")


@pytest.mark.parametrize("width", [44, 60, 80, 100, 200])
def test_lines_stay_within_the_width(width: int) -> None:
    printed = shown(saying(LONG, speaker=LONG.strip()), terminal=True, width=width)
    assert printed.count("\n") > 10
    for line in printed.splitlines():
        assert columns(CONTROLS.sub("", line)) <= min(width, 100)


def test_the_label_stands_once_and_its_lines_below_each_other() -> None:
    printed = shown(saying(LONG), terminal=True)
    assert len(lines_with("quote", printed)) == 1
    quote = printed[printed.index("quote") :].strip().splitlines()
    assert len({line.index(RLI) for line in [" " * 5 + quote[0], *quote[1:]]}) == 1


def test_nothing_is_lost_by_wrapping() -> None:
    quote = " ".join(f"كلمة{number}" for number in range(100))
    printed = shown(saying(quote), terminal=True)
    assert re.findall(r"كلمة\d+", printed) == quote.split()


# ------------------------------------------------------------------------------- hostile content
@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize(
    "document",
    [
        saying(f"شكرا{HOSTILE}"),
        saying("شكرا", speaker=f"سا{HOSTILE}لم"),
        replace(saying("شكرا"), id=f"d{HOSTILE}1"),
        replace(
            saying("شكرا", speaker="", entity="e"),
            entities=(Entity(id="e", name=f"سالم{HOSTILE}", kind="person"),),
        ),
        replace(
            saying("شكرا", entity=HOSTILE),
            entities=(Entity(id=HOSTILE, name=f"{HOSTILE}زيد", kind="person"),),
        ),
        saying("[bold red]شكرا[/] :smile:"),
        saying("a\nb\r\nc\td"),
    ],
)
def test_nothing_in_a_document_reaches_the_terminal_as_a_command(
    document: Document, terminal: bool
) -> None:
    stream = StringIO()
    print_document(document, Console(file=stream, force_terminal=terminal, width=80))
    printed = COLOUR.sub("", stream.getvalue())
    # The isolates that stand there are the view's own: in pairs, and none inside another.
    own = re.sub(rf"[{RLI}{FSI}]([^{RLI}{FSI}{PDI}]*){PDI}", r"\1", printed)
    assert not CONTROLS.search(own)


def test_what_looks_like_markup_is_text() -> None:
    assert "[bold red]شكرا[/] :smile:" in shown(saying("[bold red]شكرا[/] :smile:"))


# --------------------------------------------------------------------------------------- pieces
@given(st.text())
def test_clean_text_has_no_controls(text: str) -> None:
    assert not CONTROLS.search(clean(text))
    assert "\n" not in clean(text)


@pytest.mark.parametrize("text", ["قَالَ جميـــل", "می\u200cخواهم", "👨\u200d👩", "a «b» 5%", "ﷲ"])
def test_clean_leaves_spelling_alone(text: str) -> None:
    assert clean(text) == text


def test_clean_turns_line_ends_into_spaces() -> None:
    assert clean("a\nb\rc\td\x85e\u2028f\u2029g") == "a b c d e f g"


@given(
    st.lists(st.sampled_from(["قال", "المزارع", "x", "قَالَ", "日本", "ق" * 30])), st.integers(1, 40)
)
def test_wrapping_keeps_every_word_and_the_width(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(columns(line) <= width or " " not in line for line in lines)


def test_vowel_signs_take_no_column_and_wide_letters_two() -> None:
    assert (columns("قَالَ"), columns("日本"), columns("ل\u200dا"), columns("")) == (3, 4, 2, 0)


def test_an_isolate_is_opened_and_closed() -> None:
    assert isolate("قال") == f"{RLI}قال{PDI}"
