"""A model that waits for a person, and what SageMaker says of it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.events import listen
from retune.acceptance.scenario import Bound, Observation, Scenario, equals, refusal
from retune.acceptance.stage import ANY_CANDIDATE, INSTANCE, SMALL_RUN, Stage

_EVENT = "SageMaker Model Package State Change"


def play(stage: Stage) -> Iterator[Observation]:
    sagemaker, group = stage.client("sagemaker"), stage.stack.name_prefix
    heard = listen(stage, {"source": ["aws.sagemaker"], "detail-type": [_EVENT]})
    endpoint = {"EndpointName": stage.name("approval")}
    run = stage.start({**SMALL_RUN, **ANY_CANDIDATE, "Approval": "Manual", "Endpoint": endpoint})

    def waiting() -> str | None:
        found = _packages(stage, ModelApprovalStatus="PendingManualApproval")
        return str(found[0]["ModelPackageArn"]) if found else None

    package = stage.until("the model package", waiting)
    yield equals("package-events", (package, group), _package_of(heard.next()))
    said = stage.refused(
        "sagemaker",
        "create_model",
        ModelName=stage.name("pending"),
        ExecutionRoleArn=stage.training_role,
        PrimaryContainer={"ModelPackageName": package},
    )
    yield refusal("pending-package", "ValidationException", "approv", said)
    sagemaker.update_model_package(ModelPackageArn=package, ModelApprovalStatus="Approved")
    yield equals("package-events", (package, group), _package_of(heard.next()))
    end = stage.finish(run)
    yield equals("package-events", "Deployed", end.output.get("Outcome", end.error))
    said = stage.refused("sagemaker", "delete_model_package_group", ModelPackageGroupName=group)
    yield refusal("pending-package", "ConflictException", "version", said)


def _packages(stage: Stage, **filters: str) -> list[dict[str, Any]]:
    answer = stage.client("sagemaker").list_model_packages(
        ModelPackageGroupName=stage.stack.name_prefix, **filters
    )
    found: list[dict[str, Any]] = answer["ModelPackageSummaryList"]
    return found


def _package_of(event: dict[str, Any]) -> tuple[Any, Any]:
    return event.get("ModelPackageArn"), event.get("ModelPackageGroupName")


SCENARIO = Scenario(
    name="approval",
    about="a model that waits for a person",
    claims=("package-events", "pending-package"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 1), Bound("Hosting", INSTANCE, 1)),
)
