"""``qawl data``: look at gold, check it, build it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qawl.cli.shared import FAILED, OK, Track, console, print_json

if TYPE_CHECKING:
    from qawl.findings import Finding

app = typer.Typer(help="Look at gold, check it, build it.", no_args_is_help=True)


@app.command()
def stats(
    track: Track = "core",
    split: Annotated[str | None, typer.Option(help="One split; default: all.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count documents, words, attributions, types, speakers and distractors."""
    from qawl.statistics import corpus_statistics  # noqa: PLC0415
    from qawl.tracks import load, track_file, tracks  # noqa: PLC0415

    names = [split] if split else tracks().get(track, [])
    if not names:
        track_file(track, "test")  # says what is here instead
    found = {name: corpus_statistics(load(track, name)) for name in names}
    if json:
        print_json(found)
        return
    from qawl.views.table import table  # noqa: PLC0415

    fields = list(next(iter(found.values())))
    rows = [(field, *(str(found[name][field]) for name in names)) for field in fields]
    console().print(table(("", *names), rows))


@app.command()
def validate(
    files: Annotated[
        list[Path], typer.Argument(help="qawl/1 files or .qawl sources; - for stdin.")
    ],
    predictions: Annotated[
        bool, typer.Option("--predictions", help="Ask only for what predictions must have.")
    ] = False,
    texts: Annotated[
        Path | None,
        typer.Option(help="For .toml sources: a qawl/1 file or a folder of .qawl with the texts."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check files; every finding names its place, its id and the way out.

    Ends with 1 if there is an error; warnings alone end with 0.
    """
    from qawl.authoring import texts_from  # noqa: PLC0415
    from qawl.validation import check_file  # noqa: PLC0415

    known = texts_from(texts) if texts else None
    found = [item for file in files for item in check_file(file, gold=not predictions, texts=known)]
    if json:
        print_json([_plain(item) for item in found])
    else:
        for item in found:
            typer.echo(str(item))
        wrong = sum(item.level == "error" for item in found)
        sys.stderr.write(f"{wrong} errors, {len(found) - wrong} warnings\n")
    if any(item.level == "error" for item in found):
        raise typer.Exit(FAILED)


def _plain(item: Finding) -> dict[str, object]:
    import msgspec  # noqa: PLC0415

    from qawl.findings import printable  # noqa: PLC0415

    rule = item.rule
    plain = msgspec.to_builtins(item)
    if "file" in plain:  # a file may be named by bytes that are no text
        plain["file"] = printable(plain["file"], len(plain["file"]))
    return {**plain, "class": rule.category, "why": rule.why, "fix": rule.fix}


@app.command()
def build(
    track: Track = "core",
    sources: Annotated[
        Path | None,
        typer.Option(help="Folder or stand-off file of sources; default: the track's own."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder; default: the track's own.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 if anything would change.")
    ] = False,
) -> None:
    """Build gold from its sources and their corrections: the same bytes every time."""
    from qawl.authoring import build as build_splits  # noqa: PLC0415
    from qawl.findings import InputError, errors  # noqa: PLC0415
    from qawl.tracks import data_folder  # noqa: PLC0415
    from qawl.validation import check_gold  # noqa: PLC0415
    from qawl.writing import encode  # noqa: PLC0415

    data = data_folder()
    folder, file = data / "sources" / track, data / "sources" / f"{track}.jsonl"
    place = sources or (folder if folder.is_dir() else file)
    if not place.exists():
        raise ValueError(f"there are no sources in {sources or folder}")
    splits = build_splits(place, corrections=data / "corrections.toml")
    if not any(splits.values()):
        raise ValueError(f"there are no sources in {place}")
    wrong = errors([item for split in splits.values() for item in check_gold(split)])
    if wrong:
        raise InputError(wrong)
    target = output or data / track
    made = {
        target / f"{name}.jsonl": b"".join(map(encode, items)) for name, items in splits.items()
    }
    stale = {path: content for path, content in made.items() if not _holds(path, content)}
    if check:
        for path in stale:
            typer.echo(f"{path} is not what its sources give; run `qawl data build`", err=True)
        raise typer.Exit(FAILED if stale else OK)
    for path, content in stale.items():
        _replace(path, content)


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file has this content; no content means no file."""
    return (path.read_bytes() if path.is_file() else None) == (content or None)


def _replace(path: Path, content: bytes) -> None:
    from qawl.writing import replacing  # noqa: PLC0415

    if not content:
        path.unlink()
        typer.echo(f"{path}: removed, no source gives it", err=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(content)
    typer.echo(f"{path}: {content.count(10)} documents", err=True)


@app.command()
def realism(
    track: Track = "core",
    split: Annotated[str | None, typer.Option(help="One split; default: all together.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare a composed corpus with real news, figure by figure.

    Ends with 1 if a figure is outside its band and no reason stands in data/realism.toml.
    """
    import tomllib  # noqa: PLC0415

    from qawl.realism import check  # noqa: PLC0415
    from qawl.tracks import data_folder, load, track_file, tracks  # noqa: PLC0415

    names = [split] if split else tracks().get(track, [])
    if not names:
        track_file(track, "test")  # says what is here instead
    path = data_folder() / "realism.toml"
    reasons = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    found = check([d for name in names for d in load(track, name)], reasons.get(track, {}))
    if json:
        print_json([{**c._asdict(), "inside": c.inside} for c in found])
    else:
        from qawl.views.table import realism_table  # noqa: PLC0415

        console().print(realism_table(found))
    if any(not c.inside and not c.reason for c in found):
        raise typer.Exit(FAILED)


@app.command()
def fetch(
    track: Annotated[str, typer.Argument(help="A stand-off track.")] = "wire",
    origin: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of clones of the public repositories; no network."),
    ] = None,
    mirror: Annotated[
        str | None, typer.Option(help="Address of a mirror laid out like GitHub's raw files.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder; default: QAWL_TEXTS or cache.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Rebuild the texts of stand-off gold from public repositories at their pinned commits.

    Every text is checked by its digest before it gets its name. Ends with 1 if one is missing;
    run again, and only those are made.

    \b
    qawl data fetch wire
    qawl data fetch wire --from ~/clones
    """  # noqa: D301  \b keeps the lines of the examples
    from qawl.cli.shared import progress  # noqa: PLC0415
    from qawl.texts import texts_folder  # noqa: PLC0415
    from qawl.texts.fetch import fetch as fetch_texts  # noqa: PLC0415
    from qawl.texts.origins import RAW_FILES, Clones, Https  # noqa: PLC0415
    from qawl.texts.recipes import load_recipes  # noqa: PLC0415

    if origin and mirror:
        raise ValueError("name clones or a mirror, not both")
    if origin and not origin.is_dir():
        raise ValueError(f"{origin} is no folder")
    recipes = load_recipes(track)
    place = Clones(origin) if origin else Https(mirror or RAW_FILES)
    folder = output or texts_folder()
    found = list(progress(fetch_texts(recipes, place, folder), track, len(recipes)))
    problems = [item.problem for item in found if item.problem]
    new = sum(item.new for item in found)
    if json:
        counts = {"new": new, "there": len(found) - new - len(problems), "failed": len(problems)}
        print_json({"folder": str(folder), **counts, "problems": [_plain(p) for p in problems]})
    else:
        for problem in problems:
            typer.echo(str(problem), err=True)
        there = len(found) - len(problems)
        typer.echo(f"{there} of {len(found)} texts are in {folder}, {new} of them new", err=True)
    if problems:
        raise typer.Exit(FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a line."""
    from qawl.records import json_schema  # noqa: PLC0415

    print_json(json_schema())


__all__ = ["app"]
