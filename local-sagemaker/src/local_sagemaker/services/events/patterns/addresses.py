"""The match type cidr."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any

from local_sagemaker.services.events.patterns.errors import PatternError


def addresses(argument: Any) -> Callable[[Any], bool]:
    """Whether a value is an address of a network, such as 10.0.0.0/24. Raises PatternError."""
    if not isinstance(argument, str):
        raise PatternError("prefix match pattern must be a string")  # AWS's own words
    address, slash, bits = argument.partition("/")
    if not slash:
        raise PatternError("Malformed CIDR, one '/' required")
    if not bits.isdigit():
        raise PatternError("Malformed CIDR, mask bits must be an integer")
    try:
        network = ipaddress.ip_network(argument, strict=False)
    except ValueError as fault:
        raise PatternError(f"Nonstandard IP address: {address}") from fault
    return lambda value: isinstance(value, str) and _is_in(network, value)


def _is_in(network: ipaddress.IPv4Network | ipaddress.IPv6Network, value: str) -> bool:
    try:
        return ipaddress.ip_address(value) in network
    except ValueError:
        return False
