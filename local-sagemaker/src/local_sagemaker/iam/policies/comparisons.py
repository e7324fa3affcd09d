"""The comparisons behind the operators of conditions ("IAM JSON policy elements: Condition
operators"). Each takes what the policy wants and what the request gives; a value that is none of
its kind equals nothing.
"""

from __future__ import annotations

import base64
import operator
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address, ip_network

from local_sagemaker.iam.policies.wildcards import matches, matches_arn, plain

Comparison = Callable[[str, str], bool]


def _string_equals(wanted: str, given: str) -> bool:
    return plain(wanted) == given


def _equals_ignoring_case(wanted: str, given: str) -> bool:
    return plain(wanted).casefold() == given.casefold()


def _bool(wanted: str, given: str) -> bool:
    return plain(wanted).lower() == given.lower()


def _binary_equals(wanted: str, given: str) -> bool:
    try:
        return base64.b64decode(wanted, validate=True) == base64.b64decode(given, validate=True)
    except ValueError:  # also of letters that are no ASCII
        return False


def _ip_address(wanted: str, given: str) -> bool:
    try:
        return ip_address(given) in ip_network(wanted, strict=False)
    except ValueError:
        return False


def _number(text: str) -> Decimal:
    return Decimal(text)


def _moment(text: str) -> datetime:
    """ISO 8601, or seconds since 1970."""
    if text.lstrip("-").isdigit() and len(text) > len("2012"):
        return datetime.fromtimestamp(int(text), UTC)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ordered(
    read: Callable[[str], Decimal] | Callable[[str], datetime], compare: Callable[..., bool]
) -> Comparison:
    def comparison(wanted: str, given: str) -> bool:
        try:
            return compare(read(given), read(plain(wanted)))
        except (InvalidOperation, ValueError, OverflowError):
            return False

    return comparison


_ORDERS = {
    "equals": operator.eq,
    "lessthan": operator.lt,
    "lessthanequals": operator.le,
    "greaterthan": operator.gt,
    "greaterthanequals": operator.ge,
}

COMPARISONS: dict[str, Comparison] = {
    "stringequals": _string_equals,
    "stringequalsignorecase": _equals_ignoring_case,
    "stringlike": matches,
    "bool": _bool,
    "binaryequals": _binary_equals,
    "ipaddress": _ip_address,
    "arnequals": matches_arn,
    "arnlike": matches_arn,
    **{f"numeric{name}": _ordered(_number, compare) for name, compare in _ORDERS.items()},
    **{f"date{name}": _ordered(_moment, compare) for name, compare in _ORDERS.items()},
}
"""By the operator's name in lower case; ArnEquals and ArnLike are the same to IAM."""

NEGATIONS = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
    "notipaddress": "ipaddress",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
}
"""Operators that hold where no value of the policy matches."""
