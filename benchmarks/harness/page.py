"""docs/benchmarks.md and its plots, of all that benchmarks/results has."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.harness.figure import Figure
from benchmarks.harness.result import RESULTS, Result, number, read_result, row

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
PLOTS = ROOT / "docs" / "benchmarks"
HEAD = """\
# Benchmarks

What Retune costs, beside what somebody would use in its place, measured side by side in one run.
`make bench` measures all of it anew and writes this page; `python -m benchmarks.NAME` measures one
(in `source .venv/bin/activate`), with options for other sizes (`--help`). Both sides take turns, so
that what else the machine does strikes both alike: compare the ratios, and not the seconds, with
those of another machine. A cell has the median, and in brackets the least and the largest.

"""
COLUMNS = ("", "Retune", "beside", "ratio", "goal", "")


def write_page(names: Sequence[str]) -> None:
    """Of the benchmarks with these names, in this order."""
    results = read_results(names)
    PLOTS.mkdir(exist_ok=True)
    for result in results:
        write_plot(result)
    PAGE.write_text(page_of(results))


def read_results(names: Sequence[str]) -> list[Result]:
    """Those that were never run are left out."""
    paths = [RESULTS / f"{name}.json" for name in names]
    return [read_result(path) for path in paths if path.exists()]


def page_of(results: Sequence[Result]) -> str:
    return HEAD + summary(results) + "".join(section(result) for result in results)


def summary(results: Iterable[Result]) -> str:
    """How many goals each benchmark meets, before everything else."""
    rows, held, met = ["| | goals | met |", "| --- | --- | --- |"], 0, 0
    for result in results:
        verdicts = [figure.is_met for figure in result.figures if figure.is_met is not None]
        held, met = held + len(verdicts), met + sum(verdicts)
        count = f"{len(verdicts)} | {sum(verdicts)}" if verdicts else "none | "
        rows.append(f"| [{result.title}](#{anchor(result)}) | {count} |")
    return f"Of {held} goals {met} are met.\n\n" + "\n".join(rows) + "\n"


def anchor(result: Result) -> str:
    kept = (letter for letter in result.title.lower() if letter.isalnum() or letter in " -")
    return "".join(kept).replace(" ", "-")


def section(result: Result) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(row(figure) for figure in result.figures)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    notes = "".join(f"\n- {note}" for note in result.notes)
    machine = ", ".join(f"{name} {value}" for name, value in result.machine.items())
    plot = f"\n![How much of its limit each figure takes](benchmarks/{result.name}.svg)\n"
    return (
        f"\n## {result.title}\n\nBeside {result.other}: `python -m benchmarks.{result.name}`\n\n"
        f"{table}\n{plot if bars(result.figures) else ''}{notes}\n\n<sub>{machine}</sub>\n"
    )


def bars(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """A bar for each figure that has a goal: how much of its limit it takes."""
    return list(chain.from_iterable(bar(figure) for figure in figures))


def bar(figure: Figure) -> Iterable[dict[str, object]]:
    if figure.goal is None:
        return
    limit, median = figure.goal.limit(figure.other_median), figure.median
    share = median / limit if figure.goal.kind == "at most" else limit / median
    label = f"{number(median)} {figure.unit}"
    yield {"name": figure.what, "share": share, "met": figure.is_met, "label": label}


def write_plot(result: Result) -> None:
    if not (drawn := bars(result.figures)):
        return
    script = Path(__file__).with_name("plot.mjs")
    svg = subprocess.run(
        ["node", script], input=json.dumps(drawn), capture_output=True, text=True, check=True
    )
    (PLOTS / f"{result.name}.svg").write_text(svg.stdout)
