"""What recovery has done to endpoint and leftovers, as sentences."""

from __future__ import annotations

from tuning.failure.error_cause import ErrorCause
from tuning.variables.progress import Progress
from tuning.variables.removed import Removed
from tuning.variables.restoration import EndpointState, Restoration
from tuning.variables.run_cost import RunCost
from tuning.visible import on_one_line

_GONE = "Could not find"  # SageMaker's words for an endpoint config or a model that is gone


def endpoint_message(progress: Progress, restoration: Restoration) -> str:
    """What became of the endpoint, and what it lacks that serves again."""
    return " ".join(filter(None, (_became(progress, restoration), _weak(progress, restoration))))


def _weak(progress: Progress, restoration: Restoration) -> str:
    """Service comes first: what served is brought back also where settings have become stricter."""
    weak, left = progress.plan and progress.plan.weak_champion, restoration.left
    if not weak or not left or left.config_name != weak.endpoint_config_name:
        return ""
    return (
        f"Warning: it does not keep to {', '.join(weak.settings)}, which this deployment asks of "
        "every run by now. Start a run, which deploys a model that does."
    )


def _became(progress: Progress, restoration: Restoration) -> str:
    name, left = progress.endpoint_name, restoration.left
    if progress.unread:
        reason = on_one_line(ErrorCause.parse(progress.unread).message)
        return (
            f"How far it had come could not be read, so that no endpoint was touched: {reason} "
            "It is tried again within the hour."
        )
    if progress.deployment is None:
        return f"The endpoint {name} was not touched." if name else "No endpoint was touched."
    if left is None or left.status == "Untouched":
        return f"The endpoint {name} serves the new model, which has answered real rows."
    previous = progress.deployment.previous
    if left.status == "Missing":
        return _missing(name, previous, restoration)
    if restoration.asked == "RestorePrevious" and _is_back(left, previous):
        return f"The endpoint {name} serves {previous} again, as before."
    if restoration.asked or not is_restored(progress, restoration):
        refusal = on_one_line(ErrorCause.parse(restoration.refused).message)
        seen = " ".join(part for part in (_state(left), _refused(refusal)) if part)
        return f"The endpoint {name} could not be restored: {seen} {_remedy(previous, refusal)}"
    return f"The endpoint {name} is {left.status} and serves {left.config_name}."


def is_restored(progress: Progress, restoration: Restoration) -> bool:
    """Whether another recovery could do no more for the endpoint.

    What served before cannot come back when somebody has deleted what it needs.
    """
    left = restoration.left
    if progress.unread or (left is not None and (left.error or left.changing)):
        return False
    return left is None or not left.ours or _GONE in restoration.refused


def clean_up_message(cleaned: Removed) -> str:
    """What was stopped and deleted, or why that failed.

    A model and its endpoint config have one name, which is told once.
    """
    if cleaned.error is not None:
        message = on_one_line(ErrorCause.parse(cleaned.error).message)
        return f"What it has made could not be cleaned up: {message}"
    done = {"Stopped": cleaned.stopped, "Deleted": cleaned.deleted}
    parts = (f"{verb} {', '.join(dict.fromkeys(names))}." for verb, names in done.items() if names)
    return " ".join(parts)


def _missing(name: str, previous: str, restoration: Restoration) -> str:
    if restoration.asked == "DeleteEndpoint":
        return f"The endpoint {name} is deleted again: nothing served there before."
    if previous:
        return f"There is no endpoint {name} any more: somebody has deleted it."
    return f"There is no endpoint {name}, as before."


def _is_back(left: EndpointState, previous: str) -> bool:
    return left.status == "InService" and left.config_name == previous


def _state(left: EndpointState) -> str:
    if left.error:
        return f"it could not be read ({on_one_line(ErrorCause.parse(left.error).message)})."
    # There is a reason where SageMaker has rolled the attempt back.
    why = f" {on_one_line(left.reason)}" if left.reason else ""
    return f"it is {left.status} with {left.config_name}.{why}"


def _refused(reason: str) -> str:
    return f"The attempt was refused: {reason}" if reason else ""


def _remedy(previous: str, refusal: str) -> str:
    if not previous:
        return "Delete it: aws sagemaker delete-endpoint."
    if _GONE in refusal:
        return (
            f"What {previous} needs was deleted, so that it can serve no more. Start a new "
            "execution, or delete the endpoint: aws sagemaker delete-endpoint."
        )
    return f"Update it to {previous}: aws sagemaker update-endpoint."


def cost_message(cost: RunCost) -> str:
    """What its training jobs have cost; nothing of one that has trained nothing."""
    if cost.seconds is None:
        return f"What its training jobs have cost is {cost.cost}."
    told = f"Its training jobs have cost {cost.cost}." if cost.seconds else ""
    if cost.this_month is None or cost.this_month.unknown is None:
        return told
    return f"{told} What the endpoint's runs of this month have cost is {cost.this_month}.".strip()
