"""The CloudWatch alarms that roll an update of the endpoint back."""

from aws_cdk import Duration, Stack, aws_cloudwatch
from constructs import Construct
from tuning.planning.endpoint_plan import VARIANT

from stacks.settings import Settings

_MICROSECONDS = 1000  # in a millisecond


class EndpointAlarms(Construct):
    """5XX answers and latency of the stack's own endpoint, old and new instances together.

    An endpoint without requests is no reason to roll back.
    """

    def __init__(self, scope: Construct, id: str, *, settings: Settings, endpoint: str) -> None:
        super().__init__(scope, id)
        prefix = settings.name_prefix
        self.names = [f"{prefix}-endpoint-5xx", f"{prefix}-endpoint-latency"]
        thresholds = {
            "Invocation5XXErrors": settings.alarm_5xx_rate,
            "ModelLatency": settings.alarm_latency_ms * _MICROSECONDS,
        }
        for name, (metric, threshold) in zip(self.names, thresholds.items(), strict=True):
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

    @property
    def arns(self) -> list[str]:
        stack = Stack.of(self)
        return [
            stack.format_arn(service="cloudwatch", resource=f"alarm:{name}") for name in self.names
        ]
