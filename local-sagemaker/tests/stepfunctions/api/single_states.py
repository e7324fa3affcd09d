"""States to be tested alone, and what TestState answers."""

from __future__ import annotations

import json
from typing import Any

PASS = {"Type": "Pass", "End": True}
LAMBDA = {
    "Type": "Task",
    "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName.$": "$.name"},
    "End": True,
}
PROCESSOR = {
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
    "StartAt": "Inner",
    "States": {"Inner": PASS},
}
MAP = {
    "Type": "Map",
    "QueryLanguage": "JSONata",
    "Items": "{% $states.input.values %}",
    "ItemProcessor": PROCESSOR,
    "End": True,
}
VALUES = {"values": [1, 2, 3]}


def answer_of(sfn: Any, state: Any, given: Any = None, **more: Any) -> dict[str, Any]:
    """The answer of TestState, with the JSON of its texts."""
    answer = sfn.test_state(
        definition=json.dumps(state), input=json.dumps({} if given is None else given), **more
    )
    del answer["ResponseMetadata"]
    if "output" in answer:
        answer["output"] = json.loads(answer["output"])
    data = answer.get("inspectionData", {})
    data |= {name: json.loads(text) for name, text in data.items() if isinstance(text, str)}
    return dict(answer)


def mock(result: Any) -> dict[str, Any]:
    return {"result": json.dumps(result)}


FAILING = {"errorOutput": {"error": "Late", "cause": "it is Sunday"}}
