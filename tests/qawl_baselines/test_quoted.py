"""The floor: every string in marks is speech of the last that was named."""

from __future__ import annotations

from qawl.records import Document
from qawl_baselines.quoted import Quoted


def found(text: str) -> list[tuple[str, str, str, str]]:
    """Cue, speaker, entity's name and quote of each attribution."""
    document = next(Quoted().predict([Document(id="a", text=text)]))
    names = {entity.id: entity.name for entity in document.entities}

    def words(spans: object) -> str:
        assert isinstance(spans, tuple)
        return " / ".join(text[start:end] for start, end in spans)

    return [
        (words(item.cue), words(item.speaker), names[str(item.entity)], words(item.quote))
        for item in document.attributions
    ]


def test_cue_and_name_before_the_marks() -> None:
    assert found("وقال سامر الهدباني في بيان: «السفن عادت».") == [
        ("وقال", "سامر الهدباني", "سامر الهدباني", "«السفن عادت»")
    ]


def test_whoever_was_named_last() -> None:
    text = "قال الهدباني «نعم». ثم عاد إلى حي «النخيل»."
    assert found(text)[1] == ("", "", "الهدباني", "«النخيل»")


def test_nobody_was_named() -> None:
    assert found("حي «النخيل»") == [("", "", "مصدر غير مسمى", "«النخيل»")]


def test_of_nested_marks_the_outer() -> None:
    assert [row[3] for row in found('قال الهدباني "رأيت «البحر» اليوم".')] == [
        '"رأيت «البحر» اليوم"'
    ]
