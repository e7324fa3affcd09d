"""What trials are billed for, as far as the list of their tuning job tells it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from tuning.request_types import TrainingJobAnswer, TuningJobRequest
from tuning.trials.trials import Trial

_ENDED = ("Completed", "Failed", "Stopped")


def billed_on_demand(
    request: TuningJobRequest, trials: Iterable[Trial]
) -> dict[str, TrainingJobAnswer]:
    """What DescribeTrainingJob would say of these trials' bills, by their names.

    A training job on demand is billed from its TrainingStartTime to its TrainingEndTime (API
    reference), which the list of a tuning job has, a hundred trials a call. A second that has begun
    counts. Left out are those that go on, spot training, and definitions that name several instance
    types.
    """
    one = request.get("TrainingJobDefinition")
    definitions = [one] if one else request["TrainingJobDefinitions"]
    machines = {
        None if one else definition.get("DefinitionName"): definition["ResourceConfig"]
        for definition in definitions
        if "ResourceConfig" in definition and not definition.get("EnableManagedSpotTraining")
    }
    found: dict[str, Any] = {}
    for trial in trials:
        name = None if one else trial.definition_name
        has_ended = trial.status in _ENDED and (trial.started is None or trial.ended is not None)
        if name in machines and has_ended:
            seconds = {} if trial.started is None else {"BillableTimeInSeconds": _billed(trial)}
            found[trial.name] = {
                "TrainingJobName": trial.name,
                "TrainingJobStatus": trial.status,
                "ResourceConfig": machines[name],
                **seconds,
            }
    return found


def _billed(trial: Trial) -> int:
    assert trial.started is not None, trial.name
    assert trial.ended is not None, trial.name
    return math.ceil((trial.ended - trial.started).total_seconds())
