"""What each class of cue and each mechanism of `rules` is worth: the tables in docs/rules.md.

python scripts/ablation.py [--check]

Runs the system on the splits it was developed on (train and dev), whole and without one part at a
time. The texts of `wire` must be here (`qawl data fetch wire`); else nothing is written.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import environment
from pages import filled
from qawl.findings import InputError
from qawl.scoring import score_documents
from qawl.tracks import load
from qawl_baselines.rules import Rules, others, reader, system, verbs
from qawl_baselines.rules.adverbials import fire_adverbial
from qawl_baselines.rules.quotes import extent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qawl.records import Document, Span
    from qawl_baselines.rules.findings import Fired, View

    Patches = Sequence[tuple[object, str, Callable[..., object]]]

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"
SPLITS = [("core", "train"), ("core", "dev"), ("wire", "train"), ("wire", "dev")]
TRACKS = ("core", "wire")
MEASURES = ("quote.relaxed", "speaker.exact", "entity", "type", "triple.relaxed", "triple.exact")


def nothing(*_args: object, **_options: object) -> None:
    """A frame that never fires, a mechanism that finds nothing."""


def no_lists(*_args: object, **_options: object) -> list[object]:
    """The same where a list is expected."""
    return []


def _only(kind: str) -> Callable[..., Fired | None]:
    """Adverbial frames of one kind of cue."""

    def fired(view: View, at: int) -> Fired | None:
        cue = view.form(at).cue
        return fire_adverbial(view, at) if cue is not None and cue.kind == kind else None

    return fired


def _to_the_end(view: View, fired: Fired, _edges: list[int]) -> list[Span]:
    """Contents that end with their sentence."""
    return extent(view, fired, [])


class Part(NamedTuple):
    """A part of the system that can be taken out, by what stands for its functions then."""

    name: str
    patches: Patches


CUES = [
    Part("finite verbs (قال، أعلن)", [(reader, "fire_verb", nothing)]),
    Part("verbs behind or inside the quote («…»، قال)", [(reader, "fire_said_after", nothing)]),
    Part("participles (مضيفا، مؤكدة)", [(reader, "fire_participle", nothing)]),
    Part("prepositions (بحسب، وفقا ل)", [(reader, "fire_adverbial", _only("connective"))]),
    Part("connectives (حسبما، كما أفاد)", [(reader, "fire_adverbial", _only("preposition"))]),
    Part("relays (نقلت عن … قوله)", [(reader, "fire_relay", no_lists)]),
    Part(
        "nouns of saying (قوله، دعوة، اتهامات)",
        [(reader, f"fire_{name}", nothing) for name in ("noun", "held", "speech_noun")],
    ),
    Part("colons (فلان: كذا)", [(reader, "fire_colon", nothing)]),
    Part("bare quoted headlines", [(system, "_headlines", no_lists)]),
]
MECHANISMS = [
    Part("second parties (دعا الناس إلى)", [(verbs, "with_other", nothing)]),
    Part("small clauses without preposition (عد القرار خطأ)", [(others, "bare_small", nothing)]),
    Part(
        "objects behind a verb whose subject stands before",
        [
            (verbs, "_after_subject", lambda *_: (None, None)),
        ],
    ),
    Part("owners of media (ألقى كلمة قال فيها)", [(verbs, "owner", nothing)]),
    Part("shared speakers (قال … مضيفا)", [(reader, "_share", nothing)]),
    Part("verbs of attitude end a quote (، ورحب)", [(reader, "fire_attitude", nothing)]),
    Part("the writer takes the word back (فيما، وذلك بعد)", [(reader, "writer_edges", no_lists)]),
    Part("any end before the full stop", [(reader, "extent", _to_the_end)]),
]


def gold() -> dict[tuple[str, str], list[Document]]:
    """The splits with their texts."""
    return {(track, split): load(track, split) for track, split in SPLITS}


def predicted(documents: Sequence[Document], patches: Patches) -> list[Document]:
    """What the system finds without the patched functions."""
    with ExitStack() as stack:
        for owner, name, stand_in in patches:
            stack.enter_context(patch.object(owner, name, stand_in))
        return list(Rules().predict(documents))


def figures(documents: Sequence[Document], patches: Patches = ()) -> dict[str, float]:
    """F1 in per cent by measure, and the recall of quotes."""
    result = score_documents(predicted(documents, patches), documents, measures=MEASURES)
    found = {name: 100 * result[name].f1 for name in MEASURES}
    return found | {"recall": 100 * result["quote.relaxed"].recall}


def whole(splits: dict[tuple[str, str], list[Document]]) -> Iterator[str]:
    """The system as it is, on every split it was developed on."""
    yield f"| | documents | attributions | {' | '.join(MEASURES)} |"
    yield "|---|" + "--:|" * (len(MEASURES) + 2)
    for (track, split), documents in splits.items():
        found = figures(documents)
        count = sum(len(document.attributions) for document in documents)
        cells = " | ".join(f"{found[name]:.1f}" for name in MEASURES)
        yield f"| `{track}` {split} | {len(documents)} | {count} | {cells} |"


def without(splits: dict[tuple[str, str], list[Document]], parts: list[Part]) -> Iterator[str]:
    """What is lost without each part."""
    joined = {t: [d for (track, _), ds in splits.items() if track == t for d in ds] for t in TRACKS}
    full = {track: figures(documents) for track, documents in joined.items()}
    columns = [("recall", "recall of quotes"), ("triple.exact", "F1 of triples, exact")]
    yield (
        "| without | " + " | ".join(f"`{t}` {label}" for t in TRACKS for _, label in columns) + " |"
    )
    yield "|---|" + "--:|" * (len(TRACKS) * len(columns))
    for part in parts:
        cells = []
        for track, documents in joined.items():
            found = figures(documents, part.patches)
            cells += [f"{found[name] - full[track][name]:+.1f}" for name, _ in columns]
        yield f"| {part.name} | {' | '.join(cells)} |"


def tables() -> str:
    """All three tables."""
    splits = gold()
    parts = [
        "F1 in per cent on the splits it was developed on:\n",
        *whole(splits),
        "\nWhat is lost on train and dev together, in points, without one class of cue:\n",
        *without(splits, CUES),
        "\nThe same for mechanisms:\n",
        *without(splits, MECHANISMS),
    ]
    return "\n".join(parts) + "\n"


def main(options: list[str]) -> int:
    """Write the tables into the page, or check that they are current."""
    environment.use_texts()
    try:
        made = tables()
    except InputError as error:
        print(f"the texts of wire are not here: {error.findings[0].message}", file=sys.stderr)
        return 0 if "--check" in options else 1
    page = PAGE.read_text(encoding="utf-8")
    content = filled(page, "ablation", Path(__file__).name, made)
    if "--check" in options:
        if content != page:
            print("docs/rules.md is stale; run scripts/ablation.py")
            return 1
        return 0
    PAGE.write_text(content, encoding="utf-8")
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
