"""What a bring-your-own image runs: `train` writes a model, `serve` answers with it."""

import http.server
import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(os.environ.get("ML_ROOT", "/opt/ml"))


def train() -> int:
    signal.signal(signal.SIGTERM, stop)
    hyperparameters = json.loads((ROOT / "input/config/hyperparameters.json").read_text())
    rows = (ROOT / "input/data/train/rows.csv").read_text().split()
    if hyperparameters.get("wait") == "true":
        print("waiting", flush=True)
        signal.pause()
    if hyperparameters.get("fail") == "true":
        (ROOT / "output/failure").write_text("the slope is too steep")
        return 1
    slope = float(hyperparameters["slope"])
    print(f"read {len(rows)} rows as {os.environ['TRAINING_JOB_NAME']}")
    print(f"code: {code()}")
    for name in hyperparameters.get("show", "").split():
        print(f"{name}: {os.environ.get(name)!r}")
    print(f"hosts: {hosts()}")
    print(f"score={1 - abs(slope - 0.5)};", flush=True)
    if hyperparameters.get("secret") == "true":
        os.umask(0o077)
    (ROOT / "model/parameters").mkdir()
    (ROOT / "model/parameters/slope").write_text(str(slope))
    return 0


def code() -> str:
    """The script that the image is given."""
    script = ROOT / "code/train.py"
    return script.read_text() if script.exists() else "none"


def hosts() -> dict[str, list[str]]:
    """Those of each instance group, as AWS's training toolkit reads them."""
    resources = json.loads((ROOT / "input/config/resourceconfig.json").read_text())
    groups = resources["instance_groups"]
    return {
        group["instance_group_name"]: [group["instance_type"], *group["hosts"]] for group in groups
    }


def stop(*_: object) -> None:
    print("told to stop", flush=True)
    sys.exit(0)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(code())

    def do_POST(self) -> None:
        slope = float((ROOT / "model/parameters/slope").read_text())
        value = float(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(f"{value * slope} code: {code()}")

    def answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        address = ("", int(os.environ.get("PORT", "8080")))
        server = http.server.HTTPServer(address, Answers)
        print("serving", flush=True)
        server.serve_forever()
    sys.exit(train())
