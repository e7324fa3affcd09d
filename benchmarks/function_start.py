"""Cold start of the workflow's functions beside a handler that only imports boto3.

    python -m benchmarks.function_start [--repeats 3] [--only REGEX]

A fresh interpreter imports the handler, with what a function has on its path: the code as it is
deployed, its layers, and boto3 of the runtime, compiled as the runtime's is. Code and layers are
deployed without bytecode, and Lambda can write none: the interpreter compiles them at each cold
start. What they would cost with bytecode is told besides.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.functions.deployed import (
    Deployed,
    critical_functions,
    deployed,
    megabytes,
    module_of,
)
from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, by_turns, cost_of
from stacks import layers

GOAL = at_most(1.3)
NOTES = (
    "Missed, and why: Lambda's Python compiles 1.7 MB of code and what it imports of the layers at "
    "each cold start. Bytecode can be shipped, but only what the runtime's own Python, 3.14, has "
    "compiled, which the machine that deploys need not have.",
    "What remains with bytecode is pydantic, which takes the whole margin that the goal leaves "
    "beside boto3, then Powertools, then the classes of the execution input and of the variables.",
    "The Python is this machine's, on Lambda it is 3.14 on ARM: ratios are what counts. The first "
    "call is not in it: it makes clients of boto3, which any handler that calls AWS makes.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3, help="interpreters of each kind")
    parser.add_argument("--only", default="", help="functions whose names match")
    options = parser.parse_args()
    functions = [each for each in critical_functions() if re.search(options.only, each)]
    with tempfile.TemporaryDirectory() as directory:
        plain = deployed(Path(directory))
        compiled = plain.compiled(Path(directory) / "compiled")
        figures = [
            figure
            for function in functions
            for figure in measured(function, plain, compiled, options.repeats)
        ]
        figures += [pydantic_alone(compiled, options.repeats), *sizes(plain)]
    publish("function_start", "Cold start of functions", "import boto3", figures, NOTES)


def measured(function: str, plain: Deployed, compiled: Deployed, repeats: int) -> list[Figure]:
    """As it is deployed, in processor time and by the clock, and with bytecode."""
    boto3 = partial(started, "boto3", plain.environment(function))
    module = module_of(function)
    ours, other = by_turns(repeats, partial(started, module, plain.environment(function)), boto3)
    fast, beside = by_turns(
        repeats, partial(started, module, compiled.environment(function)), boto3
    )
    return [
        figure_of(f"{function}, processor time", "processor", ours, other),
        figure_of(f"{function}, seconds of the clock", "seconds", ours, other),
        figure_of(
            f"{function}, processor time if bytecode were shipped", "processor", fast, beside
        ),
    ]


def pydantic_alone(compiled: Deployed, repeats: int) -> Figure:
    """What every handler loads before anything of its own."""
    environment = compiled.environment("")
    both = partial(started, "boto3, pydantic.main", environment)
    ours, other = by_turns(repeats, both, partial(started, "boto3", environment))
    return figure_of("boto3 and pydantic alone, with bytecode", "processor", ours, other)


def figure_of(what: str, member: str, ours: list[Cost], other: list[Cost]) -> Figure:
    values, beside = (tuple(getattr(each, member) for each in side) for side in (ours, other))
    return Figure(what, "s", values, beside, GOAL)


def started(module: str, environment: Mapping[str, str]) -> Cost:
    return cost_of([sys.executable, "-S", "-c", f"import {module}"], env=environment)


def sizes(found: Deployed) -> list[Figure]:
    """Of what is uploaded, and of what Lambda unzips."""
    zipped = {name: layers.zip_path(name).stat().st_size / 1e6 for name in ("core", "report")}
    return [
        Figure("code of all functions, unzipped", "MB", (megabytes(found.code),)),
        Figure("layer of all functions, zipped", "MB", (zipped["core"],)),
        Figure("layer of all functions, unzipped", "MB", (megabytes(found.core),)),
        Figure("layer of the report, zipped", "MB", (zipped["report"],)),
        Figure("layer of the report, unzipped", "MB", (megabytes(found.report),)),
    ]


if __name__ == "__main__":
    main()
