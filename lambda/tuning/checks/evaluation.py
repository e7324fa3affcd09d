"""Whether models of this run can be scored on a test channel, and by the asked metric."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithm import Algorithm
from tuning.checks.suggest import did_you_mean
from tuning.errors import Fault
from tuning.evaluation.metric_names import METRICS, metrics_for
from tuning.execution_input import ExecutionInput

TEST = "test"
CSV = ("text/csv", "csv")


def check(run: ExecutionInput, algorithm: Algorithm) -> Iterator[Fault]:
    """Faults of Evaluation.MetricName and of a test channel that the input names."""
    obstacle = find_obstacle(run, algorithm)
    if run.channels and TEST in run.channels and obstacle:
        fix = "Leave the channel out; the best of tuning is then deployed without this proof."
        yield Fault(f"Channels.{TEST}", run.channels[TEST], obstacle, fix)
    asked = run.evaluation and run.evaluation.metric_name
    if not asked:
        return
    objective = algorithm.objective(run.static_hyper_parameters)
    problem_type = algorithm.problem_type(objective)
    if asked not in METRICS:
        yield Fault(
            "Evaluation.MetricName",
            asked,
            "There is no such metric of held-out evaluation.",
            did_you_mean(asked, METRICS),
        )
    elif problem_type:
        possible = metrics_for(problem_type, from_labels=algorithm.answers_labels(objective))
        if asked not in possible:
            yield Fault(
                "Evaluation.MetricName",
                asked,
                f"It cannot be computed from what {objective} predicts.",
                f"Use one of {', '.join(possible)}.",
            )


def find_obstacle(run: ExecutionInput, algorithm: Algorithm) -> str | None:
    """Why no model of this run can be scored on held-out data; None when it can."""
    objective = algorithm.objective(run.static_hyper_parameters)
    if run.content_type not in CSV:
        return f"Held-out evaluation reads the labels of CSV only, not of {run.content_type}."
    if algorithm.problem_type(objective) is None:
        return f"Held-out evaluation has no metric for the objective {objective}."
    return None
