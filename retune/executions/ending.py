"""How an execution has ended, in words."""

from collections.abc import Iterator

from tuning.report.formats import metric
from tuning.variables.run_cost import RunCost
from tuning.variables.warm_start import WarmStartOutcome

from retune.aws import Aws
from retune.errors import FailedError
from retune.executions.execution import Execution


def require_success(execution: Execution) -> None:
    """Raises FailedError with outcome and reason (docs/outcomes.md) unless it succeeded."""
    if not execution.succeeded:
        raise FailedError(f"The execution {execution.name} {ending(execution)}")


def ending(execution: Execution) -> str:
    """`is FAILED: InputRefused` and the reason, as far as Step Functions knows them."""
    head = ": ".join(part for part in (f"is {execution.status}", execution.error) if part)
    return "\n".join(part for part in (head, execution.cause) if part)


def outcome(aws: Aws, execution: Execution) -> str:
    """What a successful execution has reached, and the verdict on held-out data or why none."""
    summary = execution.output
    if "Reason" in summary:  # it was skipped, above the month's budget, or has rolled back
        return f"{summary['Outcome']}: {summary['Reason']}"
    reached = _REACHED[summary["Outcome"]].format(endpoint=summary["EndpointName"])
    lines = [
        f"{summary['Outcome']}: {summary['ModelName']} {reached}",
        *_scores(aws, execution),
        verdict(execution),
    ]
    if "Cost" in summary:
        lines.append(f"Training has cost {RunCost.parse(summary['Cost']).cost}")
    if "ScalingFailure" in summary:
        lines.append(f"Why it does not scale: {summary['ScalingFailure']}")
    approval = summary.get("Approval")
    if approval:
        lines.append(f"{approval['ModelApprovalStatus']}: {approval['ApprovalDescription']}")
    return "\n".join(lines)


def verdict(execution: Execution) -> str:
    """`Verdict: ` and what held-out data says of a successful execution's candidate."""
    return f"Verdict: {execution.output['Verdict']['Reason']}"


def warm_start(execution: Execution) -> list[str]:
    """`Warm start: ` and where the search of a successful execution began, what moved and why."""
    document = execution.output.get("WarmStart")
    sentences = WarmStartOutcome.parse(document).sentences if document else []
    return [f"Warm start: {sentence}" for sentence in sentences]


def _scores(aws: Aws, execution: Execution) -> Iterator[str]:
    """Of the best trial; and of the model, when the trial's hyperparameters trained it anew."""
    summary = execution.output
    name, best, model = (summary[key] for key in ("MetricName", "BestTrainingJob", "ModelName"))
    found = f"{name} {metric(summary['Value'])}"
    if model == best:
        yield f"Best training job: {found}"
        return
    own = _own_metric(aws, model, name)
    yield f"Its own score: {name} {metric(own)}" if own is not None else f"It reported no {name}."
    yield f"Trained anew with the hyperparameters of {best}, which had {found}"


def _own_metric(aws: Aws, training_job: str, name: str) -> float | None:
    """The last value that a training job has reported."""
    answer = aws.client("sagemaker").describe_training_job(TrainingJobName=training_job)
    values = {each["MetricName"]: each["Value"] for each in answer.get("FinalMetricDataList", ())}
    return values.get(name)


_REACHED = {
    "Deployed": "serves at the endpoint {endpoint}.",
    "ScalingFailed": "serves at the endpoint {endpoint}, whose autoscaling could not be set.",
    "KeptChampion": "does not replace what serves at the endpoint {endpoint}.",
    "DryRun": "was found; the endpoint {endpoint} was not touched.",
    "NotApproved": "was not approved; the endpoint {endpoint} was not touched.",
}
