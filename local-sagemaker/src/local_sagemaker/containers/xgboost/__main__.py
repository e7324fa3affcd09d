"""python -m local_sagemaker.containers.xgboost train|serve, as SageMaker starts the image."""

from __future__ import annotations

import importlib
import sys

from local_sagemaker.process import lifeline

PROGRAMS = ("train", "serve")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PROGRAMS:
        print(f"usage: python -m local_sagemaker.containers.xgboost {'|'.join(PROGRAMS)}")
        return 2
    lifeline.hold()
    program = importlib.import_module(f"local_sagemaker.containers.xgboost.{arguments[0]}")
    return int(program.main())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
