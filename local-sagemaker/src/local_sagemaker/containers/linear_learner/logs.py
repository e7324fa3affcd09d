"""The log of both programs: lines on stdout in the container's format."""

from __future__ import annotations

import logging
import sys


def start_log() -> None:
    logging.basicConfig(
        level=logging.INFO,
        format="[%(asctime)s %(levelname)s %(thread)d] %(message)s",
        datefmt="%m/%d/%Y %H:%M:%S",
        stream=sys.stdout,
    )
