"""Keeps this release's template for test_upgrade.py: `python -m tests.end_to_end.record_release`.

Its name is that of the commit. A step of each release, with a clean checkout.
"""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import tempfile
from pathlib import Path

from tests.end_to_end.conftest import CDK_ENVIRONMENT, run_cdk, succeed
from tests.end_to_end.earlier_release import PREFIX, RELEASES, WEEKLY


def main() -> None:
    commit = subprocess.check_output(["git", "rev-parse", "--short=7", "HEAD"], text=True).strip()
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        models.mkdir()
        (models / "weekly.json").write_text(json.dumps(WEEKLY))
        settings = {"name_prefix": PREFIX, "models": models, "notification_email": "ml@example.com"}
        context = (p for name, value in settings.items() for p in ("-c", f"retune:{name}={value}"))
        environment = {**os.environ, **CDK_ENVIRONMENT}
        succeed(run_cdk(environment, "synth", "--quiet", "--output", f"{folder}/out", *context))
        template = json.loads((Path(folder) / "out" / f"{PREFIX}.template.json").read_text())
    text = json.dumps(template, separators=(",", ":"), sort_keys=True)
    (RELEASES / f"{commit}.json.xz").write_bytes(lzma.compress(text.encode(), preset=9))


if __name__ == "__main__":
    main()
