"""The template that is deployed, and the one that would be: resources, and models by schedule.

Models that share one schedule lie in an object beside the template. They are added to it as what
their schedules would be, of a type that CloudFormation does not know.
"""

import json
import re
from pathlib import Path
from typing import Any

from tuning.variables.shared_models import ModelsPlace, SharedModel, SharedModels

from retune.aws import Aws
from retune.stack import describe_stack

Template = dict[str, Any]
SCHEDULE, RULE = "AWS::Scheduler::Schedule", "AWS::Events::Rule"
BUCKET = "AWS::S3::Bucket"
SHARED = "Retune::SharedModel"
_FILE = "retune:models"  # metadata of the schedule that models share: a file of the assembly
# How the input of the rule of a model with Arrivals begins.
_WATCHED = re.compile(r'\{"Model": \{"ModelName": "(?P<name>[a-z0-9-]+)"')


def deployed_template(aws: Aws, stack: str) -> Template:
    """Empty where nothing is deployed."""
    described = describe_stack(aws, stack)
    if described is None or described["StackStatus"] == "REVIEW_IN_PROGRESS":
        return {}
    body = aws.client("cloudformation").get_template(StackName=stack)["TemplateBody"]
    template = dict(json.loads(body)) if isinstance(body, str) else dict(body)
    shared = _shared(template)
    if shared is None:
        return template
    schedule = aws.client("scheduler").get_schedule(Name=shared[0])
    place = ModelsPlace.parse(json.loads(schedule["Target"]["Input"]))
    answer = aws.client("s3").get_object(Bucket=place.bucket, Key=place.key)
    return _with_models(template, answer["Body"].read())


def synthesized_template(assembly: Path, stack: str) -> Template:
    """Of a cloud assembly, the folder that `cdk synth` writes."""
    template = dict(json.loads((assembly / f"{stack}.template.json").read_text()))
    shared = _shared(template)
    return _with_models(template, (assembly / shared[1]).read_bytes()) if shared else template


def models_of(template: Template) -> dict[str, dict[str, Any]]:
    """The properties of the schedules of models, by the model's name."""
    found: dict[str, dict[str, Any]] = {}
    for properties in (*properties_of(template, SCHEDULE), *properties_of(template, SHARED)):
        document = document_of(properties)
        if "ModelName" in document:
            found[document["ModelName"]] = properties
    return found


def arrivals_of(template: Template) -> set[str]:
    """The names of the models that new data start: each has a rule that tells a function."""
    targets = [
        target for rule in properties_of(template, RULE) for target in rule.get("Targets", [])
    ]
    inputs = [target.get("InputTransformer", {}).get("InputTemplate", "") for target in targets]
    found = (_WATCHED.match(text) for text in inputs if isinstance(text, str))
    return {match["name"] for match in found if match}


def document_of(schedule: dict[str, Any]) -> dict[str, Any]:
    """The execution input of a schedule; empty for one that starts no execution."""
    text = schedule["Target"].get("Input")
    return dict(json.loads(text)) if isinstance(text, str) else {}


def endpoint_of(schedule: dict[str, Any]) -> str:
    """The endpoint of a model, by its schedule."""
    return str(document_of(schedule)["Endpoint"]["EndpointName"])


def deletes_bucket(template: Template) -> bool:
    """Whether the data bucket goes with the stack, as CloudFormation's default is too."""
    policies = [bucket.get("DeletionPolicy", "Delete") for bucket in resources_of(template, BUCKET)]
    return "Delete" in policies


def resources_of(template: Template, kind: str) -> list[dict[str, Any]]:
    """The resources of a type."""
    resources = template.get("Resources", {}).values()
    return [resource for resource in resources if resource["Type"] == kind]


def properties_of(template: Template, kind: str) -> list[dict[str, Any]]:
    """The same of their properties alone."""
    return [resource.get("Properties", {}) for resource in resources_of(template, kind)]


def as_schedule(model: SharedModel) -> dict[str, Any]:
    """What the schedule of a model would be, by the names of EventBridge Scheduler."""
    return {
        "State": model.state,
        "ScheduleExpression": model.expression,
        "ScheduleExpressionTimezone": model.time_zone,
        "Target": {"Input": json.dumps(model.document)},
    }


def _shared(template: Template) -> tuple[str, str] | None:
    """The schedule that models share, and the file of the cloud assembly that holds them."""
    for schedule in resources_of(template, SCHEDULE):
        file = schedule.get("Metadata", {}).get(_FILE)
        if file:
            return str(schedule["Properties"]["Name"]), str(file)
    return None


def _with_models(template: Template, content: bytes) -> Template:
    models = SharedModels.parse(json.loads(content)).models
    added = {
        f"{SHARED}/{model.name}": {"Type": SHARED, "Properties": as_schedule(model)}
        for model in models
    }
    return {**template, "Resources": {**template["Resources"], **added}}
