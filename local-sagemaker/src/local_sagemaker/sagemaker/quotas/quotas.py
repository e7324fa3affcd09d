"""Refuses what would take more instances than the quotas allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local_sagemaker.sagemaker.errors import ResourceLimitExceeded
from local_sagemaker.sagemaker.quotas.catalogue import GENEROUS, names_for


@dataclass(frozen=True)
class Instances:
    """So many of a type, for a `kind` of work such as `endpoint` or `spot training job`."""

    kind: str
    instance_type: str
    count: int


def check_quotas(
    quotas: Mapping[str, int], used: Iterable[Instances], asked: Iterable[Instances]
) -> None:
    """Raises ResourceLimitExceeded for the first quota that `used` and `asked` together exceed."""
    in_use, delta = _by_quota(used), _by_quota(asked)
    for name, count in delta.items():
        limit = quotas.get(name, GENEROUS)
        if in_use[name] + count > limit:
            raise ResourceLimitExceeded(
                f"The account-level service limit '{name}' is {limit} Instances, with current "
                f"utilization of {in_use[name]} Instances and a request delta of {count} "
                "Instances. Please use AWS Service Quotas to request an increase for this quota. "
                "If AWS Service Quotas is not available, contact AWS support to request an "
                "increase for this quota."
            )


def _by_quota(instances: Iterable[Instances]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in instances:
        for name in names_for(each.kind, each.instance_type):
            counts[name] += each.count
    return counts
