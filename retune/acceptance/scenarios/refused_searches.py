"""Tuning jobs that SageMaker refuses: of warm starts, and of a metric's direction."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals, refusal
from retune.acceptance.search import Request, finished_job, refused_search, request_like, warm_start
from retune.acceptance.stage import INSTANCE, Stage

_REFUSED = "ValidationException"
_GRID = {
    "Strategy": "Grid",
    "ParameterRanges": {"CategoricalParameterRanges": [{"Name": "eta", "Values": ["0.1", "0.2"]}]},
    "ResourceLimits": {"MaxParallelTrainingJobs": 1},
}
_HYPERBAND = {
    "Strategy": "Hyperband",
    "StrategyConfig": {"HyperbandStrategyConfig": {"MinResource": 1, "MaxResource": 10}},
    "TrainingJobEarlyStoppingType": "Off",
}


def play(stage: Stage) -> Iterator[Observation]:
    parent = finished_job(stage)

    def like_the_parent() -> Request:
        return request_like(stage, parent)

    other = like_the_parent()
    other["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"]["Type"] = "Minimize"
    yield refusal("metric-direction", _REFUSED, "metric", refused_search(stage, other))
    for strategy in (_GRID, _HYPERBAND):
        other = like_the_parent() | {"WarmStartConfig": warm_start(parent)}
        other["HyperParameterTuningJobConfig"] |= strategy
        yield refusal("warm-start-strategies", _REFUSED, "strateg", refused_search(stage, other))
    for chosen in ("Bayesian", "Random"):
        other = like_the_parent() | {"WarmStartConfig": warm_start(parent, parent)}
        other["HyperParameterTuningJobConfig"]["Strategy"] = chosen
        said = refused_search(stage, other) or "accepted"
        yield equals("warm-start-strategies", f"{chosen}: accepted", f"{chosen}: {said}")
    other = like_the_parent() | {"WarmStartConfig": warm_start(parent)}
    other["TrainingJobDefinition"]["Environment"] = {"OTHER": "than the parent"}
    yield refusal("warm-start-fields", _REFUSED, "allowed to change", refused_search(stage, other))


SCENARIO = Scenario(
    name="refused-searches",
    about="tuning jobs that SageMaker refuses",
    claims=("metric-direction", "warm-start-strategies", "warm-start-fields"),
    minutes=30,
    play=play,
    bounds=(Bound("Training", INSTANCE, 0.75),),
)
