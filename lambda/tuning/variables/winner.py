"""$winner: the best training job, found by SelectBest or, among several, by ChooseTrial."""

from __future__ import annotations

from tuning.request_types import AlgorithmSpecification, ObjectiveType
from tuning.variables.variable import Variable


class WinnersTraining(Variable):
    """The members of CreateTrainingJob with which RetrainBest trains it once more."""

    algorithm_specification: AlgorithmSpecification
    hyper_parameters: dict[str, str]  # all of them, without what AMT has added


class Winner(Variable):
    """A training job of the tuning job that left a model, and what makes it good.

    `candidates` are so many of the best as the input asks for, the winner among them.
    """

    tuning_job_name: str
    training_job_name: str
    model_data_url: str  # S3 URI of its model.tar.gz
    training_image: str
    training: WinnersTraining
    hyper_parameters: dict[str, str]  # static and tuned
    tuned_hyper_parameters: dict[str, str]
    metric_name: str  # such as validation:auc
    type: ObjectiveType
    value: float  # of that metric
    candidates: tuple[Winner, ...] = ()
