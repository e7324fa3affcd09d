"""An endpoint of local AWS beside plain XGBoost behind a plain ASGI server.

    python -m benchmarks.endpoint [--seconds 2] [--repeats 5] [--port 5620]

Both serve the same model, one process with one thread for XGBoost, and are asked the same rows of
CSV by the same program over connections that are kept. Local AWS is asked as any client asks it, by
InvokeEndpoint: it checks the signature, asks the policies of a caller that has some, and counts the
answer in the endpoint's metrics.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.figure import Figure, at_least, at_most
from benchmarks.harness.result import publish
from benchmarks.harness.timing import by_turns
from benchmarks.serving.hosted import deploy, local_aws, of_owner, of_role
from benchmarks.serving.model import csv_rows, train
from benchmarks.serving.plain import plain_server
from benchmarks.serving.side import Asked, Side, ask

LEAST = 0.8  # of plain's requests and rows a second; latencies are at most 1 / LEAST of its own
ONE_ROW = tuple(csv_rows(1, seed) for seed in range(64))
NOTES = (
    "The clients are one process of the same machine: on two cores they leave the server little "
    "more than one. Local AWS and the container are two processes, the plain server is one.",
    "With one client there is nothing to do at the same time: the request passes two processes "
    "where the plain server is one, its signature is checked, its operation recorded and asked for "
    "faults, its variant chosen, its answer counted. Each of the two takes about as much processor "
    "time as the whole plain server.",
    "For a role the request is read a second time by AWS's description of it, for what IAM has "
    "to know, and each time its policies are looked at: half as much processor time again.",
    "Requests are signed before the clock starts: what is measured is the server.",
)


@dataclass(frozen=True)
class Comparison:
    """Both sides are asked by turns, `seconds` each time."""

    other: Side
    repeats: int
    seconds: float

    def of(self, ours: Side, bodies: Sequence[bytes], clients: int) -> Compared:
        def asked(side: Side) -> Callable[[], Asked]:
            return lambda: ask(side, bodies, clients, self.seconds)

        return Compared(*by_turns(self.repeats, asked(ours), asked(self.other)))


@dataclass(frozen=True)
class Compared:
    """What both sides measured."""

    ours: list[Asked]
    other: list[Asked]

    def rate(self, what: str, unit: str, times: int = 1) -> Figure:
        """Answers a second, times what is in each."""
        ours, other = ([times * each.rate for each in side] for side in (self.ours, self.other))
        return Figure(what, unit, tuple(ours), tuple(other), at_least(LEAST))

    def latency(self, what: str) -> list[Figure]:
        """The middle, and what one of a hundred exceeds."""
        goal = at_most(1 / LEAST)
        return [
            Figure(
                f"{centile}, {what}",
                "ms",
                tuple(getattr(each, centile) for each in self.ours),
                tuple(getattr(each, centile) for each in self.other),
                goal,
            )
            for centile in ("p50", "p99")
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of each side")
    parser.add_argument("--port", type=int, default=5620, help="of local AWS; plain has the next")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        root, port = Path(directory), options.port
        model = root / "model.ubj"
        train(model)
        with local_aws(root / "aws", port) as local, plain_server(model, port + 1) as plain:
            deploy(local, model)
            comparison = Comparison(plain, options.repeats, options.seconds)
            figures = measured(comparison, of_owner(local), of_role(local))
    publish("endpoint", "Local endpoint", "plain XGBoost behind uvicorn", figures, NOTES)


def measured(comparison: Comparison, owner: Side, role: Side) -> list[Figure]:
    """Rows one by one from ever more clients, the same from a role, and rows in batches."""
    figures = []
    for clients in (1, 8, 64):
        found = comparison.of(owner, ONE_ROW, clients)
        what = f"{clients} client{'s' if clients > 1 else ''}"
        figures += [found.rate(what, "requests/s"), *found.latency(what)]
    found = comparison.of(role, ONE_ROW, 8)
    figures.append(found.rate("8 clients in a role, whose policies are asked", "requests/s"))
    for rows in (100, 1000):
        found = comparison.of(owner, [csv_rows(rows, 0)], 8)
        figures.append(found.rate(f"8 clients, batches of {rows:,} rows", "rows/s", rows))
    return figures


if __name__ == "__main__":
    main()
