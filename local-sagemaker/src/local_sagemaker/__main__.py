"""`python -m local_sagemaker --port 4566`: local AWS in the foreground."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from local_sagemaker.http.server import PortTakenError, serve
from local_sagemaker.process.background import DEFAULT_DIRECTORY, DEFAULT_PORT


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m local_sagemaker",
        description="AWS on this machine, at http://localhost:<port>.",
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--directory", type=Path, default=DEFAULT_DIRECTORY, help="for its files")
    parser.add_argument("--wait-scale", type=float, default=1.0, help="multiplies waits")
    arguments = parser.parse_args()
    try:
        serve(arguments.port, arguments.directory, arguments.wait_scale)
    except PortTakenError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
