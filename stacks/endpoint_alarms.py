"""Alarms on an endpoint, which its rollouts watch."""

from aws_cdk import Duration, Stack, aws_cloudwatch
from constructs import Construct
from tuning.names import endpoint_alarms
from tuning.planning.endpoint_plan import VARIANT

from configuration.settings import Settings

_MICROSECONDS = 1000  # in a millisecond


class EndpointAlarms(Construct):
    """5XX answers and latency of one endpoint, old and new instances together.

    An endpoint without requests is no reason to roll back.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        endpoint: str,
        names: tuple[str, str],
    ) -> None:
        super().__init__(scope, id)
        thresholds = {
            "Invocation5XXErrors": settings.alarm_5xx_rate,
            "ModelLatency": settings.alarm_latency_ms * _MICROSECONDS,
        }
        for name, (metric, threshold) in zip(names, thresholds.items(), strict=True):
            aws_cloudwatch.Alarm(
                self,
                metric,
                alarm_name=name,
                alarm_description=f"Rolls an update of the endpoint {endpoint} back.",
                metric=aws_cloudwatch.Metric(
                    namespace="AWS/SageMaker",
                    metric_name=metric,
                    dimensions_map={"EndpointName": endpoint, "VariantName": VARIANT},
                    statistic="Average",
                    period=Duration.minutes(1),
                ),
                threshold=threshold,
                comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluation_periods=1,
                treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
            )


def alarm_arns(stack: Stack, prefix: str) -> list[str]:
    """Those of all models: one role serves them all, and a list of them would outgrow it."""
    return [
        stack.format_arn(service="cloudwatch", resource=f"alarm:{name}")
        for name in endpoint_alarms(prefix, "*")
    ]
