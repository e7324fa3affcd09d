"""The program of the processing job of Prepare: from a table to channels, or a sentence why not.

    python3 prepare.pyz --program FOLDER --table FOLDER --output FOLDER --work FOLDER --message FILE

In the program's folder lie request.json and, if columns are to be encoded as before, kept.json.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from preparation.description import Description, Split
from preparation.engine.loading import Source
from preparation.engine.prepare import prepare
from preparation.errors import TableError
from preparation.request import Request

REQUEST, KEPT, WARNINGS = "request.json", "kept.json", "warnings.json"
_MESSAGE_BYTES = 1000  # SageMaker shows 1,024
# Options of the command line as the execution input calls them.
_FIELDS = {
    "label": "Label",
    "task": "Task",
    "positive": "Positive",
    "group": "Group",
    "time": "Time",
    "drop": "Drop",
    "text": "Text",
    "date": "Dates",
    "missing": "Missing",
    "test": "Test",
    "validation": "Validation",
    "salt": "Salt",
}
_OPTION = re.compile(rf"--({'|'.join(_FIELDS)})\b")


def main(arguments: Sequence[str]) -> int:
    """0, or 1 with the reason in the file for the job's ExitMessage."""
    given = _parser().parse_args(arguments)
    try:
        _prepare(given)
    except TableError as fault:
        reason = f"{_OPTION.sub(lambda option: 'Prepare.' + _FIELDS[option[1]], str(fault))}"
    except MemoryError:
        reason = "The table needs more memory. Use a larger Prepare.ResourceConfig.InstanceType."
    except OSError as fault:
        reason = (
            f"The machine cannot hold the table ({fault.strerror or type(fault).__name__}). Raise "
            "Prepare.ResourceConfig.VolumeSizeInGB, or use a larger InstanceType."
        )
        print(fault)
    else:
        return 0
    print(reason)
    given.message.parent.mkdir(parents=True, exist_ok=True)
    given.message.write_bytes(reason.encode()[:_MESSAGE_BYTES].decode(errors="ignore").encode())
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="prepare.pyz", description=__doc__)
    for name in ("program", "table", "output", "work", "message"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser


def _prepare(given: argparse.Namespace) -> None:
    request = request_of(json.loads((given.program / REQUEST).read_text(encoding="utf-8")))
    given.work.mkdir(parents=True, exist_ok=True)
    prepared = prepare(
        sources_in(given.table),
        request,
        given.output,
        progress=_Steps(),
        workspace=given.work,
        kept=_kept(given.program / KEPT),
    )
    warnings = json.dumps(prepared.warnings, ensure_ascii=False)
    (given.output / WARNINGS).write_text(warnings, encoding="utf-8")
    for line in (*prepared.warnings, f"Rows: {dict(prepared.description.rows)}"):
        print(line)


def _kept(path: Path) -> Description | None:
    return Description.from_json(path.read_text(encoding="utf-8")) if path.exists() else None


def request_of(document: dict[str, Any]) -> Request:
    """What the execution input asks for."""
    lists = {name: tuple(document[name]) for name in ("drop", "text", "missing")}
    return Request(**{**document, **lists, "split": Split(**document["split"])})


def sources_in(folder: Path) -> list[Source]:
    """The files of the table by their names below the folder, without markers such as _SUCCESS."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    named = [path for path in paths if not path.name.startswith("_")] or paths
    return [Source(str(path.relative_to(folder)), path) for path in named]


class _Steps:
    """Tells the log of each step once."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, step: str, done: float | None) -> None:
        if step != self._told:
            self._told = step
            print(step, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
