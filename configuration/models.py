"""The models of a deployment: files of `models/`, or objects that another CDK app gives.

A model's document is an execution input that is complete by itself: with the model's name and its
endpoint's, without what starts it: schedule and arrivals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput, ModelName
from tuning.execution_input.lay_over import lay_over
from tuning.execution_input.model import Arrivals, Schedule
from tuning.execution_input.pasted_request import read_request
from tuning.execution_input.sagemaker_model import SageMakerModel
from tuning.execution_input.suggest import close
from tuning.execution_input.validation_faults import validation_faults
from tuning.schedules.expression import check_expression

from configuration.default_input import default_input
from configuration.document import Document, read_file
from configuration.faults import ConfigurationError, FileFault
from configuration.requirements import requirements
from configuration.settings import Settings

ENDINGS = (".yaml", ".yml", ".json")
_NAME, _ENDPOINT = "ModelName", "Endpoint"
_SCHEDULE, _ARRIVALS = "Schedule", "Arrivals"
_ROLLBACK, _IMPORT = "Rollback", "Import"
# What starts a model, with how it is written.
_STARTS = {_SCHEDULE: "{Expression: rate(7 days)}", _ARRIVALS: "{QuietInSeconds: 300}"}
# Nobody looks at a schedule: it tunes when there is something new, and begins where it ended.
_OF_MODELS: dict[str, Any] = {
    "RetuneWhen": "DataChanged",
    "WarmStartConfig": {"ParentHyperParameterTuningJobs": "Auto"},
}
_UNNAMED = "model"  # stands for a name that cannot be, so that the rest can be checked

Source = str | Path | Mapping[str, Any]
Start = TypeVar("Start", bound=SageMakerModel)


@dataclass(frozen=True)
class Model:
    """One model that is kept tuned.

    `document` is what its schedule gives an execution, `run` what PlanTuning reads in it: None
    when it would be refused.
    """

    name: str
    document: dict[str, Any]
    schedule: Schedule | None
    arrivals: Arrivals | None
    source: Document
    run: ExecutionInput | None = None

    @property
    def endpoint(self) -> str:
        return str(self.document[_ENDPOINT]["EndpointName"])

    @property
    def training_role_arn(self) -> str | None:
        """The model's own role; None for the deployment's."""
        return self.document.get("TrainingRoleArn")


def model_folders(settings: Settings) -> list[Path]:
    """The folder of the settings; a project without models has none."""
    folder = Path(settings.models)
    default = Settings.model_fields["models"].default
    return [folder] if folder.exists() or settings.models != default else []


def read_models(sources: Iterable[Source], settings: Settings) -> list[Model]:
    """The models of files, of folders of such files, and of objects with a `ModelName`.

    Raises:
        ConfigurationError: with every fault of all of them.
    """
    models, faults = [], []
    for read in _documents(sources):
        try:
            models.append(read_model(read(), settings))
        except ConfigurationError as error:
            faults.append(str(error))
    faults += [str(fault) for fault in _shared(models)]
    if has_dispatcher(models, settings):
        faults += [str(fault) for model in models for fault in _not_dispatched(model, settings)]
    if faults:
        raise ConfigurationError("\n".join(faults))
    return models


def has_dispatcher(models: Sequence[Model], settings: Settings) -> bool:
    """Whether there are more models than schedules, so that one schedule starts them all."""
    return len(models) > settings.models_with_schedules


def read_model(source: Document, settings: Settings) -> Model:
    """The model of a document, checked as an execution input is.

    Raises:
        ConfigurationError: with every fault of the document.
    """
    source = _as_execution_input(source)
    given = source.value
    if not isinstance(given, Mapping):
        rule = "A model is an object of fields, such as Algorithm: xgboost."
        raise ConfigurationError.of([FileFault(source.file, 1, rule)])
    name, name_faults = _name_of(source)
    schedule, schedule_faults = _start_of(given, _SCHEDULE, Schedule)
    arrivals, arrivals_faults = _start_of(given, _ARRIVALS, Arrivals)
    document = {key: value for key, value in given.items() if key not in (*_STARTS, "$schema")}
    model = Model(name, _complete(document, name, settings), schedule, arrivals, source)
    run, input_faults = _read_input(document | {_NAME: name}, model, settings)
    faults = [*name_faults, *schedule_faults, *arrivals_faults, *input_faults]
    if faults:
        raise ConfigurationError.of(source.fault(fault) for fault in faults)
    return replace(model, run=run)


def _as_execution_input(source: Document) -> Document:
    """With the fields of an execution input for those of a pasted request, on the same lines."""
    try:
        pasted = read_request(source.value)
    except InvalidInput as refused:
        raise ConfigurationError.of(map(source.fault, refused.faults)) from refused
    return source.moved(pasted.execution_input, pasted.places) if pasted else source


def _documents(sources: Iterable[Source]) -> Iterator[Any]:
    """A function for each, which reads it or refuses to."""
    for source in sources:
        if isinstance(source, Mapping):
            name = source.get(_NAME)
            document = Document(f"models[{name}]", source, {})
            yield lambda document=document: document
            continue
        path = Path(source)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            if file.suffix in ENDINGS or not path.is_dir():
                yield lambda file=file: read_file(file)


def _name_of(source: Document) -> tuple[str, list[Fault]]:
    """The name is the file's; an object of another app has none, and gives it."""
    given = source.value.get(_NAME)
    is_file = source.file.endswith(ENDINGS)
    name = Path(source.file).stem if is_file else given
    try:
        TypeAdapter(ModelName).validate_python(name)
    except ValidationError:
        rule = "It is the name of a schedule, of alarms and of an endpoint."
        fix = "Use a-z, 0-9 and single hyphens, a letter first, at most 50; not sweep or endpoint."
        return _UNNAMED, [Fault(_NAME, name, rule, fix)]
    if is_file and given is not None:
        rule = f"A model has its file's name, which is {name}."
        return _UNNAMED, [Fault(_NAME, given, rule, "Leave it out, or rename the file.")]
    return str(name), []


