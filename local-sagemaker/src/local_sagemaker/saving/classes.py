"""Which classes the objects of a saved state may be of.

A file names classes; whatever it names, none is imported for it, and none is called: an object is
made without its class's `__init__`, and gets its attributes as plain data. Only classes that hold
data and do nothing when they come or go are named here.
"""

from __future__ import annotations

import re
import sys
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from local_sagemaker.saving.errors import DamagedError, SavingError

# The services of moto, without what answers their requests, and the containers that they share.
_OF_MOTO = re.compile(
    r"moto\.(?!core\b|moto_|sagemaker\b|server\b|stepfunctions\b|utilities\b)\w+(\.(?!responses\b|urls\b)\w+)+"
    r"|moto\.core\.(utils|common_types)|moto\.utilities\.(utils|tagging_service)"
)
# Resources of stacks, which hold what their templates say.
_OF_STACKS = "local_sagemaker.services.cloudformation.resources."
# One by one, since others beside them delete folders, or start what their attributes say.
_OF_OURS = {
    "local_sagemaker.sagemaker.hosting.deployment:DeploymentPlan",
    "local_sagemaker.sagemaker.hosting.endpoint:Endpoint",
    "local_sagemaker.sagemaker.hosting.endpoint_configs:EndpointConfig",
    "local_sagemaker.sagemaker.hosting.fleet:Fleet",
    "local_sagemaker.sagemaker.hosting.models:Model",
    "local_sagemaker.sagemaker.jobs.training_job:TrainingJob",
    "local_sagemaker.sagemaker.pipelines.execution:PipelineExecution",
    "local_sagemaker.sagemaker.pipelines.pipeline:Pipeline",
    "local_sagemaker.sagemaker.pipelines.pipeline:Version",
    "local_sagemaker.sagemaker.pipelines.step_execution:StepExecution",
    "local_sagemaker.sagemaker.registry.model_package:ModelPackage",
    "local_sagemaker.sagemaker.registry.package_groups:PackageGroup",
    "local_sagemaker.sagemaker.resources.job:Job",
    "local_sagemaker.sagemaker.tuning.definition:Definition",
    "local_sagemaker.sagemaker.tuning.trial:Trial",
    "local_sagemaker.sagemaker.tuning.tuning_job:TuningJob",
    "local_sagemaker.sagemaker.tuning.tuning_jobs:_Entry",
    "local_sagemaker.sagemaker.tuning.warm_start:WarmStart",
    "local_sagemaker.services.cloudformation.change_set:ChangeSet",
    "local_sagemaker.services.cloudformation.parameters:Parameters",
    "local_sagemaker.services.cloudformation.stack:Member",
    "local_sagemaker.services.cloudformation.stack:Output",
    "local_sagemaker.services.cloudformation.stack:Request",
    "local_sagemaker.services.cloudformation.stack:Stack",
    "local_sagemaker.services.session_requests:SessionRequest",
    "local_sagemaker.services.session_tokens:Session",
    "local_sagemaker.stepfunctions.api.started:Started",
    "local_sagemaker.stepfunctions.api.started:Target",
    "local_sagemaker.stepfunctions.api.state_machine:Alias",
    "local_sagemaker.stepfunctions.api.state_machine:StateMachine",
    "local_sagemaker.stepfunctions.api.state_machine:StateMachineRevision",
    "local_sagemaker.stepfunctions.api.state_machine:Version",
    "local_sagemaker.stepfunctions.definition.machine:Chain",
    "local_sagemaker.stepfunctions.definition.machine:State",
    "local_sagemaker.stepfunctions.engine.bookmark:Bookmark",
    "local_sagemaker.stepfunctions.engine.execution:Execution",
    "local_sagemaker.stepfunctions.engine.history:History",
    "local_sagemaker.stepfunctions.engine.revision:Revision",
    "local_sagemaker.stepfunctions.map_runs.fields:Tolerance",
    "local_sagemaker.stepfunctions.map_runs.iteration:Iteration",
    "local_sagemaker.stepfunctions.map_runs.map_run:MapRun",
}
_OTHERS = {"requests.structures:CaseInsensitiveDict"}
# What acts when it is used as if it were data: threads, and what runs containers.
_ACTING = (threading.Thread, BaseException)
# These act when they go: an object of S3 closes its content, which is of this server, and an
# instance gives its address back to its subnet.
_CLOSING = {"moto.s3.models:FakeKey", "moto.ec2.models.instances:Instance"}
# These keep methods of their own as data, whose names begin so: their answers to filters.
_FILTERED = {
    "moto.ec2.models.security_groups:SecurityGroup",
    "moto.ec2.models.security_groups:SecurityGroupRule",
}
_FILTER = "filter_"
ADDRESSES: tuple[type, ...] = (IPv4Address, IPv4Network, IPv6Address, IPv6Network)

FACTORIES: dict[str, Callable[[], Any]] = {
    "dict": dict,
    "list": list,
    "set": set,
    "str": str,
    "int": int,
    "float": float,
    "OrderedDict": OrderedDict,
    "defaultdict of dict": lambda: defaultdict(dict),
}
"""What a defaultdict may have for keys that it lacks, by name."""

# Functions without a name that moto has there, which are the same for everybody.
_UNNAMED = {
    "moto.awslambda.models:LambdaStorage.__init__.<locals>.<lambda>": "dict",
    "moto.ssm.models:SimpleSystemManagerBackend.__init__.<locals>.<lambda>": "defaultdict of dict",
}


def factory_name(factory: Any) -> str:
    """The name of what a defaultdict has. Raises SavingError for what has none."""
    for name, known in FACTORIES.items():
        if factory is known:
            return name
    qualified = f"{getattr(factory, '__module__', '')}:{getattr(factory, '__qualname__', factory)}"
    if qualified not in _UNNAMED:
        raise SavingError(f"Local AWS cannot save a default of {qualified}.")
    return _UNNAMED[qualified]


def name_of(found: type) -> str:
    """Such as moto.sns.models:Topic."""
    return f"{found.__module__}:{found.__qualname__}"


def is_savable(found: type) -> bool:
    """Whether objects of this class are data."""
    module = found.__module__
    if not (_OF_MOTO.fullmatch(module) or module.startswith(_OF_STACKS)):
        return name_of(found) in _OF_OURS | _OTHERS
    if issubclass(found, _ACTING):
        return False
    return not hasattr(found, "__del__") or name_of(found) in _CLOSING


def is_kept_method(owner: type, name: str) -> bool:
    """Whether an object of this class keeps its own method of this name as data."""
    is_own = callable(vars(owner).get(name))
    return is_own and name_of(owner) in _FILTERED and name.startswith(_FILTER)


def class_named(name: Any) -> type:
    """The class of this name, which this server has in use. Raises DamagedError for any other."""
    module, _, path = str(name).partition(":")
    found: Any = sys.modules.get(module)
    for part in path.split("."):
        found = vars(found).get(part) if hasattr(found, "__dict__") else None
    if not isinstance(found, type) or name_of(found) != name or not is_savable(found):
        raise DamagedError(f"It holds a {name!r:.200}, which is no part of a state.")
    return found
