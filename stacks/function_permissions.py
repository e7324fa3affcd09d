"""What each Lambda function may do, besides writing its log."""

from collections.abc import Sequence

from aws_cdk import Stack, aws_iam, aws_s3, aws_s3_assets
from tuning.variables.approval import WaitingExecution

from configuration.settings import Settings
from stacks import (
    clean_up_permissions,
    cost_permissions,
    hosting_permissions,
    job_permissions,
    measure_permissions,
    planning_permissions,
    recovery_permissions,
    registry_permissions,
    run_folder_permissions,
)
from stacks.endpoint_alarms import alarm_arns
from stacks.history_key import read_history
from stacks.notifications import Notifications
from stacks.resource_names import ResourceNames
from stacks.training_role import TrainingRoles

Statements = dict[str, list[aws_iam.PolicyStatement]]


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
        self._list_data, self._read_data = _data_permissions(stack, bucket, settings.read_buckets)
        self._read_runs = run_folder_permissions.read_runs(bucket)
        self._write_runs = run_folder_permissions.write_runs(bucket)
        self._share_endpoint_files = run_folder_permissions.share_endpoint_files(bucket)
        self._look_at_endpoint = hosting_permissions.look_at_endpoint(names)
        self._read_bills = cost_permissions.read_bills(names)
        self._read_month = cost_permissions.read_month(bucket)
        self._history = read_history(settings, names)
        self.by_function = {
            **self._of_planning(program),
            **self._of_choosing(roles),
            **self._of_deploying(),
            **self._of_telling(topic),
            **self._of_cleaning_up(),
            **self._of_all_models(topic),
        }

    def _of_planning(self, program: aws_s3_assets.Asset) -> Statements:
        names = self._names
        return {
            "PlanTuning": [
                self._read_data,
                *job_permissions.find_tuning_jobs(names),
                measure_permissions.read_schedules(names),
                self._write_runs,
                self._share_endpoint_files,
                self._look_at_endpoint,
                hosting_permissions.read_endpoint_tags(names),
                planning_permissions.list_quotas(),
                hosting_permissions.read_any_config(names),
                planning_permissions.ask_prices(),
                planning_permissions.look_at_executions(names),
                hosting_permissions.read_champions(names),
                *self._read_bills,
                planning_permissions.copy_program(program),
            ],
        }

    def _of_choosing(self, roles: TrainingRoles) -> Statements:
        return {
            "WeighChampion": [self._read_data, self._share_endpoint_files],
            "SelectBest": [job_permissions.read_jobs(self._names)],
            "ChooseTrial": [self._read_data],
            "CreateModel": [
                *hosting_permissions.create_model(self._names, roles.arns),
                self._read_data,  # rows of a ranking, which are copied
                self._write_runs,
            ],
            "FindChampion": [
                self._look_at_endpoint,
                hosting_permissions.read_any_config(self._names),
                self._list_data,  # whether it has changed
            ],
            "Decide": [self._read_data, self._write_runs, self._share_endpoint_files],
        }

    def _of_deploying(self) -> Statements:
        names, prefix = self._names, self._settings.name_prefix
        hear_a_decision = registry_permissions.hear_a_decision(names)
        return {
            "RegisterModel": [self._write_runs, registry_permissions.register(names)],
            "AwaitApproval": [self._write_runs, *hear_a_decision],
            "ResumeExecution": [
                *run_folder_permissions.read_file(self._bucket, WaitingExecution.FILE),
                *hear_a_decision,
            ],
            "CreateEndpointConfig": [
                self._look_at_endpoint,  # how many instances there are
                *hosting_permissions.create_endpoint_config(names),
                self._share_endpoint_files,
            ],
            "DeployEndpoint": [
                self._look_at_endpoint,
                *hosting_permissions.deploy(names, alarm_arns(self._stack, prefix)),
                *hosting_permissions.grant_key(self._settings),
                *self._read_runs,
                self._write_runs,
            ],
            "VerifyEndpoint": [
                self._look_at_endpoint,
                self._read_data,
                hosting_permissions.invoke_endpoint(names),
                self._write_runs,
            ],
            "ScaleEndpoint": hosting_permissions.scale(self._stack, names, prefix),
        }

    def _of_telling(self, topic: Notifications) -> Statements:
        return {
            "WriteReport": [
                job_permissions.read_tuning_jobs(self._names),
                *self._read_runs,  # the model, and the description of its table
                self._write_runs,
                self._share_endpoint_files,
                *job_permissions.read_training_logs(self._names),
                *registry_permissions.tell_of_rollback(self._names),
                run_folder_permissions.read_earlier_runs(self._bucket),
                *self._read_bills,
                *self._read_month,
            ],
            "Notify": [
                *topic.publish,
                *recovery_permissions.keep_record(self._bucket, self._names),
                *self._history,
            ],
        }

    def _of_cleaning_up(self) -> Statements:
        bucket, names = self._bucket, self._names
        clean_up = clean_up_permissions.clean_up(self._stack, names)
        return {
            "Prune": clean_up,
            "ReadProgress": [*recovery_permissions.read_progress(bucket, names), *self._history],
            "InspectEndpoint": [self._look_at_endpoint],
            "CleanUp": [*clean_up, *run_folder_permissions.discard_brought_models(bucket)],
            "ExplainFailure": [
                job_permissions.list_trials(names),
                *self._read_bills,
                *self._read_month,
                cost_permissions.keep_month(bucket),
            ],
            "WriteFailureReport": [
                *job_permissions.find_tuning_jobs(names),
                *job_permissions.read_training_logs(names),
                *run_folder_permissions.read_file(bucket, "verdict.json"),
                run_folder_permissions.write_reports(bucket),
            ],
            "SweepExecutions": [*recovery_permissions.sweep(bucket, names), *self._history],
        }

    def _of_all_models(self, topic: Notifications) -> Statements:
        measure = measure_permissions.measure(self._bucket, self._names, self._settings)
        return {
            "MeasureModels": [*measure, *self._history],
            "ListModels": [
                measure_permissions.list_schedules(),
                measure_permissions.read_schedules(self._names),
                planning_permissions.list_quotas(),
            ],
            "NotifyFleet": [*topic.publish],
        }


def _data_permissions(
    stack: Stack, bucket: aws_s3.IBucket, others: Sequence[str]
) -> tuple[aws_iam.PolicyStatement, aws_iam.PolicyStatement]:
    """To list, and to read: channels lie anywhere in the data bucket, or in others that the
    settings name."""
    buckets = [bucket.bucket_arn, *(f"arn:{stack.partition}:s3:::{name}" for name in others)]
    return (
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=buckets),
        aws_iam.PolicyStatement(
            actions=["s3:ListBucket", "s3:GetObject"],
            resources=[*buckets, *(f"{arn}/*" for arn in buckets)],
        ),
    )