def _start_of(
    given: Mapping[str, Any], field: str, kind: type[Start]
) -> tuple[Start | None, list[Fault]]:
    value = given.get(field)
    if value is None:
        return None, []
    if not isinstance(value, Mapping):
        fix = f"Write it as {_STARTS[field]}."
        return None, [Fault(field, value, "It must be a JSON object.", fix)]
    try:
        return kind.model_validate(value), []
    except ValidationError as error:
        found = validation_faults(error, kind, load_algorithm("xgboost"))
        return None, [replace(fault, field=f"{field}.{fault.field}".rstrip(".")) for fault in found]


def _complete(document: Mapping[str, Any], name: str, settings: Settings) -> dict[str, Any]:
    """With an endpoint of its own, and the defaults of models."""
    endpoint = document.get(_ENDPOINT)
    named = {"EndpointName": f"{settings.name_prefix}-{name}"}
    if isinstance(endpoint, Mapping):
        named |= {key: value for key, value in endpoint.items() if value is not None}
    return {_NAME: name, **_OF_MODELS, **document, _ENDPOINT: named}


def _read_input(
    document: dict[str, Any], model: Model, settings: Settings
) -> tuple[ExecutionInput | None, tuple[Fault, ...]]:
    """As PlanTuning does it; images are judged where account and region are known."""
    if document.get(_ROLLBACK) is not None:
        rule = "Each run of the model would go back, by its schedule too."
        fix = f"Leave it out, and go back once: retune rollback {model.name}."
        return None, (Fault(_ROLLBACK, document[_ROLLBACK], rule, fix),)
    if document.get(_IMPORT) is not None:
        rule = "Each run of the model would deploy the same one, by its schedule too."
        fix = "Leave it out, and deploy it once: retune import FILE."
        return None, (Fault(_IMPORT, document[_IMPORT], rule, fix),)
    known = settings.account is not None and settings.region is not None
    endpoint = {_ENDPOINT: {"EndpointName": model.endpoint}}
    try:
        run = check_input(
            document,
            name_prefix=settings.name_prefix,
            region=settings.region if known else None,
            account=settings.account,
            image_repositories=tuple(settings.image_repositories),
            defaults=lay_over(default_input(settings), endpoint, {}),
            required=requirements(settings),
        )
    except InvalidInput as refused:
        return None, tuple(map(_misspelt_start, refused.faults))
    return run, ()


def _misspelt_start(fault: Fault) -> Fault:
    """An execution input has no such field that could be meant."""
    meant = close(fault.field, _STARTS) if "." not in fault.field else []
    return replace(fault, fix=f"Did you mean {meant[0]}?") if meant else fault


def _shared(models: Iterable[Model]) -> Iterator[FileFault]:
    """Two models under one name, or at one endpoint, whose name SageMaker reads in lower case."""
    by_name: dict[str, Model] = {}
    by_endpoint: dict[str, Model] = {}
    for model in models:
        source = model.source
        other = by_name.setdefault(model.name, model)
        if other is not model:
            rule = f"{other.source.file} is a model of this name too."
            yield source.fault(Fault(_NAME, model.name, rule, "Rename one of them."))
            continue
        other = by_endpoint.setdefault(model.endpoint.lower(), model)
        if other is not model:
            rule = f"The model {other.name} has this endpoint, and each would replace the other."
            field = f"{_ENDPOINT}.EndpointName"
            yield source.fault(Fault(field, model.endpoint, rule, "Give each its own."))


def _not_dispatched(model: Model, settings: Settings) -> Iterator[FileFault]:
    """What a model that shares one schedule with the others cannot have."""
    many = f"There are more models than {settings.models_with_schedules} (models_with_schedules)"
    rollout = model.run and model.run.endpoint.rollout
    if rollout and rollout.alarms is None:
        rule = f"{many}, so that none has alarms, and without an alarm nothing is ever rolled back."
        fix = f"Name alarms that watch {model.endpoint}, or leave out Rollout."
        yield model.source.fault(Fault("Endpoint.Rollout.Alarms", None, rule, fix))
    if model.schedule is None:
        return
    expression = model.schedule.expression
    try:
        check_expression(expression)
    except ValueError as error:
        rule = f"{many}, and Retune itself reads when they are due: {error}."
        fix = "Write it as EventBridge Scheduler takes it, such as cron(0 6 ? * MON *)."
        yield model.source.fault(Fault("Schedule.Expression", expression, rule, fix))
