"""What is saved of the server: moto's backends, SageMaker, Step Functions and sessions.

What every server has for itself (its settings, its regions, its backends) is an anchor: the state
names it, and finds that of the server which loads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend
from moto.core.base_backend import BackendDict
from moto.iam.models import IAMBackend
from moto.s3.models import s3_backends

from local_sagemaker.process import background_work
from local_sagemaker.sagemaker.application import SageMakerApplication
from local_sagemaker.sagemaker.resources import kinds
from local_sagemaker.saving.errors import DamagedError
from local_sagemaker.services.cloudformation.stacks import REGIONS
from local_sagemaker.services.functions import event_sources
from local_sagemaker.services.session_tokens import sessions
from local_sagemaker.stepfunctions.api.application import StepFunctionsApplication
from local_sagemaker.stepfunctions.queries.scope import ABSENT

# Each in the words of its service.
_AT_WORK = (
    "InProgress",
    "Executing",
    "Stopping",
    "Creating",
    "Updating",
    "RollingBack",
    "Deleting",
    "SystemUpdating",
)


@dataclass(frozen=True)
class Places:
    """Which backends and regions a state is of: service, account and region of each backend."""

    backends: tuple[tuple[str, str, str], ...]
    cloudformation: tuple[str, ...]
    sagemaker: tuple[str, ...]
    stepfunctions: tuple[str, ...]

    @classmethod
    def read(cls, written: Any) -> Places:
        """Those of a file. Raises DamagedError."""
        try:
            return cls(
                tuple((str(s), str(a), str(r)) for s, a, r in written["backends"]),
                tuple(map(str, written["cloudformation"])),
                tuple(map(str, written["sagemaker"])),
                tuple(map(str, written["stepfunctions"])),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise DamagedError("It does not say what it is of.") from fault


class ServerState:
    """The state of the server whose applications these are."""

    def __init__(
        self, sagemaker: SageMakerApplication, stepfunctions: StepFunctionsApplication
    ) -> None:
        self._sagemaker = sagemaker
        self._stepfunctions = stepfunctions

    @property
    def work(self) -> list[str]:
        """What runs now, each in a few words."""
        running = [
            f"execution {started.execution.arn}"
            for region in self._stepfunctions.regions
            for started in region.region.started.values()
            if started.execution.is_running
        ]
        for account_region in self._sagemaker.regions:
            for kind, table in account_region.region.tables.items():
                running += [
                    f"{kind} {name}"
                    for name, found in list(table.items())
                    if getattr(found, "status", None) in _AT_WORK
                ]
        return [*running, *background_work.under_way()]

    @property
    def places(self) -> Places:
        """Of all that there is."""
        return Places(
            tuple(
                (backends.service_name, account, region)
                for backends in BackendDict._instances
                for account, region, backend in backends.iter_backends()
                if _has_something(backend)
            ),
            tuple(REGIONS),
            tuple(each.region.name for each in self._sagemaker.regions),
            tuple(each.region.name for each in self._stepfunctions.regions),
        )

    def anchors(self, places: Places) -> dict[str, Any]:
        """By name, what each server has at these places. Raises DamagedError for no such place."""
        found: dict[str, Any] = {"absent": ABSENT}
        found |= {
            f"kind {kind.name}": kind
            for kind in vars(kinds).values()
            if isinstance(kind, kinds.ResourceKind)
        }
        for place in places.backends:
            found[f"backend {' '.join(place)}"] = _backend(place)
        for name in places.sagemaker:
            account_region = self._sagemaker.region(name)
            found[f"sagemaker {name}"] = account_region.region
            found[f"tags {name}"] = account_region.tags
        return found

    def collected(self, places: Places) -> dict[str, Any]:
        """All that is saved."""
        return {
            "backends": {place: dict(vars(_backend(place))) for place in places.backends},
            "buckets": s3_backends.bucket_accounts,
            "sessions": sessions,
            **self._tables(places),
        }

    def restore(self, places: Places, saved: Mapping[str, Any]) -> None:
        """Put what was saved into this server, which has nothing yet. Raises DamagedError."""
        try:
            found = [(s3_backends.bucket_accounts, saved["buckets"]), (sessions, saved["sessions"])]
            for place in places.backends:
                found.append((vars(_backend(place)), saved["backends"][place]))
            for service, regions in self._tables(places).items():
                for region, tables in regions.items():
                    found += [
                        (table, saved[service][region][kind]) for kind, table in tables.items()
                    ]
            whole = all(isinstance(each, dict) for _, each in found)
        except (LookupError, TypeError) as fault:
            raise DamagedError(f"{type(fault).__name__}: {fault}") from fault
        if not whole:
            raise DamagedError("It has a list or a text where resources belong.")
        for here, there in found:
            here.update(there)

    def resume(self, places: Places) -> dict[str, str]:
        """Let what was restored go on: endpoints serve again, activities take tasks.

        Returns the endpoints that cannot serve, with the reason of each.
        """
        event_sources.resume()
        for name in places.stepfunctions:
            self._stepfunctions.region(name).resume()
        failed: dict[str, str] = {}
        for name in places.sagemaker:
            failed |= self._sagemaker.region(name).resume()
        return failed

    def _tables(self, places: Places) -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
        """The resources of the services of our own, by service, region and kind."""
        return {
            "cloudformation": {name: REGIONS[name].tables for name in places.cloudformation},
            "sagemaker": {
                name: self._sagemaker.region(name).region.tables for name in places.sagemaker
            },
            "stepfunctions": {
                name: self._stepfunctions.region(name).region.tables
                for name in places.stepfunctions
            },
        }


def _has_something(backend: Any) -> bool:
    """Not an IAM that was only asked for a key: moto looks into that of each partition.

    Each of them has AWS's own policies, a thousand and a half.
    """
    if not isinstance(backend, IAMBackend):
        return True
    tables = {
        name: found for name, found in vars(backend).items() if isinstance(found, dict | list)
    }
    of_aws = tables.pop("aws_managed_policies")
    return len(tables.pop("managed_policies")) != len(of_aws) or any(tables.values())


def _backend(place: tuple[str, str, str]) -> Any:
    service, account, region = place
    try:
        backends: Any = get_backend(service)
        return backends[account][region]
    except (ImportError, LookupError) as fault:
        raise DamagedError(f"Local AWS has no {service} in {region}.") from fault
