"""`retune space`."""

import json
from typing import Annotated, Any

import typer
from rich.table import Table
from tuning.algorithms.recommended_space import algorithms_with_a_space, recommended_space

from retune.errors import InputError
from retune.options import Written
from retune.output.listed import Format
from retune.output.terminal import Terminal, write

Algorithm = Annotated[str, typer.Argument(help="xgboost or linear-learner.")]


def space(algorithm: Algorithm = "xgboost", format: Written = Format.JSON) -> None:
    """Print hyperparameter ranges that are worth searching.

    They are an execution input with ParameterRanges alone: save them, change what you know better,
    and give the file to `retune start`. Nothing is asked of AWS.

        retune space xgboost > input.json && retune start --input input.json
        retune space linear-learner --format table
    """
    known = algorithms_with_a_space()
    if algorithm not in known:
        raise InputError(f"There is no search space for {algorithm!r}. Use {' or '.join(known)}.")
    ranges = recommended_space(algorithm)
    if format is Format.TABLE:
        Terminal().print(_table(ranges))
    else:
        write(json.dumps({"Algorithm": algorithm, "ParameterRanges": ranges}, indent=2))


def _table(ranges: dict[str, dict[str, Any]]) -> Table:
    table = Table("Hyperparameter", "From", "To", "Scaling")
    for name, entry in ranges.items():
        values = entry.get("Values")
        bounds = [", ".join(values), ""] if values else [entry["MinValue"], entry["MaxValue"]]
        table.add_row(name, *bounds, entry.get("ScalingType", ""))
    return table
