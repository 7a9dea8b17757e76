"""Agreement of the two independent annotations of core, before settling: docs/agreement.md.

python scripts/agreement.py [--differences] [--check]

--differences lists every document's attributions that only one layer has.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qawl.agreement import agreement
from qawl.authoring import build_file, texts_from
from qawl.authoring.build import source_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qawl.records import Attribution, Document, Spans

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "data" / "sources"
PAGE = ROOT / "docs" / "agreement.md"


def layers() -> tuple[list[Document], list[Document]]:
    """The author's layer and the second one, in the order of the ids."""
    texts = texts_from(SOURCES / "core.author")
    first = [build_file(path) for path in source_files(SOURCES / "core.author")]
    second = [build_file(path, texts) for path in source_files(SOURCES / "core.second")]
    return first, second


def page(first: list[Document], second: list[Document]) -> str:
    """The page: all documents, then by split and by register."""
    groups = {"all": [document.id for document in first]}
    for field in ("split", "register"):
        for value in sorted({str(document.meta[field]) for document in first}):
            groups[value] = [d.id for d in first if d.meta[field] == value]
    found = {
        name: agreement([d for d in first if d.id in ids], [d for d in second if d.id in ids])
        for name, ids in groups.items()
    }
    lines = [
        "# Agreement on `core` before anything was settled",
        "",
        "The author's annotation against an independent second one, made from the bare text and",
        "the scheme by somebody who had not seen the first. F1 in per cent by our own scorer",
        "(boundaries to the word), and Krippendorff's alpha over words for each role. Both layers",
        "stand in `data/sources/core.author` and `data/sources/core.second`; this page is made by",
        "`python scripts/agreement.py`. Texts and annotations were made by language models: such",
        "agreement measures how consistent the scheme is, and is higher than people's would be.",
        "",
        "| | " + " | ".join(groups) + " |",
        "|---|" + "--:|" * len(groups),
        "| documents | " + " | ".join(str(len(ids)) for ids in groups.values()) + " |",
    ]
    for measure in found["all"]:
        cells = " | ".join(f"{100 * found[name][measure]:.1f}" for name in groups)
        lines.append(f"| {measure} | {cells} |")
    return "\n".join(lines) + "\n"


def differences(first: list[Document], second: list[Document]) -> Iterator[str]:
    """What only one layer has, readable."""
    for ours, theirs in zip(first, second, strict=True):
        text = str(ours.text)
        left, right = ({_shown(text, item, d) for item in d.attributions} for d in (ours, theirs))
        marks = [{(d.span, d.kind) for d in document.distractors} for document in (ours, theirs)]
        if left == right and marks[0] == marks[1]:
            continue
        yield f"== {ours.id}"
        yield from (f"  author  {item}" for item in sorted(left - right))
        yield from (f"  second  {item}" for item in sorted(right - left))
        for name, some in (("author", marks[0] - marks[1]), ("second", marks[1] - marks[0])):
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
    first, second = layers()
    if "--differences" in options:
        print("\n".join(differences(first, second)))
        return 0
    content = page(first, second)
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
