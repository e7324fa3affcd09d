"""`python -m tests.fault_matrix`: plays what has no green result yet, and writes the page.

A clone without results of its own goes on from those of the page.
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import shutil
import sys
import threading
import time
import traceback
from itertools import groupby
from pathlib import Path

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.fault_matrix import discovery
from tests.fault_matrix.cells import Cell, cells_of
from tests.fault_matrix.deployment import deploy
from tests.fault_matrix.incidents import incidents
from tests.fault_matrix.listed import listed_results
from tests.fault_matrix.page import PAGE, page
from tests.fault_matrix.player import Player, record
from tests.fault_matrix.results import Results
from tests.fault_matrix.variants import VARIANTS

DIRECTORY = Path(".fault-matrix")
LOCAL_AWS = DIRECTORY / "local-aws"
CALLS = DIRECTORY / "calls.json"
# A deployment's pauses of seconds become milliseconds; work takes the time it takes.
WAIT_SCALE = 0.02


def main() -> int:
    arguments = _arguments()
    if arguments.fresh:
        background.stop(LOCAL_AWS)  # one that a run before has left: nobody would find it any more
        shutil.rmtree(DIRECTORY, ignore_errors=True)
    results = Results(DIRECTORY / "results.jsonl")
    if not arguments.fresh and not results.all():
        for listed in listed_results(PAGE.read_text()):
            results.add(listed)
    if not arguments.page:
        try:
            _play(arguments, results)
        except KeyboardInterrupt:
            print("Cut off: the next call goes on from here.")
    cells, found = _cells(), results.all()
    PAGE.write_text(page(cells, found))
    green = sum(cell.id in found and found[cell.id].green for cell in cells)
    print(f"{green} of {len(cells)} cells are green; {PAGE} is written.")
    return 0 if green == len(cells) else 1


def _play(arguments: argparse.Namespace, results: Results) -> None:
    background.stop(LOCAL_AWS)
    running = background.start(free_port(), LOCAL_AWS, WAIT_SCALE, with_parent=True)
    local = LocalAws(running)
    try:
        players = [
            Player(deploy(local, f"fault{number}", DIRECTORY / "cdk.out"))
            for number in range(1, arguments.stacks + 1)
        ]
        if not CALLS.exists():
            calls = record(players[0], VARIANTS)
            CALLS.write_text(json.dumps(discovery.as_json(calls), indent=1))
        wanted = _wanted(_cells(), results, arguments.only)
        print(f"{len(wanted)} cells to play", flush=True)
        play_all(players, wanted, results, time.monotonic() + arguments.minutes * 60)
    finally:
        background.stop(LOCAL_AWS)


def _cells() -> list[Cell]:
    """Of the calls that a clean run of each variant has shown, and the incidents."""
    calls = discovery.parse(json.loads(CALLS.read_text()))
    return [*cells_of(calls), *incidents(calls)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fault_matrix", description=__doc__)
    parser.add_argument("--only", type=re.compile, help="play the cells whose names match, again")
    parser.add_argument("--stacks", type=int, default=3, help="how many cells are played at once")
    parser.add_argument("--fresh", action="store_true", help="forget all results and calls")
    parser.add_argument("--page", action="store_true", help="only write the page")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="start no cell after that")
    return parser.parse_args()


def _wanted(cells: list[Cell], results: Results, only: re.Pattern[str] | None) -> list[Cell]:
    if only:
        return [cell for cell in cells if only.search(cell.id)]
    done = {name for name, result in results.all().items() if result.green}
    return [cell for cell in cells if cell.id not in done]


def play_all(players: list[Player], cells: list[Cell], results: Results, end: float) -> None:
    """Each row is played on one stack, so that its last cells show that running again succeeds."""
    rows: queue.SimpleQueue[list[Cell]] = queue.SimpleQueue()
    for _, row in groupby(cells, key=lambda cell: cell.row):
        rows.put(list(row))

    def work(player: Player) -> None:
        while time.monotonic() < end:
            try:
                row = rows.get_nowait()
            except queue.Empty:
                return
            try:
                for result in player.play(row):
                    results.add(result)
                    shown = "ok" if result.green else f"NOT GREEN {' / '.join(result.problems)}"
                    print(f"{result.id}: {result.outcome} {result.seconds} s {shown}", flush=True)
            except Exception:
                # The row stays without results, for the next time.
                traceback.print_exc()

    threads = [threading.Thread(target=work, args=(player,), daemon=True) for player in players]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
