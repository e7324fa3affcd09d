"""What each Lambda function may do, besides writing its log."""

from aws_cdk import Stack, aws_iam, aws_s3, aws_s3_assets

from configuration.settings import Settings
from stacks import (
    clean_up_permissions,
    cost_permissions,
    hosting_permissions,
    measure_permissions,
    recovery_permissions,
    run_folder_permissions,
)
from stacks.endpoint_alarms import alarm_arns
from stacks.history_key import read_history
from stacks.notifications import Notifications
from stacks.resource_names import ResourceNames
from stacks.training_role import TrainingRoles


class FunctionPermissions:
    """The statements of the functions' roles; `by_function` maps a function's name to them."""

    def __init__(
        self,
        stack: Stack,
        *,
        settings: Settings,
        bucket: aws_s3.IBucket,
        names: ResourceNames,
        topic: Notifications,
        roles: TrainingRoles,
        program: aws_s3_assets.Asset,
    ) -> None:
        self._stack, self._settings = stack, settings
        self._bucket, self._names = bucket, names
        look = self._look_at_endpoint()
        read_runs = run_folder_permissions.read_runs(bucket)
        write_runs = run_folder_permissions.write_runs(bucket)
        share_endpoint_files = run_folder_permissions.share_endpoint_files(bucket)
        counting = cost_permissions.count_costs(bucket, names)
        history = read_history(settings, names)
        self.by_function = {
            "PlanTuning": [
                self._read_data(),
                *self._find_tuning_jobs(),
                self._read_models(),
                write_runs,
                share_endpoint_files,
                look,
                *self._read_quotas(),
                self._ask_prices(),
                self._look_at_executions(),
                hosting_permissions.read_any_config(names),
                hosting_permissions.read_champions(names),
                *counting,
                _copy(program),
            ],
            "WeighChampion": [self._read_data(), share_endpoint_files],
            "SelectBest": [self._read_jobs()],
            "ChooseTrial": [self._read_data()],
            "CreateModel": [
                *hosting_permissions.create_model(names, roles.arns),
                self._read_data(),  # rows of a ranking, which are copied
                write_runs,
            ],
            "FindChampion": [
                look,
                hosting_permissions.read_any_config(names),
                self._read_data(),
            ],
            "Decide": [self._read_data(), write_runs, share_endpoint_files],
            "RegisterModel": [write_runs, self._register()],
            "AwaitApproval": [write_runs, *self._hear_a_decision()],
            "CreateEndpointConfig": [
                hosting_permissions.create_endpoint_config(names),
                share_endpoint_files,
            ],
            "DeployEndpoint": [
                look,
                *hosting_permissions.deploy(names, alarm_arns(stack, settings.name_prefix)),
                *read_runs,
                write_runs,
            ],
            "VerifyEndpoint": [
                look,
                self._read_data(),
                self._invoke_endpoint(),
                write_runs,
            ],
            "ScaleEndpoint": hosting_permissions.scale(stack, settings.name_prefix),
            "WriteReport": [
                self._read_jobs(),
                *read_runs,  # the model, and the description of its table
                write_runs,
                share_endpoint_files,
                *self._read_training_logs(),
                *self._tell_of_rollback(),
                run_folder_permissions.read_tuning_jobs(bucket),
                *counting,
            ],
            "Prune": self._clean_up(),
            "CleanUp": self._clean_up(),
            "ExplainFailure": [self._read_jobs(), *counting],
            "WriteFailureReport": [
                *self._find_tuning_jobs(),
                *self._read_training_logs(),
                run_folder_permissions.write_reports(bucket),
            ],
            "Notify": [
                *topic.publish,
                *recovery_permissions.keep_record(bucket, names),
                *history,
            ],
            "ReadProgress": [*recovery_permissions.read_progress(bucket, names), *history],
            "InspectEndpoint": [look],
            "SweepExecutions": [*recovery_permissions.sweep(bucket, names), *history],
            "MeasureModels": [*measure_permissions.measure(bucket, names, settings), *history],
            "ListModels": [
                measure_permissions.list_schedules(),
                self._read_models(),
                self._list_quotas(),
            ],
            "NotifyFleet": [*topic.publish],
            "ResumeExecution": [*read_runs, *self._hear_a_decision()],
        }

    def _read_data(self) -> aws_iam.PolicyStatement:
        partition, names = self._stack.partition, self._settings.read_buckets
        buckets = [self._bucket.bucket_arn, *(f"arn:{partition}:s3:::{name}" for name in names)]
        return aws_iam.PolicyStatement(
            actions=["s3:ListBucket", "s3:GetObject"],
            resources=[*buckets, *(f"{arn}/*" for arn in buckets)],
        )

    def _read_jobs(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=[
                "sagemaker:DescribeHyperParameterTuningJob",
                "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
                "sagemaker:DescribeTrainingJob",
            ],
            resources=[self._names.tuning_jobs, self._names.training_jobs],
        )

    def _read_training_logs(self) -> list[aws_iam.PolicyStatement]:
        """Of its own jobs; what streams a log has can be asked of the whole group alone."""
        return [
            aws_iam.PolicyStatement(
                actions=["logs:DescribeLogStreams"], resources=[f"{self._names.training_logs}:*"]
            ),
            aws_iam.PolicyStatement(
                actions=["logs:GetLogEvents"], resources=[self._names.training_log_streams]
            ),
        ]

    def _find_tuning_jobs(self) -> list[aws_iam.PolicyStatement]:
        """Of an execution, or that a warm start may learn from; listing knows no resources."""
        return [
            aws_iam.PolicyStatement(
                actions=[
                    "sagemaker:DescribeHyperParameterTuningJob",
                    "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
                ],
                resources=[self._names.tuning_jobs],
            ),
            aws_iam.PolicyStatement(
                actions=["sagemaker:ListHyperParameterTuningJobs"], resources=["*"]
            ),
        ]

    def _read_quotas(self) -> list[aws_iam.PolicyStatement]:
        """What the account may have, and what the endpoint takes of it."""
        return [self._list_quotas(), hosting_permissions.read_any_config(self._names)]

    def _list_quotas(self) -> aws_iam.PolicyStatement:
        """It knows no resources."""
        return aws_iam.PolicyStatement(actions=["servicequotas:ListServiceQuotas"], resources=["*"])

    def _ask_prices(self) -> aws_iam.PolicyStatement:
        """What the price table does not have; prices know no resources."""
        return aws_iam.PolicyStatement(actions=["pricing:GetProducts"], resources=["*"])

    def _read_models(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["scheduler:GetSchedule"], resources=[self._names.schedules]
        )

    def _clean_up(self) -> list[aws_iam.PolicyStatement]:
        return clean_up_permissions.clean_up(self._stack, self._names)

    def _invoke_endpoint(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["sagemaker:InvokeEndpoint"], resources=[self._names.endpoints]
        )

    def _register(self) -> aws_iam.PolicyStatement:
        """The group is checked for both; its tags are set when it is created."""
        return aws_iam.PolicyStatement(
            actions=[
                "sagemaker:CreateModelPackageGroup",
                "sagemaker:CreateModelPackage",
                "sagemaker:AddTags",
            ],
            resources=[self._names.model_package_group, self._names.model_packages],
        )

    def _tell_of_rollback(self) -> list[aws_iam.PolicyStatement]:
        """Approve what serves again and reject the other; listing knows no resources."""
        return [
            aws_iam.PolicyStatement(actions=["sagemaker:ListModelPackages"], resources=["*"]),
            aws_iam.PolicyStatement(
                actions=["sagemaker:DescribeModelPackage", "sagemaker:UpdateModelPackage"],
                resources=[self._names.model_packages],
            ),
        ]

    def _hear_a_decision(self) -> list[aws_iam.PolicyStatement]:
        return [
            aws_iam.PolicyStatement(
                actions=["sagemaker:DescribeModelPackage"],
                resources=[self._names.model_packages],
            ),
            aws_iam.PolicyStatement(
                actions=["states:SendTaskSuccess", "states:SendTaskFailure"],
                resources=[self._names.state_machine],
            ),
        ]

    def _look_at_endpoint(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeEndpoint"], resources=[self._names.endpoints]
        )

    def _look_at_executions(self) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(
            actions=["states:DescribeExecution"], resources=[self._names.executions]
        )


def _copy(program: aws_s3_assets.Asset) -> aws_iam.PolicyStatement:
    """Into the folder of a run, whose training role reads it there."""
    return aws_iam.PolicyStatement(
        actions=["s3:GetObject"],
        resources=[program.bucket.arn_for_objects(program.s3_object_key)],
    )
