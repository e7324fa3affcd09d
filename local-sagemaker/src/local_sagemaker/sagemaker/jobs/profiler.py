"""SageMaker's profiler: nothing is measured here, and the job says so.

The SageMaker Python SDK v2 gives every job a ProfilerConfig, and older ones the rule ProfilerReport
too, so both are taken.
"""

from __future__ import annotations

import time

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

PROFILING_STATUS = "Disabled"
_TAKEN = "ProfilerReport"
_MEMBERS = ("ProfilerConfig", "ProfilerRuleConfigurations")


def check_profiler(request: Document) -> None:
    """Refuse every rule but the one that SDKs add by themselves; raises ValidationException."""
    for config in request.get("ProfilerRuleConfigurations", []):
        invoked = config.get("RuleParameters", {}).get("rule_to_invoke")
        if invoked != _TAKEN:
            raise ValidationException(
                f"ProfilerRuleConfigurations: rule {config['RuleConfigurationName']} invokes "
                f"{invoked}; local AWS profiles no training jobs. Leave it out here."
            )


def profiler_statuses(request: Document) -> list[Document]:
    """Of the rules, which have nothing to evaluate."""
    return [
        {
            "RuleConfigurationName": config["RuleConfigurationName"],
            "RuleEvaluationStatus": "Error",
            "StatusDetails": "ClientError: Local AWS profiles no training jobs",
            "LastModifiedTime": time.time(),
        }
        for config in request.get("ProfilerRuleConfigurations", [])
    ]


def without_effect(request: Document) -> list[str]:
    """The line of the log that says that nothing is measured; none where nothing is asked for."""
    config = request.get("ProfilerConfig", {})
    asked = [member for member in _MEMBERS if request.get(member)]
    if not asked or config.get("DisableProfiler"):
        return []
    return [f"Local AWS profiles no training jobs: nothing comes of {', '.join(asked)}."]
