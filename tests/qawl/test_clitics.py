"""What may be cut off a word: glued particles before it, glued pronouns behind it."""

from __future__ import annotations

import pytest

from qawl.clitics import is_enclitic, is_proclitic


@pytest.mark.parametrize(
    "piece", ["", *"وفبكلسأ", "ال", "لل", "وال", "بال", "فبال", "كال", "ولل", "وس", "أو", "أفب"]
)
def test_particles_before_a_word(piece: str) -> None:
    assert is_proclitic(piece)


@pytest.mark.parametrize("piece", ["م", "بو", "سب", "الو", "من", "قا", "وو", "a", "1", "«", "بب"])
def test_no_particles(piece: str) -> None:
    assert not is_proclitic(piece)


@pytest.mark.parametrize(
    "piece", ["", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "ي", "ني", "نا"]
)
def test_pronouns_behind_a_word(piece: str) -> None:
    assert is_enclitic(piece)


@pytest.mark.parametrize("piece", ["ة", "ون", "ات", "هو", "ا", "هاا", "nا", "2"])
def test_no_pronouns(piece: str) -> None:
    assert not is_enclitic(piece)


@pytest.mark.parametrize("piece", ["بـ", "وَ", "بِـ", "و\u200d", "ـ", "لِلـ"])
def test_vowel_signs_tatweel_and_joiners_do_not_count(piece: str) -> None:
    assert is_proclitic(piece)


def test_vowel_signs_do_not_count_behind_a_word_either() -> None:
    assert is_enclitic("هُمْ")
