"""A deleted stack takes its change sets along; one that cannot go whole stays as DELETE_FAILED."""

from __future__ import annotations

import logging
from typing import Any

from moto.cloudformation.models import CloudFormationBackend
from moto.s3.models import FakeBucket, s3_backends
from moto.utilities.utils import get_partition

from local_sagemaker.services.cloudformation.told import tell
from local_sagemaker.services.patching import replace

_logger = logging.getLogger(__name__)


class BucketNotEmptyError(Exception):
    """S3 deletes no bucket that holds a version of an object."""


def install() -> None:
    replace(FakeBucket, "delete_from_cloudformation_json", _delete_bucket)
    _keep_what_fails()


def _delete_bucket(name: str, template: dict[str, Any], account: str, region: str) -> None:
    """One that is gone already is no fault. moto leaves one that is not empty, and says nothing."""
    backend = s3_backends[account][get_partition(region)]
    if name in backend.buckets and backend.delete_bucket(name) is None:
        raise BucketNotEmptyError(f"The bucket you tried to delete is not empty: {name}.")


def _keep_what_fails() -> None:
    """moto forgets the stack, and the caller gets the resource's error.

    It keeps the change sets of a stack that is gone: the CDK, which deletes one by its name and
    waits until there is none, would wait for ever for that of an earlier stack.
    """
    delete = CloudFormationBackend.delete_stack

    def delete_or_keep(backend: Any, name_or_id: str) -> None:
        stack = backend.stacks.get(name_or_id)
        if stack is None:
            delete(backend, name_or_id)  # by its name, which comes here again with the id
            return
        try:
            delete(backend, name_or_id)
        except Exception as fault:
            _logger.exception("Stack %s could not be deleted", stack.name)
            backend.stacks[stack.stack_id] = stack
            tell(stack, "DELETE_FAILED", f"{type(fault).__name__}: {fault}")
        else:
            for name, change_set in list(backend.change_sets.items()):
                if change_set.stack_id == stack.stack_id:
                    del backend.change_sets[name]

    replace(CloudFormationBackend, "delete_stack", delete_or_keep)
