"""A model that was tuned and approved in another account."""

from __future__ import annotations

from typing import Literal

from tuning.variables.explanation import Explanation
from tuning.variables.interface import Interface
from tuning.variables.predictions import Prediction
from tuning.variables.variable import Variable
from tuning.variables.winner import Winner

PACKAGE, ARTEFACT, ROWS = "package.json", "model.tar.gz", "rows"
"""The files of its folder, beside the description of a table where one was prepared."""
IMPORTED: Literal["Imported"] = "Imported"


class CarriedModel(Variable):
    """package.json: an approved model package, as `retune package` found it.

    The winner's artefact, and the description of its interface, are where they were tuned.
    """

    model_package_arn: str
    approval_description: str = ""
    endpoint_name: str  # that it was tuned for
    artefact_sha256: str
    content_type: str  # of the rows
    accept: str
    winner: Winner
    interface: Interface | None = None


class ImportedModel(Variable):
    """The same in $plan: the winner has a name, an image and an artefact of this account."""

    model_package_arn: str
    why: str  # it is deployed
    artefact_sha256: str
    winner: Winner


class Imported(Explanation):
    """$summary of a run that has deployed one, or NotApproved. Also summary.json."""

    outcome: Literal["Imported", "NotApproved"]
    execution_id: str
    endpoint_name: str
    model_name: str
    model_package_arn: str  # of this account
    imported_from: str  # the model package of the other one
    metric_name: str
    score: float
    predictions: tuple[Prediction, ...]
