"""`python -m tests.iam_matrix`: writes docs/iam-matrix.md; --record or --only plays runs before."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from aws_cdk import App
from aws_cdk.assertions import Template

from configuration.models import model_folders
from configuration.settings import Settings
from stacks.retune_stack import RetuneStack
from tests.fault_matrix.deployment import MODELS
from tests.iam_matrix import asked, reasons, recording
from tests.iam_matrix.matrix import Matrix
from tests.iam_matrix.page import PAGE, page, unexplained
from tests.iam_matrix.template import statements


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.iam_matrix")
    parser.add_argument("--record", action="store_true", help="play the runs again")
    parser.add_argument("--only", metavar="REGEX", help="of the runs, and keep what is noted")
    arguments = parser.parse_args()
    if arguments.record:
        asked.write(recording.record_runs())
    elif arguments.only:
        asked.write([*asked.read(), *recording.record_runs(arguments.only)])
    matrix, known = Matrix.of(statements(resources()), asked.read()), reasons.read()
    PAGE.write_text(page(matrix, known))
    for each in matrix.denied():
        print(f"{each.role} lacks {each.action} on {each.resource} for {each.operation}")
    for piece in unexplained(matrix, known):
        print(f"{piece.statement.role} has {piece.name}, which nothing needs or explains")
    return 1 if matrix.denied() else 0


def resources() -> dict[str, Any]:
    """The template of the deployment that is recorded."""
    settings = Settings.parse({"models": MODELS})
    stack = RetuneStack(App(), recording.PREFIX, settings=settings, models=model_folders(settings))
    found: dict[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    return found


if __name__ == "__main__":
    sys.exit(main())
