"""The models that lie in one object, since the stack has more of them than schedules."""

from __future__ import annotations

import json
from functools import lru_cache

from botocore.exceptions import ClientError

from tuning.aws.clients import client
from tuning.aws.objects import read_text
from tuning.data.s3_location import S3Location
from tuning.names import dispatcher
from tuning.variables.shared_models import ModelsPlace, SharedModel, SharedModels


def shared_models(prefix: str) -> dict[str, SharedModel]:
    """By name; none where each model has a schedule of its own."""
    try:
        schedule = client("scheduler").get_schedule(Name=dispatcher(prefix))
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return {}
    return read_shared_models(ModelsPlace.parse(json.loads(schedule["Target"]["Input"])))


@lru_cache(maxsize=1)
def read_shared_models(place: ModelsPlace) -> dict[str, SharedModel]:
    """By name. The key is made from the content, so that what was read once stays true."""
    content = read_text(S3Location(place.bucket, place.key))
    return {model.name: model for model in SharedModels.parse(json.loads(content)).models}
