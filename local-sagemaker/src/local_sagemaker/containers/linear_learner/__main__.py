"""`python -m local_sagemaker.containers.linear_learner train|serve`: how its image is started."""

from __future__ import annotations

import sys

from local_sagemaker.containers.program import run

if __name__ == "__main__":
    sys.exit(run("local_sagemaker.containers.linear_learner", sys.argv[1:]))
