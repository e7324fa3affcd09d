"""Which parameters name a resource, where they do not have the name of the ARN's variable.

A JMESPath for each variable of a resource type; an empty one for a variable whose name happens to
be that of a parameter which means something else.
"""

from __future__ import annotations

from collections.abc import Mapping

_JOB_DEFINITIONS = {
    f"{kind}-job-definition": {f"{name}JobDefinitionName": "JobDefinitionName"}
    for kind, name in (("data-quality", "DataQuality"), ("model-quality", "ModelQuality"),
                       ("model-bias", "ModelBias"), ("model-explainability", "ModelExplainability"))
}  # fmt: skip

_MEMBERS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    # The id of a scalable target is known to the service alone: denials name scalable-target/*.
    "application-autoscaling": {"ScalableTarget": {"ResourceId": ""}},
    "cloudformation": {"stack": {"Id": ""}, "stackset": {"Id": ""}},
    "cloudwatch": {
        "alarm": {"AlarmName": "AlarmName || AlarmNames"},
        "dashboard": {"DashboardName": "DashboardName || DashboardNames"},
        "insight-rule": {"InsightRuleName": "RuleName || RuleNames"},
        "metric-stream": {"MetricStreamName": "Name || Names"},
    },
    "events": {
        "api-destination": {"ApiDestinationName": "Name"},
        "connection": {"ConnectionName": "Name"},
        "endpoint": {"EndpointName": "Name"},
        "event-bus": {"EventBusName": "Name"},
        "event-source": {"EventSourceName": "Name"},
        "rule-on-custom-event-bus": {"EventBusName": "EventBusName", "RuleName": "RuleOfBus"},
        "rule-on-default-event-bus": {"RuleName": "RuleOfDefaultBus"},
    },
    "lambda": {"layerVersion": {"LayerVersion": "VersionNumber"}},
    "logs": {
        "delivery": {"DeliveryName": "id"},
        "delivery-destination": {"DeliveryDestinationName": "name"},
        "delivery-source": {"DeliverySourceName": "name"},
        "scheduled-query": {"ScheduledQueryId": "identifier"},
    },
    "sagemaker": {
        "automl-job": {"AutoMLJobJobName": "AutoMLJobName"},
        "device": {"DeviceName": "DeviceNames || Devices[].DeviceName"},
        "inference-experiment": {"InferenceExperimentName": "Name"},
        "inference-recommendations-job": {"InferenceRecommendationsJobName": "JobName"},
        "mlflow-tracking-server": {"MlflowTrackingServerName": "TrackingServerName"},
        "model-package": {"ModelPackageName": "ModelPackageName"},
        **_JOB_DEFINITIONS,
    },
    "scheduler": {
        "schedule": {"ScheduleName": "Name", "GroupName": "GroupName || 'default'"},
        "schedule-group": {"GroupName": "Name"},
    },
    "sns": {"topic": {"TopicName": "Name"}},
    "states": {
        "activity": {"ActivityName": "name"},
        "statemachine": {"StateMachineName": "stateMachineArn || name"},
    },
    "ssm": {
        "document": {"DocumentName": "Name"},
        "maintenancewindow": {"ResourceId": "WindowId"},
        "opsitem": {"ResourceId": "OpsItemId"},
        "parameter": {"ParameterNameWithoutLeadingSlash": "Name || Names || Path"},
        "patchbaseline": {"PatchBaselineIdResourceId": "BaselineId"},
        "servicesetting": {"ResourceId": "SettingId"},
    },
}


def members_of(prefix: str, resource_type: str, variable: str) -> str | None:
    """None where the parameter has the variable's name."""
    return _MEMBERS.get(prefix, {}).get(resource_type, {}).get(variable)
