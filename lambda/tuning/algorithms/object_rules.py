"""How an algorithm treats the objects of a channel, whatever their rows hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ObjectRules:
    """What is empty here holds no rule: of a closed container nothing is known.

    `levels` has, from a version on, how many levels of folders are read, the channel's own one
    counted. Earlier versions of an algorithm that has any read one folder: the first without
    folders in it. `never_empty` are the content types in which a file without a byte is refused,
    `in_memory` says that an instance holds all rows at once.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    never_empty: tuple[str, ...] = ()
    in_memory: bool = False
