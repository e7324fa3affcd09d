"""The model that `retune import` has brought for an execution which did not come to a plan."""

from __future__ import annotations

from tuning.aws import objects
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.data.s3_location import S3Location
from tuning.names import execution_name, import_folder, run_folder


def discard(bucket: str, execution_id: str) -> list[str]:
    """Deletes it; the keys that there were. What an earlier execution of the name has planned may
    serve, and stays."""
    name = execution_name(execution_id)
    keys = [each.key for each in objects.list_objects(S3Location(bucket, import_folder(name)))]
    if not keys or RunFolder(bucket, run_folder(name)).read(PLAN) is not None:
        return []
    for key in keys:
        objects.delete_object(S3Location(bucket, key))
    return keys
