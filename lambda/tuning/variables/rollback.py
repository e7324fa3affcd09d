"""The part of the plan that is about an earlier champion, and what came of bringing it back."""

from __future__ import annotations

from typing import Literal

from tuning.variables.explanation import Explanation
from tuning.variables.predictions import Prediction
from tuning.variables.variable import Variable

ROLLED_BACK: Literal["RolledBack"] = "RolledBack"


class Rollback(Variable):
    """The champion that is to serve again, in the place of what serves.

    Its model and its endpoint configuration have the name of the training job that made it.
    """

    training_job_name: str
    hyper_parameters: dict[str, str]
    replaced: str  # the endpoint config that serves


class RolledBack(Explanation):
    """$summary of a run that has brought an earlier champion back. Also summary.json.

    `score` is what the Model Registry holds of it, None when there is no model package any more.
    """

    outcome: Literal["RolledBack"] = ROLLED_BACK
    execution_id: str
    endpoint_name: str
    model_name: str
    replaced_model_name: str
    metric_name: str | None = None
    score: float | None = None
    predictions: tuple[Prediction, ...]
