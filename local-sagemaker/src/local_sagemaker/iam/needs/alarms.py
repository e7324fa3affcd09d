"""The alarms that operations of CloudWatch name, or do not name."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action

_WRITING = ("PutMetricAlarm", "DeleteAlarms")


def alarm_resources(call: Call, action: Action, _known: Known) -> tuple[str, ...]:
    """What is written without a name is asked for on one without a name, not on all alarms
    (aws-samples/amazon-cloudwatch-auto-alarms#18); Application Auto Scaling's probes are so.
    """
    named = call.text("AlarmName") or call.text("AlarmNames")
    unnamed = action.name in _WRITING and not named
    return (call.arn("cloudwatch", "alarm:"),) if unnamed else ()
