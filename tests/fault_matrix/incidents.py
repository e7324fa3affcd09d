"""What goes wrong beside the calls: jobs, functions, models, and executions that are stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.fault_matrix.cells import Cell
from tests.fault_matrix.discovery import WorkflowCall
from tests.fault_matrix.expectation import (
    NO_REPORT,
    OF_STATE,
    Expected,
    after_proof,
    clean_end,
    unscaled,
)
from tests.fault_matrix.people import stop_tuning
from tests.fault_matrix.stopped import stopped, two_at_once
from tests.fault_matrix.stopped_recovery import stopped_recovery
from tests.fault_matrix.variant import Variant
from tests.fault_matrix.variants import BY_NAME, PREPARED, SLOW, TWO_TRIALS

_FUNCTIONS = {"CreateTrialModel": "CreateModel"}  # of states that have another one's function
_ALWAYS: dict[str, Any] = {"times": None}
_MODEL = "{prefix}-*-00-*"  # of a trial's training job
_UPDATE, _FIRST = BY_NAME["update"], BY_NAME["first"]


def incidents(calls: dict[str, list[WorkflowCall]]) -> Iterator[Cell]:
    """Each of them once, in the variant where it hurts."""
    yield from _jobs()
    yield from _endpoints()
    yield from _functions(calls)
    yield from stopped(calls)
    yield from stopped_recovery(calls)
    yield two_at_once()


def _cell(row: str, column: str, variant: Variant, fault: Any, expected: Expected) -> Cell:
    return Cell(row, column, variant, fault, expected)


def _jobs() -> Iterator[Cell]:
    two = replace(_UPDATE, fields={"ResourceLimits": TWO_TRIALS})
    failed = Expected("NoTrialSucceeded", state="RunTuning")
    killed = {"kind": "kill-training", "name": "{prefix}-*"}
    silent = {"kind": "no-metric", "name": "{prefix}-*"}
    row = "training jobs"
    yield _cell(row, "one of two killed", two, killed, clean_end(two))
    yield _cell(row, "all killed", two, killed | _ALWAYS, replace(failed, words="exit code: 137"))
    yield _cell(row, "one of two without a metric", two, silent, clean_end(two))
    yield _cell(row, "none has a metric", two, silent | _ALWAYS, replace(failed, words="metric"))
    short = {"kind": "no-capacity", "name": "{prefix}-*"} | _ALWAYS
    yield _cell(
        row,
        "no capacity",
        two,
        short,
        replace(failed, outcome="LimitReached", words="CapacityError"),
    )
    retrain = {"kind": "kill-training", "name": "{prefix}-*-retrain-*"} | _ALWAYS
    dry = BY_NAME["dry run"]
    yield _cell(
        row,
        "retraining killed",
        dry,
        retrain,
        Expected("RetrainingFailed", "137", state="RetrainBest"),
    )
    yield _cell(
        row,
        "no capacity for retraining",
        dry,
        retrain | {"kind": "no-capacity"},
        Expected("LimitReached", "CapacityError", state="RetrainBest"),
    )
    fields = {**SLOW, "ResourceLimits": TWO_TRIALS}
    stopped = replace(_UPDATE, fields=fields, meanwhile=stop_tuning(with_best=False))
    yield _cell(row, "tuning stopped without a best", stopped, None, Expected("TuningStopped"))
    endless = {
        "StaticHyperParameters": {"num_round": "10000000"},
        "ResourceLimits": TWO_TRIALS | {"MaxRuntimeInSeconds": 120},
    }
    late = replace(_UPDATE, fields=endless)
    words = "MaxRuntimeInSeconds"
    yield _cell(row, "none ends in time", late, None, Expected("TuningTimedOut", words))
    many = {"MaxNumberOfTrainingJobs": 30, "MaxParallelTrainingJobs": 1}
    enough = replace(
        _UPDATE, fields={"ResourceLimits": many}, meanwhile=stop_tuning(with_best=True)
    )
    yield _cell(row, "tuning stopped with a best", enough, None, clean_end(enough))
    yield from _preparing()
    transform = {"kind": "fail-serving", "name": "{prefix}-*-candidate-*"} | _ALWAYS
    evaluation = Expected("EvaluationFailed", state="Decide")
    yield _cell("transform jobs", "model does not load", _UPDATE, transform, evaluation)
    nan = {"kind": "answer-nan", "name": "{prefix}-*-candidate-*"} | _ALWAYS
    garbled = Expected("EvaluationFailed", state="Decide")
    yield _cell("transform jobs", "candidate predicts NaN", _UPDATE, nan, garbled)


def _preparing() -> Iterator[Cell]:
    name = {"name": "{prefix}-*-prepare-*"} | _ALWAYS
    killed = Expected("PreparationFailed", "See job logs", state="Prepare")
    yield _cell("processing job", "killed", PREPARED, {"kind": "kill-processing"} | name, killed)
    short = Expected("LimitReached", "CapacityError", state="Prepare")
    yield _cell("processing job", "no capacity", PREPARED, {"kind": "no-capacity"} | name, short)


def _endpoints() -> Iterator[Cell]:
    for variant, row in ((_UPDATE, "endpoint, update"), (_FIRST, "endpoint, first")):
        fails = {"kind": "fail-serving", "name": "{prefix}-matrix"} | _ALWAYS
        outcome = "EndpointRolledBack" if variant.champion else "DeploymentFailed"
        yield _cell(
            row, "does not start", variant, fails, Expected(outcome, state="DeployEndpoint")
        )
        nan = {"kind": "answer-nan", "name": "{prefix}-matrix"} | _ALWAYS
        unhealthy = Expected("EndpointUnhealthy", state="VerifyEndpoint")
        yield _cell(row, "answers NaN", variant, nan, unhealthy)


def _functions(calls: dict[str, list[WorkflowCall]]) -> Iterator[Cell]:
    """Every function that the clean runs have shown ends by each of Lambda's limits."""
    seen: set[str] = set()
    for name, made in calls.items():
        invoked = [
            _FUNCTIONS.get(call.name, call.name) for call in made if call.operation == "Invoke"
        ]
        by_schedule = [call.name for call in made if call.name == "SweepExecutions"]
        for function in dict.fromkeys([*invoked, *by_schedule]):
            if function in seen:
                continue
            seen.add(function)
            for kind, outcome in (("out-of-memory", ""), ("function-timeout", "TimedOut")):
                fault = {"kind": kind, "name": f"{{prefix}}-{function}"} | _ALWAYS
                expected = _of_function(BY_NAME[name], function, outcome)
                yield _cell(f"function {function}", kind, BY_NAME[name], fault, expected)


def _of_function(variant: Variant, function: str, outcome: str) -> Expected:
    end = clean_end(variant)
    if function == "Prune":
        return replace(end, place="Pruned", words="RequestId", leaves="any")
    if function == "Notify":
        return replace(end, place="Notified", words="RequestId", messages=False)
    if function in ("ReadProgress", "InspectEndpoint"):
        return replace(end, words="RequestId", serves="any", leaves="any")
    if function == "CleanUp":
        return replace(end, words="could not be cleaned up", leaves="any")
    if function == "ExplainFailure":
        return end
    if function == "WriteFailureReport":
        return replace(end, words=NO_REPORT)
    if function == "SweepExecutions":
        return replace(end, done_again=True)
    if function == "WriteReport":
        return after_proof(Expected("ReportFailed", state=function), variant)
    if function == "ScaleEndpoint":
        return unscaled(variant, "RequestId")
    return Expected(outcome or OF_STATE.get(function, "FunctionFailed"), state=function)
