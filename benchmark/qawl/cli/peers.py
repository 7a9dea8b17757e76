"""``qawl peers``: predictions under other people's definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import Gold, Predictions, Split, Track, console, print_json, refuse_two_stdins

if TYPE_CHECKING:
    from qawl.peers import Peer
    from qawl.records import Document

_SIDES = ("precision", "recall", "f1", "accuracy")


def peers(
    predictions: Predictions,
    track: Track = "core",
    split: Split = "test",
    gold: Gold = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="spkatt, citron, gendergap or parc; may be repeated. Default: all."),
    ] = None,
    as_published: Annotated[
        bool,
        typer.Option("--as-published", help="What the published code computes, with its faults."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score predictions as others would, to compare with their papers; see docs/peers.md.

    \b
    qawl peers predictions.jsonl
    qawl peers predictions.jsonl --only spkatt --as-published --json
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.peers import PEERS, peer_named  # noqa: PLC0415

    chosen = [peer_named(name) for name in only] if only else list(PEERS.values())
    refuse_two_stdins(predictions, gold)
    ours, theirs = _checked(predictions, gold, track, split)
    found = {
        peer.name: peer.score(ours, theirs, as_published=as_published)
        for peer in dict.fromkeys(chosen)
    }
    if json:
        print_json(_plain(found, as_published=as_published))
    else:
        for name, figures in found.items():
            _print(PEERS[name], figures, as_published=as_published)


def _checked(
    predictions: str, gold: str | None, track: str, split: str
) -> tuple[list[Document], list[Document]]:
    """Gold and predictions, after they have passed the checks of ``qawl score``."""
    from qawl.api import score  # noqa: PLC0415
    from qawl.reading import read  # noqa: PLC0415
    from qawl.tracks import track_file, with_texts  # noqa: PLC0415

    sources = (with_texts(track_file(track, split) if gold is None else gold), predictions)
    # Standard input can be read once; files are read again, so that findings name their lines.
    first, second = (list(read(source)) if source == "-" else source for source in sources)
    score(second, first, measures=("quote.exact",))
    ours = first if isinstance(first, list) else list(read(first))
    theirs = second if isinstance(second, list) else list(read(second))
    return ours, theirs


def _plain(found: dict[str, dict[str, float]], *, as_published: bool) -> dict[str, object]:
    from qawl.peers import PEERS  # noqa: PLC0415

    return {
        "as_published": as_published,
        "peers": {
            name: {"source": PEERS[name].source, "figures": figures}
            for name, figures in found.items()
        },
    }


def _print(peer: Peer, figures: dict[str, float], *, as_published: bool) -> None:
    from qawl.views.table import table  # noqa: PLC0415

    stems = dict.fromkeys(name.rpartition(".")[0] for name in figures)
    sides = [side for side in _SIDES if any(f"{stem}.{side}" in figures for stem in stems)]
    rows = [(stem, *(_percent(figures.get(f"{stem}.{side}")) for side in sides)) for stem in stems]
    heads = {"precision": "P", "recall": "R", "f1": "F1", "accuracy": "accuracy"}
    screen = console()
    how = "as published" if as_published else "as described"
    screen.print(f"{peer.name}, {how}: {peer.summary}", soft_wrap=True)
    screen.print(peer.source, style="dim", soft_wrap=True)
    screen.print(table(("", *(heads[side] for side in sides)), rows))


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"
