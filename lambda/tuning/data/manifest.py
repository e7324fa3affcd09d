"""A manifest: the list of objects that S3DataType ManifestFile stands for (API_S3DataSource)."""

from __future__ import annotations

import json

from tuning.data.s3_location import S3Location

MAX_BYTES = 10_000_000  # of a manifest that is looked into


def read_manifest(content: bytes) -> list[S3Location]:
    """The objects in the order of the manifest.

    Raises ValueError with a sentence when it is no JSON list of a prefix and the rests of keys.
    """
    try:
        first, *names = json.loads(content)
        prefix = first["prefix"]
        places = [S3Location.parse(prefix + name) for name in names]
    except (ValueError, TypeError, KeyError) as fault:
        raise ValueError(
            'a manifest is a JSON list, first {"prefix": "s3://bucket/folder/"} and then the rest '
            "of each key"
        ) from fault
    if not places:
        raise ValueError("the manifest lists no object")
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        raise ValueError("the prefix of the manifest is no s3://bucket/folder/")
    return found
