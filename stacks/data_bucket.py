"""The bucket that holds data sets, training artefacts and reports."""

from aws_cdk import Duration, RemovalPolicy, aws_kms, aws_s3
from constructs import Construct

from configuration.settings import Settings


class DataBucket(aws_s3.Bucket):
    """Encrypted, SSL only, versioned, closed to the public.

    Nothing current of a run expires: an endpoint reads its model again whenever it starts an
    instance. Runs move to Intelligent-Tiering instead, and what was overwritten or deleted goes
    after 30 days. What an endpoint captured goes after as many days as the settings say.
    """

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        key, logs = settings.kms_key, settings.access_log_bucket
        days = settings.capture_retention_days
        captured = [_forget_what_was_captured(days)] if days else []
        super().__init__(
            scope,
            id,
            encryption=(aws_s3.BucketEncryption.KMS if key else aws_s3.BucketEncryption.S3_MANAGED),
            encryption_key=aws_kms.Key.from_key_arn(scope, f"{id}Key", key) if key else None,
            bucket_key_enabled=True if key else None,
            server_access_logs_bucket=(
                aws_s3.Bucket.from_bucket_name(scope, f"{id}Logs", logs) if logs else None
            ),
            server_access_logs_prefix=f"{settings.name_prefix}/" if logs else None,
            enforce_ssl=True,
            versioned=True,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            removal_policy=(
                RemovalPolicy.RETAIN if settings.retain_data else RemovalPolicy.DESTROY
            ),
            lifecycle_rules=[_keep_runs_cheaply(), _forget_what_was_replaced(), *captured],
        )


def data_bucket(scope: Construct, id: str, settings: Settings) -> aws_s3.IBucket:
    """The bucket that the settings name, which stays as it is, or one that is made."""
    if settings.data_bucket:
        return aws_s3.Bucket.from_bucket_name(scope, id, settings.data_bucket)
    return DataBucket(scope, id, settings=settings)


def _keep_runs_cheaply() -> aws_s3.LifecycleRule:
    return aws_s3.LifecycleRule(
        id="KeepRunsCheaply",
        prefix="runs/",
        transitions=[
            aws_s3.Transition(
                storage_class=aws_s3.StorageClass.INTELLIGENT_TIERING,
                transition_after=Duration.days(30),
            )
        ],
    )


def _forget_what_was_replaced() -> aws_s3.LifecycleRule:
    return aws_s3.LifecycleRule(
        id="ForgetWhatWasReplaced",
        noncurrent_version_expiration=Duration.days(30),
        abort_incomplete_multipart_upload_after=Duration.days(7),
    )


def _forget_what_was_captured(days: int) -> aws_s3.LifecycleRule:
    return aws_s3.LifecycleRule(
        id="ForgetWhatWasCaptured", prefix="capture/", expiration=Duration.days(days)
    )
