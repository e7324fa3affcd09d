"""docs/fault-matrix.md: the results as tables with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from tests.end_to_end.conftest import ROOT
from tests.fault_matrix.cells import Cell
from tests.fault_matrix.kinds import KINDS
from tests.fault_matrix.results import Result
from tests.fault_matrix.variants import BY_NAME

PAGE = ROOT / "docs" / "fault-matrix.md"
_INTRODUCTION = """# Fault matrix

Every AWS call that the workflow and its recovery make, by a task of a state machine, by its look at
a job or by a function, is made to fail in every way that [faults.md](faults.md) knows; jobs,
functions and executions are made to fail beside. The calls are those that local AWS has recorded of
a clean run of each variant below, so that a new call is in the table by itself. The page is written
by

```
make fault-matrix                                       # plays what has no green result yet
.venv/bin/python -m tests.fault_matrix --only Decide    # plays a part again
.venv/bin/python -m tests.fault_matrix --fresh          # forgets all results
```

on a local AWS of its own with real training, tuning, scoring and serving; waits are shortened.
Throttling, denial, refusal, limits, failure and silence last; silence is a connection that breaks
after a moment without an answer. A limit is reached where botocore's model of the operation has an
error for it. What heals throttles twice, and a crash after the effect breaks the connection of one
call.

A cell names how the execution ended ([outcomes.md](outcomes.md)). It is green, which is not
marked, when

- that is the right outcome: a lasting fault is called by its name, and a refusal by the name of
  what could not be done; what heals and what crashed after its effect do not show;
- the cause begins with the state that failed and has AWS's own words, what became of the endpoint
  and what to do;
- what served before answers as it did, or the new model after a success;
- no job runs on, and no model, endpoint config, endpoint or model package is left over;
- a notification with the outcome went out;
- running again succeeds, with nothing left over from before.

Where the fault is in undoing itself, or in telling, no program can do it: then the cause or the
message must say what could not be done, and the next run must clear it away. Prune, Notify and
ScaleEndpoint take nothing from a deployment, nor does what WriteReport asks to tell what a run has
cost: what they failed at is in the output. Learning curves whose logs WriteReport cannot read are
left out. Quotas that PlanTuning cannot read are a warning. A report that WriteFailureReport cannot
write is a sentence at the end of the first failure's reason.

A cell that nobody has played since its call is there says so: *not played*. Results lie in
`.fault-matrix/`; a clone without it goes on from those below.

ListModels, NotifyFleet, StartOnArrival, StartDueModels, MeasureModels and ExpireLogs are not in the
tables: they begin runs, tell of them or have logs expire, and no run waits for them; nor are the
functions RunTuning and ResumeTuning of the setting `tuning_task`. Step Functions or Lambda calls
them again after an error, and `test_faults_beside_runs.py` and `test_expire_logs.py` in
`tests/tuning/handlers` show of each of their calls that its fault becomes one. Only quotas that
ListModels cannot read are none: the fleet's message says so. What a fleet starts are runs as those
below.

PlanTuning's pricing.GetProducts is not in the tables and not played: no variant makes the call,
since the price table has its instance type. `tests/tuning/test_price_list_api.py` shows of each
fault that the price is only unknown then.
"""
RUN = "Run: "
INCIDENTS = "Jobs, functions, stopped executions"
MARKS = {"green": "", "red": " ✗", "missing": "not played"}
IMPOSSIBLE = "–"  # noqa: RUF001


def page(cells: list[Cell], results: dict[str, Result]) -> str:
    """The whole page."""
    of_calls = [cell for cell in cells if cell.call]
    others = [cell for cell in cells if not cell.call]
    parts = [
        _INTRODUCTION,
        _totals(cells, results),
        *_variants(of_calls, results),
        _incidents(others, results),
        _red(cells, results),
    ]
    return "\n".join(part for part in parts if part)


def _totals(cells: list[Cell], results: dict[str, Result]) -> str:
    lines = ["## Counts", "", "| fault | cells | green | ended as |", "|---|---|---|---|"]
    columns = [kind.name for kind in KINDS]
    groups = {name: [cell for cell in cells if cell.column == name] for name in columns}
    groups[INCIDENTS.lower()] = [cell for cell in cells if not cell.call]
    groups["**all**"] = cells
    for name, members in groups.items():
        played = [results[cell.id] for cell in members if cell.id in results]
        ended = Counter(result.outcome for result in played).most_common()
        counts = ", ".join(f"{outcome} {count}" for outcome, count in ended)
        green = sum(result.green for result in played)
        lines.append(f"| {name} | {len(members)} | {green} | {counts} |")
    return "\n".join(lines) + "\n"


def _variants(cells: list[Cell], results: dict[str, Result]) -> Iterator[str]:
    for name, members in groupby(cells, key=lambda cell: cell.variant.name):
        head = " | ".join(kind.name for kind in KINDS)
        lines = [f"## {RUN}{name}", "", BY_NAME[name].about, ""]
        lines += [f"| call | {head} |", "|---" * (len(KINDS) + 1) + "|"]
        for row, in_row in groupby(members, key=lambda cell: cell.row):
            cells_of_kind = {cell.column: _shown(cell, results) for cell in in_row}
            shown = " | ".join(cells_of_kind.get(kind.name, IMPOSSIBLE) for kind in KINDS)
            lines.append(f"| {row.removeprefix(f'{name}: ')} | {shown} |")
        yield "\n".join(lines) + "\n"


def _incidents(cells: Iterable[Cell], results: dict[str, Result]) -> str:
    lines = [f"## {INCIDENTS}", "", "| where | what | ended as |", "|---|---|---|"]
    lines += [f"| {cell.row} | {cell.column} | {_shown(cell, results)} |" for cell in cells]
    return "\n".join(lines) + "\n"


def _red(cells: list[Cell], results: dict[str, Result]) -> str:
    red = [results[cell.id] for cell in cells if cell.id in results]
    lines = [
        f"- {result.id}: {' '.join(result.problems[0].split())[:300]}"
        for result in red
        if not result.green
    ]
    return "\n".join(["## Not green", "", *lines]) + "\n" if lines else ""


def _shown(cell: Cell, results: dict[str, Result]) -> str:
    result = results.get(cell.id)
    if result is None:
        return MARKS["missing"]
    return result.outcome + (MARKS["green"] if result.green else MARKS["red"])
