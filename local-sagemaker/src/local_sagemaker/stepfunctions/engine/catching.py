"""Catch: where a failure leads, and what the next state gets of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local_sagemaker.stepfunctions.engine.error_names import matches
from local_sagemaker.stepfunctions.engine.outcome import Outcome
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.queries import path, template

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.visit import Visit


def caught(visit: Visit, failure: StateFailed) -> Outcome | None:
    """What the first catcher for this failure makes of it; None when there is none."""
    for index, catcher in enumerate(visit.said.get("Catch", [])):
        if matches(catcher["ErrorEquals"], failure):
            visit.seen["errorDetails"] = {"catchIndex": index}
            return _outcome(visit, catcher, f"Catch[{index}]", error_output(failure))
    return None


def error_output(failure: StateFailed) -> dict[str, str | None]:
    """$states.errorOutput. A cause that is not known is empty beside an error that is."""
    cause = "" if failure.cause is None and failure.error is not None else failure.cause
    return {"Error": failure.error, "Cause": cause}


def _outcome(
    visit: Visit, catcher: dict[str, Any], place: str, error: dict[str, str | None]
) -> Outcome:
    language = visit.state.language
    if visit.is_jsonata:
        scope = visit.scope(error_output=error)
        output = error
        if "Output" in catcher:
            output = template.evaluate(catcher["Output"], scope, language, f"{place}/Output")
    else:
        scope = visit.scope(input=error)
        where = catcher.get("ResultPath", "$")
        output = visit.given if where is None else path.put(where, visit.given, error)
    assigned = template.evaluate(catcher.get("Assign", {}), scope, language, f"{place}/Assign")
    return Outcome(output, catcher["Next"], assigned)
