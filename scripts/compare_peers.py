"""The published scorers beside ours, on the same data: the tables of docs/peers.md.

python scripts/compare_peers.py [--uhh DIR] [--citron DIR] [--gendergap DIR] [--python PROGRAM]

The folders are local clones of uhh-lt/german-news-quotation-attribution-2024, bbc/citron and
sfu-discourse-lab/GenderGapTracker. Their code is run as it is, in a process of its own, by an
interpreter that has what it needs (numpy and scipy; spacy; pandas); without a clone its columns say
so. Citron gets a stand-in for its model that hands over given quotes, and a tokeniser that splits
at spaces.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from qawl.api import run
from qawl.peers import PEERS, perturb
from qawl.peers.formats import from_spkatt, to_citron, to_gendergap, to_spkatt, with_cues
from qawl.peers.laws import LAWS, Case
from qawl.records import Document
from qawl.scoring import score_documents
from qawl.systems import load_system
from qawl.tracks import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Found = dict[str, float] | str

# What runs on the other side: cases from a file, a list of figures or of the names of errors out.
_LOOP = """
import contextlib, io, json, os, re, sys, tempfile
clone, cases = sys.argv[1:]
%s
found = []
for case in json.load(open(cases, encoding="utf-8")):
    try:
        with tempfile.TemporaryDirectory() as folder:
            found.append(figures(case["gold"], case["predicted"], folder))
    except Exception as error:
        found.append(type(error).__name__)
print("FIGURES " + json.dumps(found))
"""
_SPKATT = """
sys.path.insert(0, os.path.join(clone, "eval"))
import eval as published
def figures(gold, predicted, folder):
    paths = []
    for name, side in (("gold", gold), ("predicted", predicted)):
        paths.append(os.path.join(folder, name + ".jsonl"))
        with open(paths[-1], "w") as stream:
            stream.writelines(json.dumps(item) + "\\n" for item in side.values())
    scores = published.evaluate(paths[1], paths[0], print_scores=False)
    parts = {"msg": "quotes", "roles": "roles", "joint": "joint", "form": "form"}
    names = {"prec": "precision", "rec": "recall", "f1": "f1"}
    return {parts[p] + "." + names[n]: scores[n + "_" + p] for p in parts for n in names}
"""
_CITRON = """
sys.path.insert(0, clone)
import spacy
from spacy.tokens import Doc
from citron import metrics
from citron.data import CitronParser
class StandIn:
    def __init__(self, folder):
        self.folder, self.nlp = folder, spacy.blank("xx")
        self.nlp.tokenizer = lambda text: Doc(self.nlp.vocab, words=text.split(" "))
    def get_quotes(self, doc, resolve_coreferences):
        path = os.path.join(self.folder, doc[0].text + ".json")
        return CitronParser(self.nlp).parse(path)[1]
def figures(gold, predicted, folder):
    for name, side in (("gold", gold), ("predicted", predicted)):
        os.mkdir(os.path.join(folder, name))
        for item in side.values():
            path = os.path.join(folder, name, item["text"].split(" ")[0] + ".json")
            json.dump(item, open(path, "w", encoding="utf-8"))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        metrics.evaluate(StandIn(os.path.join(folder, "predicted")), os.path.join(folder, "gold"))
    out, parts = {}, {"Cue": "cue", "Source": "source", "Content": "content", "All": "quotes"}
    for line in said.getvalue().splitlines():
        if head := re.match(r"-+ (\\w+) .*(exact|overlap)", line):
            name = parts[head[1]] + "." + head[2]
        elif figure := re.match(r"(Precision|Recall|F1): +([0-9.]+)", line):
            out[name + "." + figure[1].lower()] = float(figure[2])
    return out
