"""An endpoint that scales: what Application Auto Scaling asks for, and what it forgets."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import ANY_CANDIDATE, INSTANCE, SMALL_RUN, Stage


def play(stage: Stage) -> Iterator[Observation]:
    name = stage.name("scaling")
    bounds = {"MinCapacity": 1, "MaxCapacity": 2, "InvocationsPerInstance": 70}
    endpoint = {"EndpointName": name, "AutoScaling": bounds}
    run = stage.run({**SMALL_RUN, **ANY_CANDIDATE, "Endpoint": endpoint})
    failed = f"{run.output.get('Outcome') or run.error} {run.output.get('ScalingFailure', '')}"
    yield equals("scaling-probes", ("Deployed", 1), (failed.strip(), len(_targets(stage, name))))
    sagemaker = stage.client("sagemaker")
    sagemaker.delete_endpoint(EndpointName=name)
    stage.until(
        "the end of the endpoint",
        lambda: stage.refused("sagemaker", "describe_endpoint", EndpointName=name),
    )
    yield equals("scaling-forgotten", [], _targets(stage, name))


def _targets(stage: Stage, endpoint: str) -> list[str]:
    answer = stage.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="sagemaker"
    )
    found = [each["ResourceId"] for each in answer["ScalableTargets"]]
    return [each for each in found if each.startswith(f"endpoint/{endpoint}/")]


SCENARIO = Scenario(
    name="scaling",
    about="an endpoint that scales",
    claims=("scaling-probes", "scaling-forgotten"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1), Bound("Hosting", INSTANCE, 2)),
)
