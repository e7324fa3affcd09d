"""Tunes XGBoost as a user of the SDK does: results, a warm start, a stop."""

import json
import sys
from pathlib import Path
from typing import Any

import boto3
from sagemaker.core import image_uris
from sagemaker.core.analytics import HyperparameterTuningJobAnalytics
from sagemaker.core.parameter import CategoricalParameter, ContinuousParameter, IntegerParameter
from sagemaker.core.shapes import (
    HyperParameterTuningJobWarmStartConfig,
    ParentHyperParameterTuningJob,
)
from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig
from sagemaker.train import ModelTrainer
from sagemaker.train.tuner import HyperparameterTuner

given = json.loads(sys.argv[1])
bucket, role = given["bucket"], given["role"]
image = image_uris.retrieve("xgboost", boto3.Session().region_name, version="3.0-5")
inputs = [
    InputData(
        channel_name=channel,
        data_source=f"s3://{bucket}/data/{channel}/",
        content_type="text/csv",
    )
    for channel in ("train", "validation")
]


def tuner(name: str, **options: Any) -> HyperparameterTuner:
    trainer = ModelTrainer(
        training_image=image,
        role=role,
        base_job_name=name,
        hyperparameters={"objective": "binary:logistic", "num_round": 10},
        compute=Compute(instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=10),
        output_data_config=OutputDataConfig(s3_output_path=f"s3://{bucket}/output"),
    )
    ranges = {
        "eta": ContinuousParameter(0.05, 0.5, scaling_type="Logarithmic"),
        "max_depth": IntegerParameter(1, 6),
        "subsample": CategoricalParameter(["0.5", "1"]),
    }
    return HyperparameterTuner(
        model_trainer=trainer,
        objective_metric_name="validation:auc",
        hyperparameter_ranges=ranges,
        base_tuning_job_name=name,
        **options,
    )


first = tuner("sdk-first", max_jobs=4, max_parallel_jobs=2, random_seed=7)
first.tune(inputs=inputs)
name = first.latest_tuning_job.hyper_parameter_tuning_job_name
table = HyperparameterTuningJobAnalytics(name).dataframe()

parent_job = ParentHyperParameterTuningJob(hyper_parameter_tuning_job_name=name)
child = tuner(
    "sdk-child",
    max_jobs=1,
    # transfer_learning_tuner() of this version of the SDK fails before it calls SageMaker.
    warm_start_config=HyperParameterTuningJobWarmStartConfig(
        parent_hyper_parameter_tuning_jobs=[parent_job], warm_start_type="TransferLearning"
    ),
)
child.tune(inputs=inputs)

endless = tuner("sdk-endless", max_jobs=2, max_parallel_jobs=1, strategy="Random")
endless.model_trainer.hyperparameters["num_round"] = 100000000
endless.tune(inputs=inputs, wait=False)
endless.stop_tuning_job()
endless.latest_tuning_job.wait()

Path(sys.argv[2]).write_text(
    json.dumps(
        {
            "name": name,
            "status": first.describe().hyper_parameter_tuning_job_status,
            "best": first.best_training_job(),
            "columns": sorted(table.columns),
            "rows": json.loads(
                table.drop(columns=["TrainingStartTime", "TrainingEndTime"]).to_json(
                    orient="records"
                )
            ),
            "child": child.describe().hyper_parameter_tuning_job_status,
            "stopped": endless.describe().hyper_parameter_tuning_job_status,
        }
    )
)
