"""Changes a JSON document of S3 that other executions change too, so that no change is lost."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from tuning.aws import objects
from tuning.data.s3_location import S3Location
from tuning.report.files import as_json

Document = dict[str, Any]
Answer = TypeVar("Answer")
ATTEMPTS = 20  # half a second apart at most: PlanTuning has two minutes


class Overtaken(Exception):
    """Others wrote the document each time that this execution tried to."""


def change_document(
    place: S3Location, change: Callable[[Document], tuple[Document | None, Answer]]
) -> Answer:
    """Writes what `change` makes of the document that lies there, and returns its answer.

    `change` gets an empty document where there is none, and returns None to write nothing. The
    conditional write decides, not the look before it: when another was faster, `change` is asked
    again about what that one wrote, after a random while, since many may have met.

    Raises:
        Overtaken: others were faster each of the `ATTEMPTS` times.
    """
    for _ in range(ATTEMPTS):
        text, etag = objects.read_with_etag(place) or (None, None)
        document, answer = change(json.loads(text) if text else {})
        if document is None or objects.replace_object(
            place, as_json(document), "application/json", etag
        ):
            return answer
        time.sleep(random.uniform(0, 0.5))
    raise Overtaken(f"{place} was written by others each of the {ATTEMPTS} times that this tried.")
