"""The rules of EventBridge by which Step Functions learns that a `.sync` task has ended.

CreateStateMachine and UpdateStateMachine make them with the state machine's role, and are refused
with "is not authorized to create managed-rule" if it may not (Step Functions guide, "IAM policies
for integrated services").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call

_ACTIONS = ("events:PutTargets", "events:PutRule", "events:DescribeRule")
_SYNC = re.compile(r"arn:[\w-]+:states:::([\w-]+):(\w+)\.sync(?::2)?\b")
_RULES = {
    ("batch", "submitJob"): "StepFunctionsGetEventsForBatchJobsRule",
    ("codebuild", "startBuild"): "StepFunctionsGetEventForCodeBuildStartBuildRule",
    ("ecs", "runTask"): "StepFunctionsGetEventsForECSTaskRule",
    ("sagemaker", "createHyperParameterTuningJob"):
        "StepFunctionsGetEventsForSageMakerTuningJobsRule",
    ("sagemaker", "createProcessingJob"): "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
    ("sagemaker", "createTrainingJob"): "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
    ("sagemaker", "createTransformJob"): "StepFunctionsGetEventsForSageMakerTransformJobsRule",
    ("states", "startExecution"): "StepFunctionsGetEventsForStepFunctionsExecutionRule",
}  # fmt: skip


def managed_rule_needs(definition: str, region: str, account: str) -> Iterator[Need]:
    """What a state machine's role needs on the rules of its definition, each rule once."""
    call = Call("stepfunctions", "CreateStateMachine", {}, region, account)
    used = dict.fromkeys(_SYNC.findall(definition))
    for rule in filter(None, map(_RULES.get, used)):
        arn = call.arn("events", f"rule/{rule}")
        for action in _ACTIONS:
            yield Need(action, arn, {"events:managedby": ("states.amazonaws.com",)})
