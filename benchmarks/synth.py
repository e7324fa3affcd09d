"""What `cdk synth` costs, beside an app that has one bucket.

    python -m benchmarks.synth [--repeats 5]

Once as the CDK does it, and once without the CDK's own check of the template (CDK_VALIDATION),
which starts an engine in WebAssembly and looks at each resource.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.local import BIN, ROOT
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, by_turns, cost_of

CDK = ROOT / "node_modules" / ".bin" / "cdk"
ONE_BUCKET = """\
from aws_cdk import App, Stack, aws_s3

app = App()
aws_s3.Bucket(Stack(app, "One"), "Bucket")
app.synth()
"""


def synth(app: Path, folder: Path, checked: bool) -> Cost:
    command = [CDK, "synth", "--quiet", "--no-notices", "--app", f"{sys.executable} {app}"]
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CDK_VALIDATION": str(checked).lower()}
    return cost_of([*map(str, command), "--output", str(folder / "out")], app.parent, environment)


def figures(folder: Path, checked: bool, repeats: int) -> list[Figure]:
    one = folder / "app.py"
    one.write_text(ONE_BUCKET)
    ours, other = by_turns(
        repeats,
        lambda: synth(ROOT / "app.py", folder, checked),
        lambda: synth(one, folder, checked),
    )
    how = "" if checked else ", unchecked"
    sides = tuple(
        (tuple(c.seconds for c in costs), tuple(c.processor for c in costs))
        for costs in (ours, other)
    )
    names = (f"cdk synth{how}: until it ends", f"cdk synth{how}: processor time")
    return [
        Figure(name, "s", mine, theirs, at_most(1.3))
        for name, mine, theirs in zip(names, *sides, strict=True)
    ]


NOTES = (
    "A stack of 34 roles and 26 functions is 1,366 questions to the CDK's process in Node.js,"
    " each a third of a millisecond, and the check of its template takes a second that one "
    "bucket does not need. Python's imports of the app take 0.4 s.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as folder:
        found = [
            figure
            for checked in (True, False)
            for figure in figures(Path(folder), checked, repeats)
        ]
    publish("synth", "Synthesis of the app", "an app with one bucket", found, NOTES)


if __name__ == "__main__":
    main()
