"""The Bayesian search beside HEBO, SMAC3, BoTorch and Optuna's GP sampler. Takes hours.

    python -m benchmarks.search_anchors [--seeds 1] [--jobs 20] [--only LIBRARY ...]
        [--keep FILE [--no-play]]

The tasks are the tables of `benchmarks.search`. The libraries run in an environment of their own,
6 GB that are installed at the first call (benchmarks/anchors/). With --keep, what the file has is
not played again, so that a run goes on where it was cut off. Figures are of the blocks of task and
seed that both sides have played: with --no-play of those that the file has.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.anchors.ask import Anchors, AnchorSearch
from benchmarks.harness.result import publish
from benchmarks.playing.figures import Regrets, compared
from benchmarks.playing.play import SAMPLERS, Kept, Player, own, play
from benchmarks.playing.tasks import Task
from benchmarks.search import PARALLEL, tables, thought

LIBRARIES = ("Optuna GP", "SMAC3", "BoTorch", "HEBO")


def play_all(
    kept: Kept, tasks: Sequence[Task], seeds: int, jobs: int, libraries: Sequence[str]
) -> None:
    anchors = Anchors()
    for seed in range(seeds):
        for task in tasks:
            for name in (*SAMPLERS, *libraries):
                if kept.get(task.name, name, seed, jobs):
                    continue
                if name in SAMPLERS:
                    player: Player = own(name, task, seed)
                else:
                    player = AnchorSearch(anchors, name, task.ranges, seed)
                kept.add(play(player, name, task, jobs, PARALLEL, seed))
    anchors.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--jobs", type=int, nargs="+", default=[20])
    parser.add_argument("--only", nargs="+", default=LIBRARIES, choices=LIBRARIES)
    parser.add_argument("--keep", type=Path, help="file of tuning jobs that were played")
    parser.add_argument("--play", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    kept, tasks = Kept(options.keep), tables()
    if options.play:
        play_all(kept, tasks, options.seeds, max(options.jobs), options.only)
    have = {each.strategy for each in kept.all()}
    figures = [
        thought(kept.all(), "Bayesian", name) for name in ("TPE", *options.only) if name in have
    ]
    notes: list[str] = []
    for jobs in options.jobs:
        for name in options.only:
            found, told = compared(Regrets(tasks, kept.all(), ["Bayesian", name]), jobs)
            figures, notes = figures + found, notes + told
    title = "Bayesian search beside other libraries, XGBoost on tables, 3 jobs at a time"
    publish("search_anchors", title, ", ".join(options.only), figures, tuple(notes))


if __name__ == "__main__":
    main()
