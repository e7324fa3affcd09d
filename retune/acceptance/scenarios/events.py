"""What SageMaker tells of models and endpoint configurations. Costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.events import listen
from retune.acceptance.hosting import create_config, create_model
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_KINDS = {"Model": "Model", "EndpointConfig": "Endpoint Config"}


def play(stage: Stage) -> Iterator[Observation]:
    types = [f"SageMaker {words} State Change" for words in _KINDS.values()]
    heard = listen(stage, {"source": ["aws.sagemaker"], "detail-type": types})
    sagemaker = stage.client("sagemaker")
    model = create_model(stage, stage.upload("acceptance/model.tar.gz", b""))
    yield _told("ModelName", model, heard.next())
    config = create_config(stage, model)
    yield _told("EndpointConfigName", config, heard.next())
    sagemaker.delete_endpoint_config(EndpointConfigName=config)
    yield _told("EndpointConfigName", config, heard.next())
    sagemaker.delete_model(ModelName=model)
    yield _told("ModelName", model, heard.next())


def _told(key: str, name: str, event: dict[str, Any]) -> Observation:
    return equals("model-events", f"{key} {name}", f"{key} {event.get(key)}")


SCENARIO = Scenario(
    name="events",
    about="what SageMaker tells of models and endpoint configurations",
    claims=("model-events",),
    minutes=10,
    play=play,
)
