"""What functions may do that stop jobs and delete what executions have left."""

from aws_cdk import Stack, aws_iam

from stacks.resource_names import ResourceNames


def clean_up(stack: Stack, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Find everything, stop and delete only what carries the name prefix and the tag."""
    return [
        _find(),
        _see_every_endpoint(stack, names),
        *_stop(names),
        *_delete(names),
        _delete_packages(names),
        aws_iam.PolicyStatement(actions=["states:ListExecutions"], resources=[names.state_machine]),
    ]


def _find() -> aws_iam.PolicyStatement:
    """Lists know no resources."""
    things = ["HyperParameterTuningJobs", "TrainingJobs", "TransformJobs", "ProcessingJobs"]
    things += ["EndpointConfigs", "Models", "Endpoints", "ModelPackages"]
    return aws_iam.PolicyStatement(
        actions=[f"sagemaker:List{thing}" for thing in things], resources=["*"]
    )


def _see_every_endpoint(stack: Stack, names: ResourceNames) -> aws_iam.PolicyStatement:
    """SageMaker deletes configs and models under an endpoint that uses them, whatever its name."""
    endpoints = stack.format_arn(service="sagemaker", resource="endpoint", resource_name="*")
    return aws_iam.PolicyStatement(
        actions=["sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig"],
        resources=[endpoints, names.any_endpoint_config],
    )


def _stop(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    kinds = ("HyperParameterTuningJob", "TrainingJob", "TransformJob", "ProcessingJob")
    jobs = [names.tuning_jobs, names.training_jobs, names.transform_jobs, names.processing_jobs]
    return [
        aws_iam.PolicyStatement(
            actions=[f"sagemaker:Stop{kind}" for kind in kinds],
            resources=jobs,
            conditions=names.tagged.own,
        ),
        aws_iam.PolicyStatement(
            actions=[*(f"sagemaker:Describe{kind}" for kind in kinds), "sagemaker:ListTags"],
            resources=jobs,
        ),
    ]


def _delete(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    made = [names.endpoint_configs, names.models]
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:DeleteEndpointConfig", "sagemaker:DeleteModel"],
            resources=made,
            conditions=names.tagged.own,
        ),
        aws_iam.PolicyStatement(actions=["sagemaker:ListTags"], resources=made),
    ]


def _delete_packages(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["sagemaker:DescribeModelPackage", "sagemaker:DeleteModelPackage"],
        resources=[names.model_packages],
    )
