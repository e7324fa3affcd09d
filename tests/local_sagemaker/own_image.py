"""What a bring-your-own image runs: `train` writes a model, `serve` answers with it."""

import http.server
import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(os.environ["ML_ROOT"])


def train():
    hyperparameters = json.loads((ROOT / "input/config/hyperparameters.json").read_text())
    rows = (ROOT / "input/data/train/rows.csv").read_text().split()
    signal.signal(signal.SIGTERM, stop)
    if hyperparameters.get("wait") == "true":
        print("waiting", flush=True)
        signal.pause()
    if hyperparameters.get("fail") == "true":
        (ROOT / "output/failure").write_text("the slope is too steep")
        return 1
    slope = float(hyperparameters["slope"])
    print(f"read {len(rows)} rows as {os.environ['TRAINING_JOB_NAME']}")
    print(f"score={1 - abs(slope - 0.5)};", flush=True)
    (ROOT / "model/slope").write_text(str(slope))
    return 0


def stop(*_):
    print("told to stop", flush=True)
    sys.exit(0)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer("")

    def do_POST(self):
        value = float(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(str(value * float((ROOT / "model/slope").read_text())))

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        address = ("127.0.0.1", int(os.environ["PORT"]))
        http.server.HTTPServer(address, Answers).serve_forever()
    sys.exit(train())
