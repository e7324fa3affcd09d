"""Values that states hand to each other, complete ones; a test says what matters to it."""

from __future__ import annotations

from typing import Any

from tuning.variables.model import Model
from tuning.variables.verdict import ChampionScore, DataVersion, ModelScore, Proven
from tuning.variables.winner import Winner, WinnersTraining

from tests.tuning.recorded import IMAGE

HYPERPARAMETERS = {"objective": "binary:logistic", "eta": "0.1"}


def a_winner(**fields: Any) -> Winner:
    """The best training job of the lesson's search."""
    winner = Winner(
        tuning_job_name="retune-261124-0a1b2c3d-00",
        training_job_name="retune-261124-0a1b2c3d-00-001-0a1b2c3d",
        model_data_url="s3://data-bucket/runs/monday/training/model.tar.gz",
        training_image=IMAGE,
        training=WinnersTraining(
            algorithm_specification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            hyper_parameters=HYPERPARAMETERS,
        ),
        hyper_parameters=HYPERPARAMETERS,
        tuned_hyper_parameters={"eta": "0.1"},
        metric_name="validation:auc",
        type="Maximize",
        value=0.81,
    )
    return winner.model_copy(update=fields)


def a_model(**fields: Any) -> Model:
    """The winner's model."""
    winner = a_winner()
    model = Model(
        training_job_name=winner.training_job_name,
        training_image=winner.training_image,
        model_data_url=winner.model_data_url,
    )
    return model.model_copy(update=fields)


def proven_verdict(**fields: Any) -> Proven:
    """A candidate that is better than the champion."""
    verdict = Proven(
        decision="Promote",
        reason="AUC 0.8 of the candidate against 0.7 (champion): 'better', above the margin of 0.",
        metric_name="AUC",
        type="Maximize",
        margin=0,
        rows=100,
        candidate=ModelScore(model_name="new", score=0.8, metrics={"AUC": 0.8, "LogLoss": 0.4}),
        champion=ChampionScore(
            endpoint_config_name="old", model_name="old", score=0.7, metrics={"AUC": 0.7}
        ),
        improvement=0.1,
        interval=(0.05, 0.15),
        interval_confidence=0.95,
        data_version=DataVersion(
            uri="s3://bucket/data/test/", digest="0123456789abcdef", objects=()
        ),
    )
    return verdict.model_copy(update=fields)
