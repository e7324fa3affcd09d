"""The service integrations of Step Functions, and which of them local AWS runs.

The table is that of AWS's guide, "Integrating optimized services", with the actions of its pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from local_sagemaker.protocol.answered_services import ANSWERED
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.stepfunctions.definition.sdk_services import boto3_service

CALL = ""
SYNC = ".sync"
SYNC_JSON = ".sync:2"
TOKEN = ".waitForTaskToken"

_ARN = re.compile(r"arn:[\w-]+:states:::(?P<service>[\w-]+(:[\w-]+)?):(?P<action>\w+)(?P<rest>.*)")
SDK = "aws-sdk:"

_JOB = (CALL, SYNC)
_CALLBACK = (CALL, TOKEN)
_ONLY_CALL = (CALL,)
_SERVICES: dict[str, dict[tuple[str, ...], str]] = {
    "apigateway": {_CALLBACK: "invoke"},
    "athena": {
        _JOB: "startQueryExecution",
        _ONLY_CALL: "stopQueryExecution getQueryExecution getQueryResults",
    },
    "batch": {_JOB: "submitJob"},
    "bedrock": {_CALLBACK: "invokeModel", _JOB: "createModelCustomizationJob"},
    "codebuild": {
        _JOB: "startBuild startBuildBatch retryBuildBatch",
        _ONLY_CALL: "stopBuild batchDeleteBuilds batchGetReports stopBuildBatch deleteBuildBatch",
    },
    "databrew": {_JOB: "startJobRun"},
    "dynamodb": {_ONLY_CALL: "getItem putItem deleteItem updateItem"},
    "ecs": {(CALL, SYNC, TOKEN): "runTask"},
    "eks": {
        _JOB: "createCluster deleteCluster createFargateProfile deleteFargateProfile "
        "createNodegroup deleteNodegroup",
        (CALL, SYNC, TOKEN): "runJob call",
    },
    "elasticmapreduce": {
        _JOB: "createCluster terminateCluster addStep",
        _ONLY_CALL: "setClusterTerminationProtection cancelStep modifyInstanceFleetByName "
        "modifyInstanceGroupByName",
    },
    "emr-containers": {
        _JOB: "deleteVirtualCluster startJobRun",
        _ONLY_CALL: "createVirtualCluster",
    },
    "emr-serverless": {
        _JOB: "createApplication startApplication stopApplication deleteApplication startJobRun "
        "cancelJobRun"
    },
    "events": {_CALLBACK: "putEvents"},
    "glue": {_JOB: "startJobRun"},
    "http": {_ONLY_CALL: "invoke"},
    "lambda": {_CALLBACK: "invoke"},
    "mediaconvert": {_JOB: "createJob"},
    "sagemaker": {
        _JOB: "createHyperParameterTuningJob createLabelingJob createProcessingJob "
        "createTrainingJob createTransformJob",
        _ONLY_CALL: "createEndpoint createEndpointConfig createModel updateEndpoint",
    },
    "sns": {_CALLBACK: "publish"},
    "sqs": {_CALLBACK: "sendMessage"},
    "states": {(CALL, SYNC, SYNC_JSON, TOKEN): "startExecution"},
}
_RUN_HERE = {"dynamodb", "events", "lambda", "sagemaker", "sns", "sqs", "states"}
_NOT_RUN_HERE = {"createLabelingJob"}


@dataclass(frozen=True)
class Integration:
    """`service` and `action` as the resource's ARN has them, `pattern` as its ending."""

    service: str
    action: str
    pattern: str

    @property
    def is_sdk(self) -> bool:
        return self.service.startswith(SDK)

    @property
    def is_known(self) -> bool:
        """Whether Step Functions has it."""
        if self.is_sdk:
            return self.pattern in _CALLBACK and _has_operation(
                self.service.removeprefix(SDK), self.action
            )
        return any(
            self.action in actions.split() and self.pattern in patterns
            for patterns, actions in _SERVICES.get(self.service, {}).items()
        )

    @property
    def is_run_here(self) -> bool:
        """Whether local AWS has it, too."""
        if self.is_sdk:
            return boto3_service(self.service.removeprefix(SDK)) in ANSWERED
        return self.service in _RUN_HERE and self.action not in _NOT_RUN_HERE


def integration_of(resource: str) -> Integration | None:
    """What a Task state's Resource names; None for a function, an activity and what is no ARN."""
    found = _ARN.fullmatch(resource)
    if found is None:
        return None
    return Integration(found["service"], found["action"], found["rest"])


def _has_operation(sdk_name: str, action: str) -> bool:
    service = boto3_service(sdk_name)
    if service is None or not action[0].islower():
        return False
    return action[0].upper() + action[1:] in service_model(service).operation_names
