"""Map states that tolerate failures, and the name of a Map Run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retune.acceptance.machines import create_machine, history
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage

_ITEMS = [1, 2, 3]


def play(stage: Stage) -> Iterator[Observation]:
    distributed = create_machine(stage, _map("DISTRIBUTED"))
    first = stage.finish(stage.start({}, distributed))
    yield equals("distributed-map-tolerates", [1, 3], first.output or first.error)
    create_machine(stage, _map("DISTRIBUTED", comment="Updated"), update=distributed)
    second = stage.start({}, distributed)
    stage.finish(second)
    labels = {_label(stage, first.arn), _label(stage, second)}
    yield equals("map-label-through-updates", 1, len(labels))
    inline = stage.finish(stage.start({}, create_machine(stage, _map("INLINE"))))
    yield equals("inline-map-tolerates", "Second", inline.error or inline.status)


def _map(mode: str, comment: str = "") -> dict[str, Any]:
    """The second of three iterations fails, and all failures are tolerated."""
    kind = {"ExecutionType": "STANDARD"} if mode == "DISTRIBUTED" else {}
    choice = {
        "Type": "Choice",
        "Choices": [{"Condition": "{% $states.input = 2 %}", "Next": "Fail"}],
        "Default": "Done",
    }
    return {
        "Map": {
            "Type": "Map",
            "Comment": comment,
            "Items": _ITEMS,
            "ToleratedFailurePercentage": 100,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": mode, **kind},
                "StartAt": "Choose",
                "States": {
                    "Choose": choice,
                    "Fail": {"Type": "Fail", "Error": "Second", "Cause": "On purpose."},
                    "Done": {"Type": "Succeed"},
                },
            },
            "End": True,
        }
    }


def _label(stage: Stage, execution: str) -> str:
    """Of the Map Run of an execution: mapRun:<machine>/<label>:<id>."""
    started = (each.get("mapRunStartedEventDetails") for each in history(stage, execution))
    arn = next(each["mapRunArn"] for each in started if each)
    return str(arn.rsplit("/", 1)[1].split(":")[0])


SCENARIO = Scenario(
    name="maps",
    about="Map states that tolerate failures",
    claims=("distributed-map-tolerates", "map-label-through-updates", "inline-map-tolerates"),
    minutes=10,
    play=play,
)
