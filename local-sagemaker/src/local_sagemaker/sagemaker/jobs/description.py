"""What DescribeTrainingJob repeats of a request, with the service's defaults."""

from __future__ import annotations

import copy

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.jobs.instance_preferences import with_selected
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
    """The members of the request that DescribeTrainingJob repeats, with the service's defaults."""
    members = output_members("DescribeTrainingJob")
    described = with_defaults({key: value for key, value in request.items() if key in members})
    described["ResourceConfig"] = with_selected(described["ResourceConfig"])
    for channel in described.get("InputDataConfig", []):
        channel.setdefault("CompressionType", "None")
        channel.setdefault("RecordWrapperType", "None")
    return described
