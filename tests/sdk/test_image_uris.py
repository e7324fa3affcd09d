"""The images of the SageMaker Python SDK v3 are those of our table, in every region and version.

The SDK has an environment of its own, .venv-sdk: it cannot be installed beside moto.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from tuning.algorithms.images import image_uri, regions, registries

PYTHON = Path(__file__).parents[2] / ".venv-sdk" / "bin" / "python"
PROGRAM = Path(__file__).parent / "programs" / "image_uris.py"
VERSIONS = {
    # The images before 1.2-1 have the suffix -cpu-py3.
    "xgboost": ["1.2-1", "1.2-2", "1.3-1", "1.5-1", "1.7-1", "3.0-5", "3.2-0"],
    "linear-learner": ["1"],
}


@pytest.mark.slow
@pytest.mark.skipif(not PYTHON.exists(), reason="make .venv-sdk/.installed")
def test_image_uris_are_those_of_the_sdk(tmp_path: Path) -> None:
    ours = {
        algorithm: {
            f"{region} {version}": image_uri(algorithm, version, region)
            for region in regions(algorithm)
            for version in versions
        }
        for algorithm, versions in VERSIONS.items()
    }
    assert len(ours) == len(registries()), "VERSIONS lacks an algorithm of the table"
    asked = {"regions": {name: regions(name) for name in ours}, "versions": VERSIONS}
    result = tmp_path / "uris.json"
    subprocess.run(
        [PYTHON, PROGRAM, json.dumps(asked), result],
        env=os.environ | {"AWS_EC2_METADATA_DISABLED": "true", "AWS_DEFAULT_REGION": "us-east-1"},
        check=True,
        timeout=180,
    )
    assert json.loads(result.read_text()) == ours
