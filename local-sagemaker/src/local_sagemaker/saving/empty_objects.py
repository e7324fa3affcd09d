"""What nodes are made of, by their kinds: scalars whole, everything else empty."""

from __future__ import annotations

import base64
import re
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.serialization import load_der_private_key

from local_sagemaker.saving.classes import ADDRESSES, FACTORIES, class_named
from local_sagemaker.saving.errors import DamagedError


def _bare(name: str, *_: Any) -> Any:
    """An object as nobody has made it yet: neither its class's __new__ nor its __init__ is called.

    Raises TypeError for a class that is made of another built-in one.
    """
    found = class_named(name)
    base: Any = next(each for each in (OrderedDict, dict, object) if issubclass(found, each))
    return base.__new__(found)


def _member(name: str, member: str) -> Enum:
    found = class_named(name)
    if not issubclass(found, Enum):
        raise DamagedError(f"{name} has no member {member!r:.50}")
    return found[member]


def _datetime(text: str, zone: str | float | None) -> datetime:
    moment = datetime.fromisoformat(text)
    if zone is None:
        return moment
    if isinstance(zone, str):
        return moment.replace(tzinfo=ZoneInfo(zone))
    return moment.replace(tzinfo=timezone(timedelta(seconds=zone)))


def _event(is_set: bool) -> threading.Event:
    event = threading.Event()
    if is_set:
        event.set()
    return event


MAKERS: dict[str, Callable[..., Any]] = {
    "list": lambda *_: [],
    "deque": lambda most, *_: deque(maxlen=most),
    "set": lambda *_: set(),
    "dict": lambda *_: {},
    "OrderedDict": lambda *_: OrderedDict(),
    "WeakValueDictionary": lambda *_: WeakValueDictionary(),
    "defaultdict": lambda factory, *_: defaultdict(FACTORIES[factory]),
    "object": _bare,
    "dict of": _bare,
    "enum": _member,
    "bytes": base64.b64decode,
    "bytearray": lambda text: bytearray(base64.b64decode(text)),
    "datetime": _datetime,
    "date": date.fromisoformat,
    "timedelta": timedelta,
    "Decimal": Decimal,
    "UUID": UUID,
    **{each.__name__: each for each in ADDRESSES},
    "ZoneInfo": ZoneInfo,
    "Pattern": re.compile,
    "private key": lambda text: load_der_private_key(base64.b64decode(text), password=None),
    "Lock": threading.Lock,
    "RLock": threading.RLock,
    "Condition": threading.Condition,
    "Event": _event,
}
"""Functions of the parts of a node. Those of containers and objects leave out their members."""
