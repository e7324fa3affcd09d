"""`make bench`: every benchmark one after another, or those that are named, then the page.

    python -m benchmarks [NAME ...]

Each runs in a process of its own, so that none keeps memory or warm caches for the next.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from benchmarks.harness.page import write_page

BENCHMARKS = (
    "tuning",
    "process_start",
    "endpoint",
    "server",
    "server_memory",
    "synth",
    "deploy",
    "demo",
    "function_start",
    "orchestration_cost",
    "many_jobs",
    "report_page",
    "fleet",
    "large_data",
    "search",
    "search_speed",
    "warm_start",
    "early_stopping",
    "verdict",
)
# Those need programs that are not installed with the others, or hours: by their own command.
OTHERS = ("search_anchors", "table_engines")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    named = f"of {', '.join(BENCHMARKS)}; and, not run without being named, {', '.join(OTHERS)}"
    parser.add_argument("names", nargs="*", metavar="NAME", help=named)
    names = parser.parse_args().names or BENCHMARKS
    if unknown := [name for name in names if name not in (*BENCHMARKS, *OTHERS)]:
        parser.error(f"no benchmark is called {unknown[0]}: {', '.join(BENCHMARKS)}")
    failed = [name for name in names if not ran(name)]
    write_page([*BENCHMARKS, *OTHERS])
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def ran(name: str) -> bool:
    print(f"\n== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode == 0


if __name__ == "__main__":
    main()
