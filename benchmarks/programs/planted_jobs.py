"""A SageMaker that has one tuning job of many training jobs, which nobody had to train.

    python -m benchmarks.programs.planted_jobs PORT JOBS

It answers what functions ask of a tuning job that has ended, each call after LATENCY, and that
there are no logs. In a process of its own: what it takes is no function's.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.tuning.recorded import training_job, tuning_job
from tests.tuning.report_runs import PLAN, lesson_trials

LATENCY = 0.02  # seconds: what a call within a region takes at least
NAME = PLAN["TuningJob"]["HyperParameterTuningJobName"]

Document = dict[str, Any]


class PlantedJobs:
    """Of every 21 training jobs one has failed."""

    def __init__(self, jobs: int) -> None:
        failed = jobs // 21
        self.trials = [
            trial | {"TrainingJobName": f"{NAME}-{number:03d}-{number:08x}"}
            for number, trial in enumerate(lesson_trials(jobs - failed, failed), start=1)
        ]
        scored = [each for each in self.trials if each["TrainingJobStatus"] == "Completed"]
        metric = "FinalHyperParameterTuningJobObjectiveMetric"
        self.best = max(scored, key=lambda trial: float(trial[metric]["Value"]))

    def answer(self, operation: str, asked: Document) -> Document:
        if operation == "DescribeHyperParameterTuningJob":
            return tuning_job(
                HyperParameterTuningJobName=NAME,
                BestTrainingJob=self.best,
                TrainingJobDefinition=PLAN["TuningJob"]["TrainingJobDefinition"],
            )
        if operation == "DescribeTrainingJob":
            return dict(training_job(asked["TrainingJobName"], BillableTimeInSeconds=45))
        if operation in ("ListTrainingJobsForHyperParameterTuningJob", "ListTrainingJobs"):
            return self._page(asked)
        assert operation == "DescribeLogStreams", operation
        return {"logStreams": []}

    def _page(self, asked: Document) -> Document:
        first, count = int(asked.get("NextToken", 0)), asked.get("MaxResults", 10)
        more = {"NextToken": str(first + count)} if first + count < len(self.trials) else {}
        return {"TrainingJobSummaries": self.trials[first : first + count], **more}


def serve(port: int, jobs: PlantedJobs) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"].partition(".")[2]
            body = json.dumps(jobs.answer(operation, asked), default=datetime.timestamp).encode()
            time.sleep(LATENCY)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("localhost", port), Handler) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), PlantedJobs(int(sys.argv[2])))
