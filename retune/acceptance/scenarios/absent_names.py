"""What AWS says of names that nothing has, and of one that is taken. Costs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Observation, Scenario, contains, equals
from retune.acceptance.stage import Stage


def play(stage: Stage) -> Iterator[Observation]:
    name = stage.name("absent")
    for kind in ("Training", "Transform", "Processing"):
        yield from _job(stage, kind, name)
    said = stage.refused("sagemaker", "list_model_packages", ModelPackageGroupName=name)
    yield contains("absent-package-group", "does not exist", said)
    stage.client("sagemaker").create_model_package_group(ModelPackageGroupName=name)
    again = stage.refused("sagemaker", "create_model_package_group", ModelPackageGroupName=name)
    yield contains("package-group-is-there", "already exists", again)


def _job(stage: Stage, kind: str, name: str) -> Iterator[Observation]:
    """To stop or delete a job that is not there is answered as to describe it."""
    key = {f"{kind}JobName": name}
    described = stage.refused("sagemaker", f"describe_{kind.lower()}_job", **key)
    code = described.partition(":")[0]
    for verb in ("stop", "delete"):
        operation = f"{verb}_{kind.lower()}_job"
        if hasattr(stage.client("sagemaker"), operation):
            said = stage.refused("sagemaker", operation, **key)
            yield equals("absent-jobs", code, said.partition(":")[0])


SCENARIO = Scenario(
    name="absent-names",
    about="what AWS says of names that nothing has",
    claims=("absent-jobs", "absent-package-group", "package-group-is-there"),
    minutes=2,
    play=play,
)
