"""What there is to compare of a run: numbers and texts, by section and fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.aws.run_folder import PLAN, RunFolder
from tuning.names import run_folder
from tuning.report.formats import number
from tuning.report.search_space import NumericRange, Range, parse_ranges
from tuning.trials.injected_hyperparameter import without_injected
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.run_cost import RunCost

from retune.aws import Aws
from retune.executions.execution import Execution, UnknownExecution, find_execution, trace_execution
from retune.executions.history import PastRun, endpoint_of_model, endpoint_of_run
from retune.stack import Stack
from retune.trials.training_job_names import label
from retune.trials.tuning_jobs import described_tuning_job

Facts = dict[str, dict[str, Any]]
_DIGITS = 12  # of a digest: enough to see whether two are the same


def read_facts(aws: Aws, stack: Stack, name: str) -> Facts:
    """Of an execution, or of a tuning job without one.

    Raises:
        UnknownExecution: it is the name of neither.
    """
    try:
        execution = find_execution(aws, stack, name)
    except UnknownExecution:
        described = described_tuning_job(aws, name)
        if described is None:
            raise
        return _of_tuning_job(described)
    earlier = execution.output.get("TuningJobName")  # whose winner it has trained anew
    job = trace_execution(aws, execution.arn).tuning_job_name or earlier
    described = described_tuning_job(aws, job) if job else None
    facts = _of_execution(stack, execution)
    return facts | _of_tuning_job(described) if described else facts


def _of_execution(stack: Stack, execution: Execution) -> Facts:
    endpoint = endpoint_of_run(stack, execution, lambda model: endpoint_of_model(stack, model))
    run, output = PastRun(execution, endpoint), execution.output
    cost = RunCost.parse(output["Cost"]).cost.short if output.get("Cost") else None
    return {
        "Run": {
            "Started": f"{execution.started:%Y-%m-%d %H:%M}",
            "Seconds": None if run.seconds is None else round(run.seconds),
            "Model": run.model,
            "Endpoint": endpoint,
            "Cost": cost,
        },
        "Outcome": {"Outcome": run.outcome, "Candidate": output.get("ModelName")},
        "Test channel": _held_out(output.get("Verdict") or {}),
        "Data and settings": _fingerprint(stack, execution),
    }


def _held_out(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """What the candidate's metrics are on which state of the test channel, and the champion's."""
    version, candidate = verdict.get("DataVersion") or {}, verdict.get("Candidate") or {}
    champion = verdict.get("Champion") or {}
    metric = verdict.get("MetricName")
    scores = {f"Champion's {metric}": champion.get("Score")} if metric else {}
    rows = {"Version": str(version.get("Digest", ""))[:_DIGITS], "Rows": verdict.get("Rows")}
    return {**rows, **candidate.get("Metrics", {}), **scores} if version else {}


def _fingerprint(stack: Stack, execution: Execution) -> dict[str, Any]:
    """Digests by which runs know that there is nothing new; of one that was not planned, none."""
    plan = RunFolder(stack.bucket, run_folder(execution.name)).read(PLAN) or {}
    found = plan.get("Fingerprint") or {}
    return {name: str(found.get(name) or "")[:_DIGITS] for name in ("Data", "Settings")}


def _of_tuning_job(described: Mapping[str, Any]) -> Facts:
    job = TuningJob.parse(described)
    best = Trial.parse(described["BestTrainingJob"]) if described.get("BestTrainingJob") else None
    config, limits = described["HyperParameterTuningJobConfig"], job.config["ResourceLimits"]
    parents = described.get("WarmStartConfig", {}).get("ParentHyperParameterTuningJobs", ())
    return {
        "Search": {
            "Tuning job": job.name,
            "Strategy": config["Strategy"],
            "Training jobs": f"{job.counters['Completed']} of "
            f"{limits.get('MaxNumberOfTrainingJobs', 'all')}",
            "Failed": job.failed,
            "In parallel": limits.get("MaxParallelTrainingJobs"),
            "Early stopping": config.get("TrainingJobEarlyStoppingType"),
            "Warm start from": ", ".join(each["HyperParameterTuningJobName"] for each in parents),
            "Tuned for": f"{job.objective_type} {job.metric_name}",
        },
        "Ranges": {name: _range(each) for name, each in parse_ranges(job.config).items()},
        "Channels": _channels(described),
        "Best training job": _best(job, best) if best else {},
        "Hyperparameters": _hyperparameters(described, best) if best else {},
    }


def _best(job: TuningJob, best: Trial) -> dict[str, Any]:
    return {
        "Name": label(best.name, job.name),
        job.metric_name: best.value,
        "Seconds of training": best.seconds,
    }


def _hyperparameters(described: Mapping[str, Any], best: Trial) -> dict[str, Any]:
    """All of the best training job's, the tuned ones first."""
    static = _definition(described, best.definition_name).get("StaticHyperParameters", {})
    tuned, fixed = best.tuned_hyperparameters, without_injected(static)
    return {**dict(sorted(tuned.items())), **dict(sorted(fixed.items()))}


def _channels(described: Mapping[str, Any]) -> dict[str, Any]:
    inputs = _definition(described, None).get("InputDataConfig", ())
    return {each["ChannelName"]: each["DataSource"]["S3DataSource"]["S3Uri"] for each in inputs}


def _definition(described: Mapping[str, Any], name: str | None) -> Mapping[str, Any]:
    """The training job definition of that name, or the first."""
    definitions = described.get("TrainingJobDefinitions") or [described["TrainingJobDefinition"]]
    named = [each for each in definitions if each.get("DefinitionName") == name]
    found: Mapping[str, Any] = (named or definitions)[0]
    return found


def _range(searched: Range) -> str:
    if not isinstance(searched, NumericRange):
        return ", ".join(searched.values)
    return f"{number(searched.low)} to {number(searched.high)}, {searched.scaling}"
