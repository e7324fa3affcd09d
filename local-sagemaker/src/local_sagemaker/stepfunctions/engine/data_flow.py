"""What a state's work gets of its input, and what the next state gets of its result.

JSONPath: InputPath, Parameters, ResultSelector, ResultPath, OutputPath. JSONata: Arguments, Output.
Both: Assign. https://states-language.net/#data
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.engine.sizes import checked_text
from local_sagemaker.stepfunctions.queries import path, template

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def effective_input(visit: Visit) -> Any:
    """The input as InputPath leaves it."""
    if visit.is_jsonata:
        return visit.given
    chosen = _selected(visit, "InputPath", visit.given)
    visit.seen["afterInputPath"] = chosen
    return chosen


def arguments(visit: Visit, chosen: Any) -> Any:
    """What Arguments or Parameters make of the effective input: that itself without them.

    Raises States.DataLimitExceeded when that is too much.
    """
    field = "Arguments" if visit.is_jsonata else "Parameters"
    found = chosen
    if field in visit.said:
        scope = visit.scope(input=chosen)
        found = template.evaluate(visit.said[field], scope, visit.state.language, field)
        checked_text(found, visit.state.name)
    visit.seen["afterArguments" if visit.is_jsonata else "afterParameters"] = found
    return found


def without_result(visit: Visit, said: Mapping[str, Any] | None = None, place: str = "") -> Outcome:
    """The end of a state that has no result.

    `said` has Assign and Output, if not the state, and stands in it at `place`, such as
    "Choices[1]/": a failure says so.
    """
    if visit.is_jsonata:
        return _jsonata(visit, visit.given, said or visit.said, place)
    chosen = effective_input(visit)
    return _jsonpath(visit, chosen, chosen, said or visit.said)


def with_result(visit: Visit, result: Any) -> Outcome:
    """The end of a Task, Parallel, Map or Pass state."""
    if visit.is_jsonata:
        return _jsonata(visit, result, visit.said, result=result)
    if "ResultSelector" in visit.said:
        selector, scope = visit.said["ResultSelector"], visit.scope(input=result)
        result = template.evaluate(selector, scope, "JSONPath", "ResultSelector")
    visit.seen["afterResultSelector"] = result
    where = visit.said.get("ResultPath", "$")
    document = visit.given if where is None else path.put(where, visit.given, result)
    visit.seen["afterResultPath"] = document
    return _jsonpath(visit, document, result, visit.said)


def _jsonpath(visit: Visit, document: Any, assigning: Any, said: Mapping[str, Any]) -> Outcome:
    scope = visit.scope(input=assigning)
    assigned = template.evaluate(said.get("Assign", {}), scope, "JSONPath", "Assign")
    output = _selected(visit, "OutputPath", document)
    return Outcome(output, visit.said.get("Next"), assigned)


def _jsonata(
    visit: Visit, output: Any, said: Mapping[str, Any], place: str = "", **members: Any
) -> Outcome:
    scope = visit.scope(**members)
    assigned = template.evaluate(said.get("Assign", {}), scope, "JSONata", f"{place}Assign")
    if "Output" in said:
        output = template.evaluate(said["Output"], scope, "JSONata", f"{place}Output")
    return Outcome(output, visit.said.get("Next"), assigned)


def _selected(visit: Visit, field: str, document: Any) -> Any:
    """What a path of the state selects of the document: an empty object by null."""
    if field not in visit.said:
        return document
    where = visit.said[field]
    return {} if where is None else path.select(where, visit.scope(input=document), field)
