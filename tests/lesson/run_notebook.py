"""A program for the SDK's environment: runs the cells of a notebook in order, in one namespace.

`run_notebook.py NOTEBOOK [MAX_JOBS]`; with MAX_JOBS a tuning job has no more training jobs.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

notebook = json.loads(Path(sys.argv[1]).read_text())
namespace: dict[str, Any] = {"__name__": "__main__"}
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        source = "".join(cell["source"])
        if len(sys.argv) > 2:
            source = re.sub(r"max_jobs=\d+", f"max_jobs={sys.argv[2]}", source)
        exec(compile(source, f"{cell['id']}: {source.splitlines()[0]}", "exec"), namespace)
print(json.dumps({"highest": namespace["highest"], "base_rate": namespace["base_rate"]}))
