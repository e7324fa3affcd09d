"""The one way to replace a part of moto: nothing is replaced that moto_patches does not list."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.moto_patches import REPLACED


class UnlistedPatchError(Exception):
    """A part of moto was to be replaced that moto_patches does not list."""


def replace(owner: Any, name: str, replacement: Any) -> None:
    """Put `replacement` where moto's module or class `owner` has `name`, which may be new.

    Raises UnlistedPatchError.
    """
    replaced = f"{_path(owner)}.{name}"
    if replaced not in REPLACED:
        raise UnlistedPatchError(f"{replaced} is replaced, so list it in moto_patches.py.")
    setattr(owner, name, replacement)


def _path(owner: Any) -> str:
    """`moto.sns.models`, or `moto.sns.models.Subscription`."""
    is_class = isinstance(owner, type)
    return f"{owner.__module__}.{owner.__qualname__}" if is_class else str(owner.__name__)
