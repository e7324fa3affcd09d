"""Compares every case, or those that --only matches; exits with 1 if one differs."""

from __future__ import annotations

import argparse
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.local_sagemaker.server import LocalSageMaker, running
from tests.xgboost_image.cases import REQUESTS, SERVED, TRAININGS
from tests.xgboost_image.comparison import (
    DOCKER_IMAGE,
    answer,
    difference,
    play,
    start_endpoint,
)
from tests.xgboost_image.data import put_data_sets

US_EAST_1 = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.xgboost_image", description=__doc__)
    parser.add_argument("--image", default=f"{US_EAST_1}:3.0-5", help="an image that Docker has")
    parser.add_argument("--only", default="", type=re.compile, help="names of cases, as a regex")
    arguments = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line a request
    _name_as_own(arguments.image)
    tag = arguments.image.rpartition(":")[2]
    different = count = 0
    with tempfile.TemporaryDirectory() as work, running(Path(work)) as local:
        put_data_sets(local.s3)
        for name, found in compare(local, f"{US_EAST_1}:{tag}", arguments.only):
            count += 1
            different += bool(found)
            print(f"{'differs' if found else 'same':8}{name}{': ' if found else ''}{found}")
    print(f"{count - different} of {count} cases are the same")
    return 1 if different else 0


def _name_as_own(image: str) -> None:
    try:
        subprocess.run(["docker", "tag", image, DOCKER_IMAGE], check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        sys.exit(f"This needs Docker, running, with the image: docker pull {image}")


def compare(local: LocalSageMaker, ours: str, only: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The name of each case with what differs."""
    for name, case in TRAININGS.items():
        if only.search(name):
            yield name, difference(play(local, ours, case), play(local, DOCKER_IMAGE, case))
    for name, (case, environment) in SERVED.items():
        if only.search(f"requests to {name}"):
            model = play(local, ours, case).model
            endpoints = [
                start_endpoint(local, image, model, environment) for image in (ours, DOCKER_IMAGE)
            ]
            for request in REQUESTS:
                given, of_the_image = (answer(local, each, request) for each in endpoints)
                shown = f"requests to {name}: {request[0][:30]!r} {request[1:]}"
                yield shown, "" if given == of_the_image else f"{given} and {of_the_image}"
            for endpoint in endpoints:
                local.sagemaker.delete_endpoint(EndpointName=endpoint)


if __name__ == "__main__":
    sys.exit(main())
