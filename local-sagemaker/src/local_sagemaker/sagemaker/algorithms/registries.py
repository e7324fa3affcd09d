"""Where SageMaker keeps its own images: an account per region, repositories and their tags.

registries.json holds them as the SageMaker Python SDK v3 has them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_ECR = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.([^/]+)/([^:@]+)(?::([^@]+))?(@.+)?")
# Of images with Python: sagemaker-xgboost:1.0-1-cpu-py3, sagemaker-scikit-learn:1.4-2-cpu-py312.
_PYTHON = re.compile(r"(?:-cpu)?-py\d+")
_USUAL_SUFFIX = "amazonaws.com"


class EcrImage(NamedTuple):
    """An image in a registry of Amazon ECR, which belongs to an account in a region."""

    account: str
    region: str
    dns_suffix: str
    repository: str
    tag: str
    digest: str

    @classmethod
    def parse(cls, uri: str) -> EcrImage | None:
        """None for a name without a registry, or in another one."""
        found = _ECR.fullmatch(uri)
        if found is None:
            return None
        account, region, suffix, repository, tag, digest = found.groups()
        return cls(account, region, suffix, repository, tag or "latest", digest or "")

    @property
    def is_of_sagemaker(self) -> bool:
        """Whether SageMaker publishes a repository of this name in this registry."""
        return self.account == _accounts(self.repository).get(self.region)

    @property
    def has_known_tag(self) -> bool:
        """Whether SageMaker has published this tag of its repository; of a digest nobody knows."""
        tag = _PYTHON.sub("", self.tag)
        return bool(self.digest) or tag in _tags(self.repository)


def sagemaker_account(repository: str, region: str) -> str | None:
    """The account in which SageMaker publishes a repository of this name in a region, if any."""
    return _accounts(repository).get(region)


def dns_suffix(region: str) -> str:
    """The end of the names of a region's registries, such as amazonaws.com."""
    suffixes: Mapping[str, str] = _table()["dns_suffixes"]
    return next((end for start, end in suffixes.items() if region.startswith(start)), _USUAL_SUFFIX)


def _accounts(repository: str) -> Mapping[str, str]:
    images: list[dict[str, Any]] = _table()["images"]
    found = (image["accounts"] for image in images if repository in image["repositories"])
    return next(found, {})


def _tags(repository: str) -> Sequence[str]:
    images: list[dict[str, Any]] = _table()["images"]
    return next(
        tags
        for image in images
        for name, tags in image["repositories"].items()
        if name == repository
    )


@cache
def _table() -> Any:
    return json.loads(Path(__file__).with_name("registries.json").read_text())
