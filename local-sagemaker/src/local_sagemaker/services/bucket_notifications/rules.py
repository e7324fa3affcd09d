"""What S3 refuses of a notification configuration before it looks at the destinations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from moto.s3.exceptions import S3ClientError

_KINDS = ("Topic", "Queue", "CloudFunction")


class InvalidArgumentError(S3ClientError):
    code = 400

    def __init__(self, message: str) -> None:
        super().__init__("InvalidArgument", message)


def each_of(configuration: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The kind of destination, which is the name of the member with its ARN, and the rest."""
    for kind in _KINDS:
        for one in configuration.get(f"{kind}Configuration") or []:
            yield kind, one


def check_configuration(configuration: dict[str, Any]) -> None:
    """Raises InvalidArgumentError."""
    given = [one for _, one in each_of(configuration)]
    _check_ids(given)
    for one in given:
        _check_filter(one)
    for first, second in combinations(given, 2):
        if _share_an_event(first["Event"], second["Event"]) and _share_a_key(first, second):
            raise InvalidArgumentError(
                "Configurations overlap. Configurations on the same bucket cannot share a common "
                "event type."
            )


def _check_ids(given: list[dict[str, Any]]) -> None:
    ids = Counter(one["Id"] for one in given if one.get("Id"))
    for name, count in ids.items():
        if count > 1:
            raise InvalidArgumentError(
                f"Same ID used for multiple configurations. IDs must be unique; '{name}' is not."
            )


def _check_filter(one: dict[str, Any]) -> None:
    """Raises what aws/aws-cdk#3347 quotes."""
    for name, count in Counter(rule["Name"].lower() for rule in _rules(one)).items():
        if count > 1:
            raise InvalidArgumentError(f"Cannot specify more than one {name} rule in a filter.")


def _share_an_event(first: list[str], second: list[str]) -> bool:
    return any(
        one == other or _covers(one, other) or _covers(other, one)
        for one in first
        for other in second
    )


def _covers(event: str, other: str) -> bool:
    return event.endswith(":*") and other.startswith(event[:-1])


def _share_a_key(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether some key can have both prefixes and both suffixes."""
    prefixes = sorted((_rule(first, "prefix"), _rule(second, "prefix")), key=len)
    suffixes = sorted((_rule(first, "suffix"), _rule(second, "suffix")), key=len)
    return prefixes[1].startswith(prefixes[0]) and suffixes[1].endswith(suffixes[0])


def _rule(configuration: dict[str, Any], name: str) -> str:
    rules = _rules(configuration)
    return next((rule["Value"] for rule in rules if rule["Name"].lower() == name), "")


def _rules(configuration: dict[str, Any]) -> list[dict[str, Any]]:
    return ((configuration.get("Filter") or {}).get("S3Key") or {}).get("FilterRule") or []
