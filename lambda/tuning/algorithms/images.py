"""Where SageMaker keeps the images of its built-in algorithms: a registry account per region.

images.json holds the accounts as the SageMaker Python SDK has them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_IN_A_REGISTRY = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+/(.+)")


class Registered(NamedTuple):
    """An image or repository in a registry of Amazon ECR; `name` may end with a tag."""

    account: str
    region: str
    name: str

    @classmethod
    def parse(cls, uri: str) -> Registered | None:
        """None for a name without a registry, or with another one."""
        found = _IN_A_REGISTRY.fullmatch(uri)
        return cls(*found.groups()) if found else None


def image_uri(algorithm: str, version: str, region: str) -> str:
    """The image of an algorithm's version in a region.

    Raises:
        KeyError: no account is known for the region; `regions` lists those that are.
    """
    image = _table()["images"][algorithm]
    registry = f"{image['accounts'][region]}.dkr.ecr.{region}.{_dns_suffix(region)}"
    return f"{registry}/{image['repository']}:{version}"


def algorithm_of_image(uri: str) -> str | None:
    """The algorithm that a repository's name tells; None for an image that is no built-in one."""
    repository = re.split("[:@]", uri.rpartition("/")[2])[0]
    images: Mapping[str, Any] = _table()["images"]
    return next((name for name in images if images[name]["repository"] == repository), None)


def claims_to_be_built_in(uri: str) -> bool:
    """Whether an image has the name of a built-in algorithm's in a registry that is not SageMaker's
    for its region."""
    algorithm, image = algorithm_of_image(uri), Registered.parse(uri)
    if algorithm is None or image is None:
        return False
    accounts: Mapping[str, str] = _table()["images"][algorithm]["accounts"]
    return accounts.get(image.region) != image.account


def regions(algorithm: str) -> list[str]:
    """The regions in which SageMaker offers an algorithm."""
    return sorted(_table()["images"][algorithm]["accounts"])


def registries() -> dict[str, dict[str, str]]:
    """For the name of each repository that holds images of an algorithm, the account of SageMaker's
    that has it in each region."""
    images: Mapping[str, Any] = _table()["images"]
    return {image["repository"]: dict(image["accounts"]) for image in images.values()}


def _dns_suffix(region: str) -> str:
    suffixes: Mapping[str, str] = _table()["dns_suffixes"]
    return next(
        (suffix for start, suffix in suffixes.items() if region.startswith(start)), "amazonaws.com"
    )


@cache
def _table() -> Any:
    return json.loads(Path(__file__).with_name("images.json").read_text())
