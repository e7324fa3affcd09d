"""What trials are billed for is told by the list of their tuning job, where that is enough."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tuning.prices.billing import billable_seconds
from tuning.trials.billed_on_demand import billed_on_demand
from tuning.trials.trials import Trial

from tests.tuning.plans import make_plan
from tests.tuning.recorded import trial_summary

REQUEST = make_plan().tuning_job


def request(**members: Any) -> Any:
    return {"TrainingJobDefinition": {**REQUEST["TrainingJobDefinition"], **members}}


def trial(number: int = 1, value: float | None = 0.9, **members: Any) -> Trial:
    """Trained for 45 seconds."""
    return Trial.parse(trial_summary(number, value, **members))


def test_trials_on_demand_are_billed_from_their_start_to_their_end() -> None:
    machines = {"InstanceType": "ml.c5.xlarge", "InstanceCount": 2, "VolumeSizeInGB": 10}
    told = billed_on_demand(request(ResourceConfig=machines), [trial(1), trial(2, None)])
    assert billable_seconds(told.values()) == {"ml.c5.xlarge": 2 * 2 * 45}


def test_a_second_that_has_begun_is_billed() -> None:
    begun = trial_summary(1, 0.9)["TrainingStartTime"]
    short = trial(TrainingEndTime=begun + timedelta(milliseconds=200))
    assert billable_seconds(billed_on_demand(REQUEST, [short]).values()) == {"ml.m5.large": 1}


def test_trial_that_was_stopped_before_it_began_is_billed_nothing() -> None:
    stopped = Trial.parse(
        {
            name: value
            for name, value in trial_summary(1, None, TrainingJobStatus="Stopped").items()
            if name not in ("TrainingStartTime", "TrainingEndTime")
        }
    )
    told = billed_on_demand(REQUEST, [stopped])
    assert billable_seconds(told.values()) == {"ml.m5.large": 0}


def test_what_only_the_training_job_tells_is_left_to_it() -> None:
    goes_on = trial(1, None, TrainingJobStatus="InProgress")
    assert billed_on_demand(REQUEST, [goes_on]) == {}
    spot = request(EnableManagedSpotTraining=True)
    assert billed_on_demand(spot, [trial()]) == {}
    flexible = request(HyperParameterTuningResourceConfig={"InstanceConfigs": []})
    del flexible["TrainingJobDefinition"]["ResourceConfig"]
    assert billed_on_demand(flexible, [trial()]) == {}


def test_each_definition_has_machines_of_its_own() -> None:
    machines = {"InstanceType": "ml.c5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 10}
    spot = {"DefinitionName": "spot", "EnableManagedSpotTraining": True, "ResourceConfig": machines}
    deep = {"DefinitionName": "deep", "ResourceConfig": machines}
    several: Any = {"TrainingJobDefinitions": [deep, spot]}
    of_deep, of_spot = (
        trial(number, TrainingJobDefinitionName=name)
        for number, name in enumerate(("deep", "spot"))
    )
    assert [*billed_on_demand(several, [of_deep, of_spot])] == [of_deep.name]
