"""What DescribeTrainingJob repeats of a request, with the service's defaults."""

from __future__ import annotations

import copy

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.debug_rules import begun_rules
from local_sagemaker.sagemaker.jobs.instance_preferences import with_selected
from local_sagemaker.sagemaker.jobs.profiler import PROFILING_STATUS, profiler_statuses
from local_sagemaker.sagemaker.service_model import output_members

ONE_DAY_SECONDS = 86_400


def with_defaults(definition: Document) -> Document:
    """A training job's definition as the service repeats it: with what was left out."""
    defaults: Document = {
        "EnableNetworkIsolation": False,
        "EnableInterContainerTrafficEncryption": False,
        "EnableManagedSpotTraining": False,
    }
    shown = defaults | copy.deepcopy(definition)
    shown["OutputDataConfig"] = {"KmsKeyId": "", "CompressionType": "GZIP"} | shown[
        "OutputDataConfig"
    ]
    shown.setdefault("StoppingCondition", {}).setdefault("MaxRuntimeInSeconds", ONE_DAY_SECONDS)
    return shown


def described(request: Document) -> Document:
    """The members of the request that DescribeTrainingJob repeats, and what it adds to them."""
    members = output_members("DescribeTrainingJob")
    described = with_defaults({key: value for key, value in request.items() if key in members})
    described["ResourceConfig"] = with_selected(described["ResourceConfig"])
    for channel in described.get("InputDataConfig", []):
        channel.setdefault("CompressionType", "None")
        channel.setdefault("RecordWrapperType", "None")
    return described | _rules(described)


def _rules(described: Document) -> Document:
    """Of Debugger and the profiler: the rules with their defaults, and their first statuses."""
    shown: Document = {"ProfilingStatus": PROFILING_STATUS}
    for kind, begun in (("Debug", begun_rules), ("Profiler", profiler_statuses)):
        rules = described.get(f"{kind}RuleConfigurations")
        if rules:
            shown[f"{kind}RuleConfigurations"] = [{"VolumeSizeInGB": 0, **rule} for rule in rules]
            shown[f"{kind}RuleEvaluationStatuses"] = begun(described)
    return shown
