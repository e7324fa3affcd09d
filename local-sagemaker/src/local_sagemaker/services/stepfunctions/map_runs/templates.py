"""Fields that moto's grammar does not read, evaluated as if they were the arguments of a task."""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser

_FIELDS = {"JSONPath": "Parameters", "JSONata": "Arguments"}


def evaluated(env: Any, language: str, template: dict[str, Any]) -> dict[str, Any]:
    """The JSON that a payload template becomes: `name.$` in JSONPath, `{% %}` in JSONata."""
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        _FIELDS[language]: template,
        "End": True,
    }
    machine = {"QueryLanguage": language, "StartAt": "Task", "States": {"Task": task}}
    program = AmazonStateLanguageParser.parse(json.dumps(machine))[0]
    program.states.states["Task"].parargs.eval(env=env)
    value: dict[str, Any] = env.stack.pop()
    return value


def of_fields(env: Any, language: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Members of which a JSONPath may be given as `<member>Path`, by their bare names."""
    if language == "JSONata":
        return evaluated(env, language, fields)
    template = {
        f"{name.removesuffix('Path')}.$" if name.endswith("Path") else name: value
        for name, value in fields.items()
    }
    return evaluated(env, language, template)
