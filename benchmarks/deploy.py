"""How long `retune deploy` to local AWS takes: from nothing, and when nothing has changed.

    python -m benchmarks.deploy [--repeats 3]

From nothing means a local AWS that has just started, without the CDK's bootstrap, and no assembly
that was kept.
"""

from __future__ import annotations

import argparse
import shutil

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import ROOT, environment_of, local_aws
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, cost_of
from retune.deployment.kept_assembly import KEPT

DEPLOY = ("retune", "deploy", "--yes")


def deployments() -> tuple[Cost, Cost]:
    """The first one of a server, and the second."""
    shutil.rmtree(KEPT, ignore_errors=True)
    with local_aws() as server:
        environment = environment_of(server)
        first, second = (cost_of(DEPLOY, ROOT, environment) for _ in range(2))
    return first, second


NOTES = (
    "Of a first deployment the CDK's command line takes most: three starts of Node.js, a "
    "synthesis, the upload of 49 MB. Local AWS makes 162 resources by 340 calls in about 4 s.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    found = [deployments() for _ in range(parser.parse_args().repeats)]
    first, second = zip(*found, strict=True)
    seconds = [tuple(cost.seconds for cost in costs) for costs in (first, second)]
    processor = [tuple(cost.processor for cost in costs) for costs in (first, second)]
    publish(
        "deploy",
        "Deployment to local AWS",
        "nothing",
        [
            Figure("from nothing: seconds", "s", seconds[0], goal=at_most(plus=12)),
            Figure("nothing has changed: seconds", "s", seconds[1], goal=at_most(plus=5)),
            Figure("from nothing: processor time, without the server's", "s", processor[0]),
            Figure("nothing has changed: likewise", "s", processor[1]),
        ],
        NOTES,
    )


if __name__ == "__main__":
    main()
