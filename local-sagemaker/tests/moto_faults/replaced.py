"""A program that prints, a line each, every attribute of moto's that local AWS replaces.

It patches moto in its own process, so it runs as a child: `python -m tests.moto_faults.replaced`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local_sagemaker.faults.rules import Faults
from local_sagemaker.services import adapters


def attributes() -> Iterator[tuple[str, Any]]:
    """Everything that moto's loaded modules and their classes hold, with its full name."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] != "moto":
            continue
        for key, item in list(vars(module).items()):
            yield f"{name}.{key}", item
            if isinstance(item, type) and item.__module__ == name:
                for attribute, value in list(vars(item).items()):
                    yield f"{name}.{key}.{attribute}", value


def main() -> None:
    # One for what was not there, and what was there is kept alive, so that no address comes twice.
    before = dict(attributes())
    stop = adapters.install(Path(sys.argv[1]), 1.0, Faults())
    stop()
    for name, value in attributes():
        module = name.rpartition(".")[0]
        if value is not before.get(name, None if module in before else value):
            print(name)


if __name__ == "__main__":
    main()
