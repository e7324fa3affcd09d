"""`python -m local_sagemaker.containers.xgboost train|serve`, as SageMaker starts the image."""

from __future__ import annotations

import sys

from local_sagemaker.containers.program import run

if __name__ == "__main__":
    sys.exit(run("local_sagemaker.containers.xgboost", sys.argv[1:]))