"""
_GENDERGAP = """
sys.path.insert(0, os.path.join(clone, "nlp", "english", "evaluation", "src"))
import evaluate_quotes as published
def figures(gold, predicted, folder):
    for name, side in (("gold", gold), ("predicted", predicted)):
        os.mkdir(os.path.join(folder, name))
        for key, item in side.items():
            json.dump(item, open(os.path.join(folder, name, key + ".json"), "w"))
    paths = [os.path.join(folder, name) for name in ("gold", "predicted")]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        _, frames = published.evaluate_quotes(*paths)
        for frame, least in zip(frames, (0.3, 0.8)):
            published.print_results(frame, least)
    parts = {"Quote": "quotes", "Speaker": "speaker", "Verb": "verb"}
    line = r"(Quote|Speaker|Verb) \\w+ - ([0-9.]+), (Precision|Recall|F1|Accuracy)[^:]*: ([0-9.]+)%"
    return {parts[m[1]] + "@" + m[2] + "." + m[3].lower(): float(m[4]) / 100
            for m in re.finditer(line, said.getvalue())}
"""


def everything(documents: Sequence[Document]) -> list[Document]:
    """The documents as they are: for formats that hold all of them."""
    return list(documents)


@dataclass(frozen=True)
class Theirs:
    """Somebody's published scorer: where it lies, how it is called, what its format holds."""

    peer: str
    clone: Path | None
    program: str
    code: str
    write: Callable[[Sequence[Document], Sequence[Document]], tuple[Any, Any]]
    holds: Callable[[Sequence[Document]], list[Document]]
    shown: tuple[str, ...]

    def figures(self, cases: Sequence[Case]) -> list[Found]:
        """What their code says of each case; ``not given`` without a clone."""
        if self.clone is None:
            return ["not given"] * len(cases)
        written = [self.write(case.gold, case.predicted) for case in cases]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "cases.json"
            sides = [{"gold": gold, "predicted": predicted} for gold, predicted in written]
            path.write_text(json.dumps(sides), encoding="utf-8")
            done = subprocess.run(
                [self.program, "-c", _LOOP % self.code, str(self.clone), str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
        lines = [line for line in done.stdout.splitlines() if line.startswith("FIGURES ")]
        if not lines:
            raise SystemExit(f"{self.peer}: {self.clone} did not run\n{done.stderr[-2000:]}")
        found: list[Found] = json.loads(lines[-1].removeprefix("FIGURES "))
        return found

    def case(self, gold: Sequence[Document], predicted: Sequence[Document]) -> Case:
        """A case with what the format can hold."""
        return Case(self.holds(gold), self.holds(predicted))


def published(options: argparse.Namespace) -> list[Theirs]:
    """The three scorers, with their clones where they were given."""
    python = options.python
    return [
        Theirs("spkatt", options.uhh, python, _SPKATT, to_spkatt, everything,
               ("quotes.f1", "roles.f1", "joint.f1", "form.f1")),
        Theirs("citron", options.citron, python, _CITRON, to_citron, with_cues,
               ("content.exact.f1", "quotes.exact.f1", "quotes.overlap.precision",
                "quotes.overlap.recall")),
        Theirs("gendergap", options.gendergap, python, _GENDERGAP, to_gendergap, everything,
               ("quotes@0.3.f1", "quotes@0.8.f1", "speaker@0.8.accuracy", "verb@0.8.accuracy")),
    ]  # fmt: skip


def german(clone: Path) -> list[Document]:
    """The test split of the German gold."""
    paths = sorted((clone / "data" / "test").glob("*.json"))
    return [
        from_spkatt(f"de{number:03}", json.loads(path.read_text(encoding="utf-8")))
        for number, path in enumerate(paths)
    ]


def predictions(gold: list[Document], *, arabic: bool) -> dict[str, list[Document]]:
    """What is scored: gold with one change each, and the output of our baselines on Arabic."""
    noisy = perturb.noisy(gold)
    found = {
        "gold": gold,
        "shifted by two words": perturb.shifted(gold),
        "every third dropped": perturb.dropped(gold),
        "three copies": perturb.copies(gold),
        "quotes displaced, roles kept": perturb.displaced(gold),
        "whole document as quote": perturb.whole(gold),
        "noise": noisy,
        "noise, reversed": perturb.turned(noisy),
        "noise, shuffled": perturb.shuffled(noisy, 1),
        "half the documents": noisy[::2],
        "nothing": perturb.silent(gold),
    }
    if arabic:
        found |= {f"system {name}": run(load_system(name), gold) for name in ("quoted", "rules")}
    return found


def figures_table(theirs: Theirs, gold: list[Document], *, arabic: bool) -> list[str]:
    """A row for each case: published / ours as published / ours by default."""
    lines = [
        "| predictions | " + " | ".join(f"`{name}`" for name in theirs.shown) + " | differ |",
        "|---|" + "---|" * len(theirs.shown) + "--:|",
    ]
    named = predictions(gold, arabic=arabic)
    cases = [theirs.case(gold, predicted) for predicted in named.values()]
    for name, case, found in zip(named, cases, theirs.figures(cases), strict=True):
        ours = PEERS[theirs.peer].score(*case, as_published=True)
        mended = PEERS[theirs.peer].score(*case)
        cells = [f"{_shown(found, k)} / {ours[k]:.4f} / {mended[k]:.4f}" for k in theirs.shown]
        differ = found if isinstance(found, str) else _differ(found, ours)
        lines.append(f"| {name} | {' | '.join(cells)} | {differ} |")
    return lines


def _shown(found: Found, name: str) -> str:
    return "–" if isinstance(found, str) else f"{found[name]:.4f}"


def _differ(found: dict[str, float], ours: dict[str, float]) -> str:
    if found.keys() != ours.keys():
        raise SystemExit(f"figures of different names: {sorted(found.keys() ^ ours.keys())}")
    return f"{max(abs(found[name] - ours[name]) for name in ours):.5f}"


def laws_table(scorers: list[Theirs], gold: list[Document]) -> list[str]:
    """Which law holds for which scorer; PARC has no published one to run, and qawl is the last."""
    columns: dict[str, Callable[[list[Case]], list[Found]]] = {}
    held: dict[str, Callable[[Sequence[Document]], list[Document]]] = {}
    for theirs in scorers:
        columns[f"{theirs.peer}, their code"] = theirs.figures
        held |= {f"{theirs.peer}{s}": theirs.holds for s in (", their code", ", as published", "")}
        columns |= _ours(theirs.peer)
    columns |= _ours("parc")
    columns["**qawl**"] = lambda cases: [_qawl(case) for case in cases]
    lines = ["| law | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for law in LAWS:
        cells = []
        for name, scorer in columns.items():
            hold = held.get(name, everything)
            cases = [Case(hold(case.gold), hold(case.predicted)) for case in law.cases(gold)]
            found = scorer(cases)
            given = "not given" not in found
            cells.append(str(law.verdict(found)) if given else "not given")
        lines.append(f"| {law.name} | {' | '.join(cells)} |")
    return lines


def _ours(peer: str) -> dict[str, Callable[[list[Case]], list[Found]]]:
    def scorer(published: bool) -> Callable[[list[Case]], list[Found]]:
        return lambda cases: [PEERS[peer].score(*c, as_published=published) for c in cases]

    return {f"{peer}, as published": scorer(True), peer: scorer(False)}


def _qawl(case: Case) -> dict[str, float]:
    """Our own scorer, a document without predictions counted as an empty one."""
    there = {document.id for document in case.predicted}
    silent = [Document(id=document.id) for document in case.gold if document.id not in there]
    result = score_documents([*case.predicted, *silent], case.gold)
    return {
        f"{name}.{side}": value
        for name, figure in result
        for side, value in zip(
            ("precision", "recall", "f1"), (figure.precision, figure.recall, figure.f1), strict=True
        )
    }


def main() -> int:
    """Print the tables; say what was not given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    for name in ("uhh", "citron", "gendergap"):
        parser.add_argument(f"--{name}", type=Path, help="a local clone")
    parser.add_argument("--python", default=sys.executable, help="what runs the clones")
    options = parser.parse_args()
    scorers = published(options)
    gold = load("core", "test")
    for theirs in scorers:
        if theirs.clone is None:
            print(f"{theirs.peer}: no clone given, its published code is not run\n")
        print(f"### {theirs.peer} on `core/test`\n")
        print("\n".join(figures_table(theirs, gold, arabic=True)), end="\n\n")
        if options.uhh and theirs.clone:
            print(f"### {theirs.peer} on the German test gold\n")
            lines = figures_table(theirs, german(options.uhh), arabic=False)
            print("\n".join(lines), end="\n\n")
    print("### Laws on `core/test`\n")
    print("\n".join(laws_table(scorers, gold)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
