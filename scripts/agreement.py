"""Agreement of two independent annotations before settling: docs/agreement.md.

python scripts/agreement.py [--differences core|wire] [--check]

--differences lists every document's attributions that only one layer has.
The part about `wire` needs its texts (`qawl data fetch wire`); without them it stays as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import environment
from qawl.agreement import MEASURES, agreement
from qawl.authoring import build_file, texts_from
from qawl.authoring.build import source_files
from qawl.findings import InputError
from qawl.reading import read
from qawl.scoring import score_documents
from qawl.texts import attached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qawl.records import Attribution, Document, Spans

    Layers = tuple[list[Document], list[Document]]

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "data" / "sources"
PAGE = ROOT / "docs" / "agreement.md"
PHENOMENA = ("type", "cue", "speaker", "nesting", "continuity", "paragraphs", "length", "marks")
SLICED = ("quote.exact", "quote.relaxed", "triple.exact", "triple.relaxed")

HEAD = """# Agreement before anything was settled

Two independent annotations of the same texts, made by the [guide](guide.md) by annotators who had
not seen each other's: F1 in per cent by our own scorer (boundaries to the word), and
Krippendorff's alpha over words for each role, which compares with the literature (PolNeAR reports
alpha 75.4; SpkAtt-2023 overlap F1 of 83 for cues and 74 for roles). Texts of `core` and both
annotations of both tracks were made by **language models, not by people**: such agreement measures
how consistently the guide is applied, and is higher than people's would be. This page is made by
`python scripts/agreement.py`.
"""
ABOUT = {
    "core": """
The author's annotation against a second one, made from the bare text and the guide. Layers:
`data/sources/core.author` and `data/sources/core.second`.
""",
    "wire": """
Real articles; one annotator went article by article, the other role by role and in another order.
Layers, as offsets: `data/sources/wire.first.jsonl` and `data/sources/wire.second.jsonl`.
""",
}


def core() -> Layers:
    """The author's layer and the second one, in the order of the ids."""
    texts = texts_from(SOURCES / "core.author")
    first = [build_file(path) for path in source_files(SOURCES / "core.author")]
    second = [build_file(path, texts) for path in source_files(SOURCES / "core.second")]
    return first, second


def wire() -> Layers:
    """Both layers with their texts."""
    first, second = (attached(read(SOURCES / f"wire.{n}.jsonl")) for n in ("first", "second"))
    return first, second


TRACKS: dict[str, Callable[[], Layers]] = {"core": core, "wire": wire}
GROUPS = {"core": ("split", "register"), "wire": ("split", "outlet")}


def section(track: str, first: list[Document], second: list[Document]) -> str:
    """What there is to say of a track: all documents, groups of them, and phenomena."""
    groups = {"all": [document.id for document in first]}
    for field in GROUPS[track]:
        for value in sorted({str(document.meta[field]) for document in first}):
            groups[value] = [d.id for d in first if d.meta[field] == value]
    found = {
        name: agreement([d for d in first if d.id in ids], [d for d in second if d.id in ids])
        for name, ids in groups.items()
    }
    names = [*MEASURES, *(name for name in found["all"] if name not in MEASURES)]
    rows = [(name, *(f"{100 * found[group][name]:.1f}" for group in groups)) for name in names]
    counts = ("documents", *(str(len(ids)) for ids in groups.values()))
    return "\n".join(
        [
            f"\n## `{track}`",
            ABOUT[track],
            *_table(("", *groups), [counts, *rows]),
            "\n### By phenomenon\n",
            "An attribution belongs where its own layer puts it; `n` counts the first layer's.\n",
            *_table(("", "n", *SLICED), _phenomena(first, second)),
            "",
        ]
    )


def _phenomena(first: list[Document], second: list[Document]) -> Iterator[tuple[str, ...]]:
    result = score_documents(second, first, measures=SLICED, by=PHENOMENA)
    for group in result.report(resamples=1).slices:
        values = [f"{100 * row.value:.1f}" for row in group.rows]
        yield f"{group.field} = {group.label}", str(group.rows[0].gold), *values


def _table(
    head: Sequence[str], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]
) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows)]


def page() -> str:
    """The page; a track whose texts are not here keeps what the page says of it."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    parts = [HEAD]
    for track, layers in TRACKS.items():
        try:
            parts.append(section(track, *layers()))
        except InputError as error:
            if any(item.id not in ("texts-absent", "file-unreadable") for item in error.findings):
                raise
            _, heading, rest = old.partition(f"\n## `{track}`")
            parts.append(heading + rest.partition("\n## ")[0])
    return "".join(parts)


def differences(first: list[Document], second: list[Document]) -> Iterator[str]:
    """What only one layer has, readable."""
    for ours, theirs in zip(first, second, strict=True):
        text = str(ours.text)
        left, right = ({_shown(text, item, d) for item in d.attributions} for d in (ours, theirs))
        marks = [{(d.span, d.kind) for d in document.distractors} for document in (ours, theirs)]
        if left == right and marks[0] == marks[1]:
            continue
        yield f"== {ours.id}"
        yield from (f"  first   {item}" for item in sorted(left - right))
        yield from (f"  second  {item}" for item in sorted(right - left))
        for name, some in (("first ", marks[0] - marks[1]), ("second", marks[1] - marks[0])):
            yield from (f"  {name}  distractor {text[slice(*span)]} {kind}" for span, kind in some)


def _shown(text: str, item: Attribution, document: Document) -> str:
    kinds = {entity.id: f"{entity.name} ({entity.kind})" for entity in document.entities}
    parts = [_piece(text, part) for part in (item.quote, item.cue, item.speaker)]
    quote, cue, speaker = parts
    entity = kinds.get(str(item.entity), "?")
    return f"[{min(item.quote)[0]:5}] {item.type} | {cue} | {speaker} | {quote} | = {entity}"


def _piece(text: str, spans: object) -> str:
    known: Spans = spans if isinstance(spans, tuple) else ()
    return " … ".join(text[start:end].replace("\n", "⏎") for start, end in known) or "∅"


def main(options: list[str]) -> int:
    """Write the page, or list the differences, or check that the page is current."""
    environment.use_texts()
    if "--differences" in options:
        track = options[-1] if options[-1] in TRACKS else "core"
        print("\n".join(differences(*TRACKS[track]())))
        return 0
    content = page()
    if "--check" in options:
        if PAGE.read_text(encoding="utf-8") != content:
            print("docs/agreement.md is stale; run scripts/agreement.py")
            return 1
        return 0
    PAGE.write_text(content, encoding="utf-8")
    print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
