"""What a deployment would take away from the one that is there, said before it does."""

from collections.abc import Iterator
from typing import Any

from retune.deployment.deployed_template import (
    BUCKET,
    SCHEDULE,
    SHARED,
    Template,
    arrivals_of,
    deletes_bucket,
    document_of,
    endpoint_of,
    models_of,
    properties_of,
    resources_of,
)
from retune.deployment.lost_rules import lost_rules

_SUBSCRIPTION = "AWS::SNS::Subscription"
_ROLE, _FUNCTION = "AWS::IAM::Role", "AWS::Lambda::Function"
_ROLE_FIELD = "TrainingRoleArn"
_PLANS = "PlanTuning"  # the function that is told bucket and training role


def lost(old: Template, new: Template) -> list[str]:
    """A sentence for each loss, without its subject; none where nothing was deployed."""
    if not old:
        return []
    looks = (_models, _alarms, _arrivals, _other_schedules, _addresses, _role, _bucket, lost_rules)
    return [loss for look in looks for loss in look(old, new)]


def _models(old: Template, new: Template) -> Iterator[str]:
    now = models_of(new)
    for name, schedule in models_of(old).items():
        document = document_of(schedule)
        if name not in now:
            yield (
                f"removes the model {name}: its schedule and alarms. Its endpoint "
                f"{endpoint_of(schedule)} stays, if there is one, and goes on costing money."
            )
            continue
        if (schedule["State"], now[name]["State"]) == ("ENABLED", "DISABLED"):
            yield f"turns the schedule of the model {name} off."
        before, after = (each.get(_ROLE_FIELD) for each in (document, document_of(now[name])))
        if before and before != after:
            by = after or "that of the stack"
            yield f"replaces the role {before} of the model {name} by {by}."


def _alarms(old: Template, new: Template) -> Iterator[str]:
    """Of models that stay, and share one schedule from now on."""
    shared = {str(document_of(each)["ModelName"]) for each in properties_of(new, SHARED)}
    had = {str(document_of(each).get("ModelName")) for each in properties_of(old, SCHEDULE)}
    number = len(shared & had)
    if number:
        yield (
            f"takes their own schedules and alarms from {number} models, since there are more than "
            "models_with_schedules: one schedule starts them, and no alarm watches their endpoints."
        )


def _arrivals(old: Template, new: Template) -> Iterator[str]:
    """Of models that stay; what is removed whole has been said."""
    watched = arrivals_of(new)
    for name in sorted(arrivals_of(old) - watched):
        if name in models_of(new):
            yield f"stops starting the model {name} when its data arrive."


def _other_schedules(old: Template, new: Template) -> Iterator[str]:
    """Schedules that hold no model's document, as before there were models."""
    staying = {str(each["Name"]) for each in properties_of(new, SCHEDULE)}
    for schedule in properties_of(old, SCHEDULE):
        is_on = schedule["State"] == "ENABLED" and "ModelName" not in document_of(schedule)
        if is_on and str(schedule["Name"]) not in staying:
            yield f"removes the schedule {schedule['Name']}."


def _addresses(old: Template, new: Template) -> Iterator[str]:
    staying = {str(each["Endpoint"]) for each in properties_of(new, _SUBSCRIPTION)}
    for subscription in properties_of(old, _SUBSCRIPTION):
        if str(subscription["Endpoint"]) not in staying:
            yield f"stops telling {subscription['Endpoint']} how executions end."


def _role(old: Template, new: Template) -> Iterator[str]:
    before, after = _variable(old, "TRAINING_ROLE_ARN"), _variable(new, "TRAINING_ROLE_ARN")
    if before != after:
        yield (
            f"replaces the training role {_shown(before)} by {_shown(after)}. Models that serve "
            "keep the one that they were made with: it must stay until each is deployed again."
        )
    bounded = [each for each in properties_of(old, _ROLE) if "PermissionsBoundary" in each]
    if bounded and not any("PermissionsBoundary" in each for each in properties_of(new, _ROLE)):
        yield f"takes the permissions boundary {bounded[0]['PermissionsBoundary']} from all roles."


def _bucket(old: Template, new: Template) -> Iterator[str]:
    before, after = _variable(old, "BUCKET"), _variable(new, "BUCKET")
    if before != after:
        yield (
            f"replaces the data bucket {_shown(before)} by {_shown(after)}. Data, artefacts and "
            "reports are not moved, and models that serve need theirs where they are."
        )
    if deletes_bucket(new) and resources_of(old, BUCKET) and not deletes_bucket(old):
        yield "lets the data bucket go with the stack when it is destroyed."


def _variable(template: Template, name: str) -> Any:
    """What PlanTuning is told: a text, or a reference to a resource of the template."""
    for properties in properties_of(template, _FUNCTION):
        if str(properties.get("FunctionName", "")).endswith(f"-{_PLANS}"):
            return properties["Environment"]["Variables"].get(name)
    return None


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "that the stack makes"
