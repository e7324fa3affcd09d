"""$summary: what a run found and what became of it. Also summary.json and the output."""

from __future__ import annotations

from tuning.request_types import ObjectiveType
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.cost_bound import CostBound
from tuning.variables.predictions import Prediction
from tuning.variables.removed import Removed
from tuning.variables.run_cost import RunCost
from tuning.variables.variable import Variable
from tuning.variables.verdict import Verdict
from tuning.variables.warm_start import WarmStartOutcome


class ReportFiles(Variable):
    """S3 URIs of the files that WriteReport writes."""

    report: str
    report_json: str | None = None  # None from an older version
    trials_csv: str
    trials_json: str
    summary: str


class Summary(Variable):
    """Of an execution that ended as it should, deployed or not."""

    outcome: str  # a name of tuning.failure.outcomes
    execution_id: str
    tuning_job_name: str
    best_training_job: str
    metric_name: str
    type: ObjectiveType
    value: float  # the best training job's
    tuned_hyper_parameters: dict[str, str]
    training_job_status_counters: dict[str, int]
    tuning_seconds: int | None = None  # None, too, when an earlier winner was retrained
    warm_start: WarmStartOutcome | None = None  # None when nobody asked for one
    cost_bound: CostBound
    cost: RunCost | None = None  # None from an older version
    warnings: tuple[str, ...]
    endpoint_name: str
    model_name: str
    model_package_arn: str | None = None  # None in a dry run
    verdict: Verdict
    approval: ApprovalAnswer | None = None  # what a person decided, when one was asked
    scaling_failure: str | None = None  # why the endpoint does not scale though it should
    files: ReportFiles
    predictions: tuple[Prediction, ...]  # none when nothing was deployed
    pruned: Removed | None = None  # of the output: what Prune has come to
