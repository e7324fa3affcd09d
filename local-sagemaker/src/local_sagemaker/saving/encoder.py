"""A graph of objects as a list of nodes, each a list that JSON can hold.

A scalar stands for itself; `[7]` means node 7. A node begins with its kind: `["list", 1, [7]]`,
`["object", "moto.sns.models:Topic", "name", "arrivals"]`.
"""

from __future__ import annotations

import base64
import re
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import MethodType
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from local_sagemaker.saving.classes import (
    ADDRESSES,
    factory_name,
    is_kept_method,
    is_savable,
    name_of,
)
from local_sagemaker.saving.errors import SavingError
from local_sagemaker.services.object_contents import ObjectContent

Node = list[Any]
Keep = Callable[[ObjectContent | bytes], str]
"""Stores what is too large for a node, and gives the name under which it did."""

_LARGE_BYTES = 1000
_SCALARS = (str, int, float, bool, type(None))
_BUILT_IN = (str, bytes, int, float, complex, list, tuple, set, frozenset, deque)


class Encoder:
    """Writes down what it is asked for, and all that hangs on it.

    `anchors` are objects that every server has, by name; they are named instead.
    """

    def __init__(self, anchors: Mapping[str, Any], keep: Keep) -> None:
        self.nodes: list[Node] = []
        self._keep = keep
        self._anchors = {id(anchor): name for name, anchor in anchors.items()}
        self._numbers: dict[int, int] = {}
        self._waiting: deque[tuple[int, Any]] = deque()
        self._alive: list[Any] = []  # an id is that of one object while that lives
        self._simple: dict[type, Callable[[Any], Node]] = {
            list: lambda found: ["list", *self._all(found)],
            tuple: lambda found: ["tuple", *self._all(found)],
            set: lambda found: ["set", *self._all(found)],
            frozenset: lambda found: ["frozenset", *self._all(found)],
            deque: lambda found: ["deque", found.maxlen, *self._all(found)],
            dict: lambda found: ["dict", *self._pairs(found)],
            OrderedDict: lambda found: ["OrderedDict", *self._pairs(found)],
            WeakValueDictionary: lambda found: ["WeakValueDictionary", *self._pairs(dict(found))],
            defaultdict: self._defaultdict,
            bytes: self._bytes,
            MethodType: self._method,
            ObjectContent: lambda found: ["content", self._keep(found)],
            **_WHOLE,
        }

    def encode(self, root: Any) -> Any:
        """What stands for the root: a scalar, or the number of its node. Raises SavingError."""
        value = self._value(root)
        while self._waiting:
            number, found = self._waiting.popleft()
            self.nodes[number] = self._node(found)
        return value

    def _value(self, found: Any) -> Any:
        if type(found) in _SCALARS:
            return found
        number = self._numbers.get(id(found))
        if number is None:
            number = self._numbers[id(found)] = len(self.nodes)
            self.nodes.append([])
            self._alive.append(found)
            self._waiting.append((number, found))
        return [number]

    def _all(self, found: Iterable[Any]) -> list[Any]:
        return [self._value(each) for each in list(found)]

    def _pairs(self, found: dict[Any, Any]) -> list[Any]:
        plain = OrderedDict if isinstance(found, OrderedDict) else dict  # not what moto makes of it
        return [self._value(each) for pair in list(plain.items(found)) for each in pair]

    def _node(self, found: Any) -> Node:
        anchor = self._anchors.get(id(found))
        if anchor is not None:
            return ["anchor", anchor]
        simple = self._simple.get(type(found))
        if simple is not None:
            return simple(found)
        if isinstance(found, RSAPrivateKey | EllipticCurvePrivateKey):
            plain = found.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
            return ["private key", base64.b64encode(plain).decode()]
        return self._object(found)

    def _object(self, found: Any) -> Node:
        name = name_of(type(found))
        if isinstance(found, Enum) and is_savable(type(found)):
            return ["enum", name, found.name]
        attributes = getattr(found, "__dict__", None)
        if attributes is None or isinstance(found, _BUILT_IN) or not is_savable(type(found)):
            raise SavingError(f"Local AWS cannot save a {name}: {found!r:.200}")
        if isinstance(found, dict):
            written = self._pairs(dict(attributes))
            return ["dict of", name, len(written), *written, *self._pairs(found)]
        if name.startswith("local_sagemaker."):  # which may say that it is saved without some
            attributes = found.__getstate__() or {}
        return ["object", name, *self._pairs(dict(attributes))]

    def _bytes(self, found: bytes) -> Node:
        """Code of functions beside the graph: the same code is often there several times."""
        if len(found) < _LARGE_BYTES:
            return ["bytes", base64.b64encode(found).decode()]
        return ["kept bytes", self._keep(found)]

    def _method(self, found: MethodType) -> Node:
        if not is_kept_method(type(found.__self__), found.__name__):
            raise SavingError(f"Local AWS cannot save a method: {found!r:.200}")
        return ["method", self._value(found.__self__), found.__name__]

    def _defaultdict(self, found: defaultdict[Any, Any]) -> Node:
        return ["defaultdict", factory_name(found.default_factory), *self._pairs(found)]


def _datetime(found: datetime) -> Node:
    """With the name of its zone, or its distance from UTC in seconds; None without a zone."""
    zone, plain = found.tzinfo, found.replace(tzinfo=None).isoformat()
    if zone is None or isinstance(zone, ZoneInfo):
        return ["datetime", plain, zone and zone.key]
    distance = zone.utcoffset(found)
    if distance is None:
        raise SavingError(f"Local AWS cannot save a time of the zone {zone!r}.")
    return ["datetime", plain, distance.total_seconds()]


# What no other object hangs on.
_WHOLE: dict[type, Callable[[Any], Node]] = {
    bytearray: lambda found: ["bytearray", base64.b64encode(found).decode()],
    datetime: _datetime,
    date: lambda found: ["date", found.isoformat()],
    timedelta: lambda found: ["timedelta", found.days, found.seconds, found.microseconds],
    Decimal: lambda found: ["Decimal", str(found)],
    UUID: lambda found: ["UUID", str(found)],
    **{each: lambda found: [type(found).__name__, str(found)] for each in ADDRESSES},
    ZoneInfo: lambda found: ["ZoneInfo", found.key],
    re.Pattern: lambda found: ["Pattern", found.pattern, found.flags],
    type(threading.Lock()): lambda _: ["Lock"],
    type(threading.RLock()): lambda _: ["RLock"],
    threading.Condition: lambda _: ["Condition"],
    threading.Event: lambda found: ["Event", found.is_set()],
}
