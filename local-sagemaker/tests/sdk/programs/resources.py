"""Trains, serves and lists with the resources of sagemaker-core."""

import json
import sys
from pathlib import Path

from sagemaker.core.resources import (
    Endpoint,
    EndpointConfig,
    HyperParameterTuningJob,
    Model,
    TrainingJob,
)
from sagemaker.core.shapes import (
    AlgorithmSpecification,
    Channel,
    ContainerDefinition,
    DataSource,
    OutputDataConfig,
    ProductionVariant,
    ResourceConfig,
    S3DataSource,
    StoppingCondition,
)

given = json.loads(sys.argv[1])
bucket, role, image = given["bucket"], given["role"], given["image"]


def channel(name: str) -> Channel:
    source = S3DataSource(s3_data_type="S3Prefix", s3_uri=f"s3://{bucket}/data/{name}/")
    return Channel(
        channel_name=name, content_type="text/csv", data_source=DataSource(s3_data_source=source)
    )


job = TrainingJob.create(
    training_job_name="core-training",
    algorithm_specification=AlgorithmSpecification(
        training_image=image, training_input_mode="File"
    ),
    role_arn=role,
    hyper_parameters={"objective": "binary:logistic", "num_round": "5"},
    input_data_config=[channel("train"), channel("validation")],
    output_data_config=OutputDataConfig(s3_output_path=f"s3://{bucket}/output"),
    resource_config=ResourceConfig(
        instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=10
    ),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=600),
)
job.wait(poll=1)
data = job.model_artifacts.s3_model_artifacts
Model.create(
    model_name="core-model",
    primary_container=ContainerDefinition(image=image, model_data_url=data),
    execution_role_arn=role,
)
variant = ProductionVariant(
    variant_name="all",
    model_name="core-model",
    initial_instance_count=1,
    instance_type="ml.m5.large",
)
EndpointConfig.create(endpoint_config_name="core-config", production_variants=[variant])
endpoint = Endpoint.create(endpoint_name="core-endpoint", endpoint_config_name="core-config")
endpoint.wait_for_status("InService", poll=1)
answer = endpoint.invoke(body="0.9,0.1\n0.1,0.1\n", content_type="text/csv", accept="text/csv")
predictions = [float(line) for line in answer.body.read().decode().split()]
endpoint.delete()
endpoint.wait_for_delete(poll=1)

tuning_job = HyperParameterTuningJob.get(given["tuning_job"])
Path(sys.argv[2]).write_text(
    json.dumps(
        {
            "status": job.training_job_status,
            "metrics": {m.metric_name: m.value for m in job.final_metric_data_list},
            "predictions": predictions,
            "training_jobs": [
                each.training_job_name for each in tuning_job.get_all_training_jobs()
            ],
            "tuning_jobs": [
                each.hyper_parameter_tuning_job_name for each in HyperParameterTuningJob.get_all()
            ],
        }
    )
)
