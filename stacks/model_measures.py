"""Measures every day how long models have had no successful run, and watches the worst of them."""

from aws_cdk import Duration, aws_cloudwatch, aws_lambda
from constructs import Construct
from tuning.measures.model_measures import PERIODS, namespace

from configuration.settings import Settings
from stacks.function_schedule import FunctionSchedule


class ModelMeasures(FunctionSchedule):
    """The schedule of the function MeasureModels, and one alarm for all models.

    An alarm looks back at most seven days, and the metrics of the state machine do not tell models
    apart. A day without a measure leaves the alarm as it is: then the function's own goes off.
    """

    def __init__(
        self, scope: Construct, id: str, *, function: aws_lambda.IFunction, settings: Settings
    ) -> None:
        prefix, periods = settings.name_prefix, settings.alarm_periods_without_success
        super().__init__(
            scope,
            id,
            settings=settings,
            function=function,
            # No model is named like this: their names have no capitals.
            name=f"{prefix}-MeasureModels",
            description="Measures how long models have had no successful run",
            every=Duration.days(1),
        )
        aws_cloudwatch.Alarm(
            self,
            PERIODS,
            alarm_name=f"{prefix}-no-success",
            alarm_description=f"For more than {periods} periods of its schedule a model has had no "
            f"successful run. The dashboard {prefix} says which one.",
            metric=aws_cloudwatch.Metric(
                namespace=namespace(prefix),
                metric_name=PERIODS,
                statistic="Maximum",
                period=Duration.days(1),
            ),
            threshold=periods,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=aws_cloudwatch.TreatMissingData.IGNORE,
        )
