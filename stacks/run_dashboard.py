"""The CloudWatch dashboard: how runs end, which models wait for one, how endpoints answer."""

from collections.abc import Sequence

from aws_cdk import Duration, aws_cloudwatch, aws_sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct
from tuning.measures.model_measures import DAYS, ENDPOINT, FAILURES, namespace

_DAY, _MINUTES = Duration.days(1), Duration.minutes(5)
_ENDS = ("ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted")
_ANSWERS = (("Invocations", "Sum"), ("Invocation5XXErrors", "Average"), ("ModelLatency", "Average"))


class RunDashboard(aws_cloudwatch.Dashboard):
    """Named after the prefix. Models and endpoints are searched for, so that new ones are shown."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        prefix: str,
        workflow: sfn.IStateMachine,
        queues: Sequence[aws_sqs.IQueue],
    ) -> None:
        own = f"{{{namespace(prefix)},{ENDPOINT}}}"
        hosting = "{AWS/SageMaker,EndpointName,VariantName}"
        ends = [workflow.metric(end, statistic="Sum", period=_DAY) for end in _ENDS]
        waiting = [
            queue.metric_approximate_number_of_messages_visible(statistic="Maximum")
            for queue in queues
        ]
        super().__init__(
            scope,
            id,
            dashboard_name=prefix,
            default_interval=Duration.days(28),
            widgets=[
                [
                    _graph("How executions ended, by day", ends),
                    _graph("Messages in dead-letter queues", waiting),
                ],
                [
                    _graph(
                        "Days since the last successful run, by endpoint",
                        [_search(own, f'MetricName="{DAYS}"', "Maximum", _DAY)],
                    ),
                    _graph(
                        "Executions that failed, by endpoint and day",
                        [_search(own, f'MetricName="{FAILURES}"', "Maximum", _DAY)],
                    ),
                ],
                [
                    _graph(
                        f"{metric} of endpoints",
                        [
                            _search(
                                hosting,
                                f'MetricName="{metric}" EndpointName={prefix}',
                                statistic,
                                _MINUTES,
                            )
                        ],
                        width=8,
                    )
                    for metric, statistic in _ANSWERS
                ],
            ],
        )


def _graph(
    title: str, metrics: Sequence[aws_cloudwatch.IMetric], width: int = 12
) -> aws_cloudwatch.GraphWidget:
    return aws_cloudwatch.GraphWidget(title=title, left=list(metrics), width=width)


def _search(schema: str, terms: str, statistic: str, period: Duration) -> aws_cloudwatch.IMetric:
    """Every metric of the schema that the terms find; a dashboard shows at most 500 of them."""
    return aws_cloudwatch.MathExpression(
        expression=f"SEARCH('{schema} {terms}', '{statistic}', {period.to_seconds():.0f})",
        using_metrics={},
        label="",
        period=period,
    )
