"""$plan: every request of a run, made by PlanTuning and read by the states after it."""

from __future__ import annotations

from tuning.data.s3_location import S3Location
from tuning.execution_input.endpoint import Retention
from tuning.execution_input.evaluation import Approval, Promotion
from tuning.execution_input.retuning import RetuneWhen
from tuning.quoted import secrets_of
from tuning.request_types import (
    ModelPackageGroupRequest,
    TrainingJobRequest,
    TuningJobRequest,
)
from tuning.variables.cost_bound import CostBound
from tuning.variables.endpoint_plan import EndpointPlan
from tuning.variables.evaluation_plan import EvaluationPlan
from tuning.variables.explanation import Explanation
from tuning.variables.imported_model import ImportedModel
from tuning.variables.interface import Interface
from tuning.variables.last_run import Fingerprint
from tuning.variables.preparation import Preparation
from tuning.variables.rollback import Rollback
from tuning.variables.score import Score
from tuning.variables.table_description import TableDescription
from tuning.variables.variable import Variable
from tuning.variables.warm_start import WarmStartOutcome


class ReportPlace(Variable):
    """The execution's folder of the data bucket."""

    bucket: str
    prefix: str  # ends with a slash

    def file(self, name: str) -> S3Location:
        """Where a file of the execution lies."""
        return S3Location(self.bucket, self.prefix + name)


class Samples(Variable):
    """Rows that VerifyEndpoint asks the endpoint for predictions of: an object of a channel."""

    bucket: str
    key: str
    content_type: str
    accept: str  # content type of the answer, which every definition's algorithm can give


class WeakChampion(Variable):
    """What serves as a run begins, and does not keep to all `settings` of its deployment."""

    endpoint_config_name: str
    settings: tuple[str, ...]  # such as retune:kms_key


class Plan(Variable):
    """What a run does, as far as it can be known before tuning.

    `evaluation` is None when models are not scored; `not_evaluated` says why. With `skipped`
    nothing is done. With `preparation` the data are to be made first, and then a plan that knows
    them takes the place of this one.
    """

    preparation: Preparation | None = None

    tuning_job: TuningJobRequest  # its name is a beginning: each attempt adds its number
    retrain: TrainingJobRequest | None = None  # without what the winner brings
    earlier_tuning_job: str | None = None  # whose winner is retrained, instead of tuning
    rollback: Rollback | None = None  # to a model that is there, instead of all but the endpoint
    imported: ImportedModel | None = None  # from another account, instead of tuning
    warm_start: WarmStartOutcome | None = None
    cost_bound: CostBound
    month: str | None = None  # in which it starts and costs, such as 2026-11
    monthly_budget: float | None = None
    warnings: tuple[str, ...]
    report: ReportPlace
    samples: Samples
    endpoint: EndpointPlan
    retention: Retention
    top_k: int  # so many of the best trials are scored
    evaluation: EvaluationPlan | None = None
    not_evaluated: str | None = None
    promotion: Promotion
    approval: Approval
    approval_timeout_in_seconds: int
    dry_run: bool
    retune_when: RetuneWhen
    fingerprint: Fingerprint
    interface: Interface | None = None
    table_description: TableDescription | None = None
    interface_changes: tuple[str, ...] = ()  # from what the endpoint serves, which the input allows
    retune_margin: float | None = None
    champion_to_score: str | None = None  # a model, before anything is tuned
    champion_score: Score | None = None  # what that has come to
    weak_champion: WeakChampion | None = None
    skipped: Explanation | None = None
    model_package_group: ModelPackageGroupRequest

    @property
    def secrets(self) -> tuple[str, ...]:
        """Values of Environment, which must not be repeated."""
        return secrets_of(self.tuning_job)
