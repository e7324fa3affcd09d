"""Processing steps whose program is a script of the test."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from tests.local_sagemaker.processing import processing_request
from tests.local_sagemaker.server import BUCKET, LocalSageMaker
from tests.sagemaker_pipelines.definitions import Json, step

NOTHING = "print('done')"


def waits_for(file: Path) -> str:
    """A script that ends once the test has made the file."""
    return f"""
        import time
        from pathlib import Path

        while not Path({str(file)!r}).exists():
            time.sleep(0.05)
    """


def fails_without(file: Path) -> str:
    """A script that fails until the test has made the file."""
    return f"""
        from pathlib import Path

        assert Path({str(file)!r}).exists()
    """


def script_step(local: LocalSageMaker, name: str, script: str, **properties: Any) -> Json:
    """A Processing step that runs the script."""
    place = f"code/{name}/run.py"
    local.s3.put_object(Bucket=BUCKET, Key=place, Body=textwrap.dedent(script))
    arguments: Json = processing_request(name)
    del arguments["ProcessingJobName"]
    return step(name, "Processing", arguments, **properties)
