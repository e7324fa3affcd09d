"""CloudWatch alarms on executions, on what could not be delivered, and on what looks after them."""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration, aws_cloudwatch, aws_lambda, aws_sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

_MINUTES = 5  # in which a person hears of it
# Metrics of AWS/States and what an alarm on them is called and says.
_ENDS = {
    "ExecutionsFailed": ("failed", "failed"),
    "ExecutionsTimedOut": ("timed-out", "ran out of time"),
    "ExecutionsAborted": ("aborted", "was stopped"),
}


class RunAlarms(Construct):
    """Of each state machine an alarm for each way to end without success; of queues and functions.

    They are of one metric each, so that the name of the alarm says what happened.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        prefix: str,
        machines: Mapping[str, sfn.IStateMachine],
        queues: Mapping[str, aws_sqs.IQueue],
        functions: Sequence[aws_lambda.IFunction],
    ) -> None:
        """`machines` and `queues` by what alarms call them; only schedules call the functions."""
        super().__init__(scope, id)
        self._prefix = prefix
        for what, machine in machines.items():
            for metric, (end, words) in _ENDS.items():
                self._alarm(
                    f"{what}-{end}",
                    f"An execution of the state machine {prefix} ({what}) {words}.",
                    machine.metric(metric, statistic="Sum", period=Duration.minutes(_MINUTES)),
                )
        for what, queue in queues.items():
            self._alarm(
                what,
                "A message lies in a dead-letter queue: it says what could not be delivered.",
                queue.metric_approximate_number_of_messages_visible(
                    statistic="Maximum", period=Duration.minutes(_MINUTES)
                ),
            )

        for function in functions:
            self._alarm(
                f"{function.node.id}-failed",
                f"The function {function.node.id}, which a schedule calls, failed: see its log.",
                function.metric_errors(statistic="Sum", period=Duration.minutes(_MINUTES)),
            )

    def _alarm(self, name: str, description: str, metric: aws_cloudwatch.IMetric) -> None:
        aws_cloudwatch.Alarm(
            self,
            name,
            alarm_name=f"{self._prefix}-{name}",
            alarm_description=description,
            metric=metric,
            threshold=0,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
