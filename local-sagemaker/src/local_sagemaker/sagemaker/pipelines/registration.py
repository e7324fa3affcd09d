"""RegisterModel steps: a model package, and its group if that is not there yet."""

from __future__ import annotations

from collections.abc import Callable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

_GROUP = "ModelPackageGroupName"


def register(call: Callable[[str, Document], Document], arguments: Document, name: str) -> Document:
    """The answer of CreateModelPackage; `name` is for a package without a group.

    AWS's examples register into groups that nobody has made, which are there afterwards. A version
    has the tags of its group, so those of the arguments are the group's.
    """
    if _GROUP not in arguments:
        return call("CreateModelPackage", arguments | {"ModelPackageName": name})
    group = arguments[_GROUP]
    tags = {"Tags": arguments["Tags"]} if arguments.get("Tags") else {}
    try:
        call("DescribeModelPackageGroup", {_GROUP: group})
    except ValidationException:
        call("CreateModelPackageGroup", {_GROUP: group, **tags})
    version = {member: value for member, value in arguments.items() if member != "Tags"}
    return call("CreateModelPackage", version)
