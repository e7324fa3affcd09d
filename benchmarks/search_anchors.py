"""The Bayesian search beside HEBO, SMAC3, BoTorch and Optuna's GP sampler. Takes hours.

    python -m benchmarks.search_anchors [--seeds 1] [--jobs 20] [--only LIBRARY ...] [--keep FILE]

The tasks are the tables of `benchmarks.search`. The libraries run in an environment of their own,
6 GB that are installed at the first call (benchmarks/anchors/). With --keep, what the file has is
not played again, so that a run goes on where it was cut off; figures are of the blocks of task and
seed that all have played.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.anchors.ask import Anchors, AnchorSearch
from benchmarks.harness.result import publish
from benchmarks.search import PARALLEL, tables, thought
from benchmarks.search_figures import Regrets, compared
from benchmarks.search_play import SAMPLERS, Kept, own, play

LIBRARIES = ("Optuna GP", "SMAC3", "BoTorch", "HEBO")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--jobs", type=int, nargs="+", default=[20])
    parser.add_argument("--only", nargs="+", default=LIBRARIES, choices=LIBRARIES)
    parser.add_argument("--keep", type=Path, help="file of tuning jobs that were played")
    options = parser.parse_args()
    kept, tasks, most = Kept(options.keep), tables(), max(options.jobs)
    anchors = Anchors()
    for seed in range(options.seeds):
        for task in tasks:
            for name in (*SAMPLERS, *options.only):
                if kept.get(task.name, name, seed, most):
                    continue
                is_own = name in SAMPLERS
                player = (
                    own(name, task, seed)
                    if is_own
                    else AnchorSearch(anchors, name, task.ranges, seed)
                )
                kept.add(play(player, name, task, most, PARALLEL, seed))
    anchors.end()
    figures = [thought(kept.all(), "Bayesian", "TPE")]
    notes: list[str] = []
    for jobs in options.jobs:
        for name in options.only:
            found, told = compared(Regrets(tasks, kept.all(), ["Bayesian", name]), jobs)
            figures, notes = figures + found, notes + told
    title = f"Bayesian search beside other libraries on {len(tasks)} tasks, 3 jobs at a time"
    publish("search_anchors", title, ", ".join(options.only), figures, tuple(notes))


if __name__ == "__main__":
    main()
