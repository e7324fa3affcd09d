"""The images of the SDK are those of our table, in every region and version."""

from __future__ import annotations

import json
from pathlib import Path

from tuning.algorithms.images import image_uri, regions

from tests.sdk.conftest import ROOT, Program

VERSIONS = {
    # The images before 1.2-1 have the suffix -cpu-py3.
    "xgboost": ["1.2-1", "1.2-2", "1.3-1", "1.5-1", "1.7-1", "3.0-5", "3.2-0"],
    "linear-learner": ["1"],
}


def test_image_uris_are_those_of_the_sdk(program: Program) -> None:
    table = json.loads(Path(ROOT / "lambda" / "tuning" / "images.json").read_text())
    ours = {
        algorithm: {
            f"{region} {version}": image_uri(algorithm, version, region)
            for region in regions(algorithm)
            for version in VERSIONS[algorithm]
        }
        for algorithm in table["images"]
    }
    asked = {algorithm: regions(algorithm) for algorithm in ours}
    assert program("image_uris", regions=asked, versions=VERSIONS) == ours
