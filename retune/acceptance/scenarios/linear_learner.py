"""Linear Learner's published image: its metrics, and what it answers to a request for CSV."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.algorithms.images import image_uri

from retune.acceptance.hosting import create_config, create_model, settled
from retune.acceptance.scenario import Bound, Observation, Scenario
from retune.acceptance.stage import INSTANCE, Stage, table
from retune.acceptance.training import trained

_REGRESSION = {"predictor_type": "regressor", "epochs": "5", "mini_batch_size": "50"}
_PRINTED = "validation rmse <loss>="


def play(stage: Stage) -> Iterator[Observation]:
    channels = {
        name: stage.upload(f"acceptance/linear/{name}.csv", table(200, seed))
        for seed, name in enumerate(("train", "validation"))
    }
    job = trained(stage, channels, _REGRESSION, algorithm=("linear-learner", "1"))
    definitions = job["AlgorithmSpecification"].get("MetricDefinitions", ())
    regex = {each["Name"]: each["Regex"] for each in definitions}.get("validation:rmse", "none")
    yield Observation("linear-learner-metrics", _PRINTED, regex, _PRINTED in regex)
    image = image_uri("linear-learner", "1", stage.aws.region or "")
    model = create_model(stage, job["ModelArtifacts"]["S3ModelArtifacts"], image)
    name, sagemaker = stage.name("linear"), stage.client("sagemaker")
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=create_config(stage, model))
    settled(stage, name)
    answer = stage.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=name, ContentType="text/csv", Accept="text/csv", Body="1,2,3,4"
    )
    seen = answer["Body"].read().decode()
    sagemaker.delete_endpoint(EndpointName=name)
    yield Observation("linear-learner-answers", '{"predictions": …', seen, '"predictions"' in seen)


SCENARIO = Scenario(
    name="linear-learner",
    about="Linear Learner's metrics and answers",
    claims=("linear-learner-metrics", "linear-learner-answers"),
    minutes=60,
    play=play,
    bounds=(Bound("Training", INSTANCE, 0.25), Bound("Hosting", INSTANCE, 1)),
)
