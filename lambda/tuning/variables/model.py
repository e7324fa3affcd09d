"""$model: what is to be deployed, the winner's model or the one that RetrainBest trained."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Model(Variable):
    """The model in SageMaker, and its endpoint configuration, have the training job's name."""

    training_job_name: str
    training_image: str
    model_data_url: str  # S3 URI of its model.tar.gz
