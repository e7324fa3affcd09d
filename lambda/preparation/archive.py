"""The start of prepare.pyz, in which it is called __main__.py: unpacks itself and runs the job.

    python3 prepare.pyz --program FOLDER ...

DuckDB is no pure Python, and encoder.py is copied: both must lie in files. The packages in the
archive are for one Python; another one has DuckDB itself, as local AWS does.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import zipfile
from pathlib import Path


def main() -> int:
    """Runs preparation.job; its exit code."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}-{platform.machine()}"
    with tempfile.TemporaryDirectory(prefix="retune-program-") as folder:
        with zipfile.ZipFile(Path(__file__).parent) as archive:
            archive.extractall(folder)
        sys.path[0:0] = [folder, f"{folder}/packages-{version}"]
        from preparation.job import main as run

        return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
