"""Does the work of a training job: data in, container, model out."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from local_sagemaker.sagemaker.images.container import HOST, Container, follow
from local_sagemaker.sagemaker.images.script_mode import CodeMissing, bring_code
from local_sagemaker.sagemaker.jobs.artefact import is_empty, output_location, upload_archive
from local_sagemaker.sagemaker.jobs.channels import download, open_pipe
from local_sagemaker.sagemaker.jobs.checkpoints import restore, store
from local_sagemaker.sagemaker.jobs.debug_outputs import debug_directory, store_outputs
from local_sagemaker.sagemaker.jobs.debug_rules import evaluate_rules
from local_sagemaker.sagemaker.jobs.ml_root import MlRoot
from local_sagemaker.sagemaker.jobs.pipes import Pipe
from local_sagemaker.sagemaker.jobs.profiler import without_effect
from local_sagemaker.sagemaker.jobs.training_job import CAPACITY_ERROR, INTERNAL_ERROR, TrainingJob
from local_sagemaker.sagemaker.jobs.training_metrics import TrainingMetrics
from local_sagemaker.sagemaker.jobs.transfer import TransferFailed
from local_sagemaker.sagemaker.log_stream import LogStream
from local_sagemaker.sagemaker.metrics import MetricScanner
from local_sagemaker.sagemaker.region import Region

# A built-in algorithm names the class of its error; of any other container it is AlgorithmError.
ERROR_CLASSES = ("ClientError", "AlgorithmError", INTERNAL_ERROR)
NO_CAPACITY = (
    f"{CAPACITY_ERROR}: Unable to provision requested ML compute capacity. Please retry using a "
    "different ML instance type."
)
LOG_GROUP = "/aws/sagemaker/TrainingJobs"

_logger = logging.getLogger(__name__)


class TrainingRun:
    """Runs one training job in a thread of its own."""

    def __init__(self, region: Region, job: TrainingJob) -> None:
        self._job = job
        self._request = job.describe()
        self._region = region.in_role(self._request["RoleArn"])
        self._ml_root = MlRoot(region.directory("training-jobs", job.name))
        self._metrics = MetricScanner(
            self._request["AlgorithmSpecification"]["MetricDefinitions"], self._on_metric
        )
        self._curves = TrainingMetrics(region.cloudwatch, job.name)
        self._container: Container | None = None
        self._pipes: list[Pipe] = []
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name=f"train {job.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _on_metric(self, name: str, value: float) -> None:
        self._curves.record(name, value)
        self._job.on_metric(name, value)

    def abandon(self) -> None:
        """End the container at once and leave the job as it is: the server is going away."""
        self._abandoned = True
        if self._container is not None:
            self._container.kill()

    def _run(self) -> None:
        retries = self._request.get("RetryStrategy", {}).get("MaximumRetryAttempts", 0)
        while (defect := self._attempt()) is not None:
            if retries == 0 or self._job.stop_status is not None:
                self._fail(f"{INTERNAL_ERROR}: {type(defect).__name__}: {defect}")
                return
            retries -= 1
            self._job.restart()
            self._ml_root = MlRoot(self._ml_root.path)

    def _attempt(self) -> Exception | None:
        """Bring the job to its end; the fault of local AWS that kept it from there, if any."""
        try:
            self._work()
        except TransferFailed as failure:
            self._fail(str(failure))
        except CodeMissing as failure:
            self._fail(f"ClientError: {failure}")
        except Exception as defect:
            _logger.exception("Training job %s met a defect of local AWS", self._job.name)
            return defect
        finally:
            self._close_pipes()
            self._ml_root.remove()
        return None

    def _work(self) -> None:
        if self._region.goes_wrong("no-capacity", self._job.name):
            self._fail(NO_CAPACITY)
            return
        self._job.enter("Downloading")
        self._ml_root.write_config(self._request)
        for channel in self._request.get("InputDataConfig", []):
            self._bring_in(channel)
        self._bring_code()
        checkpoints = self._request.get("CheckpointConfig")
        if checkpoints is not None:
            restore(self._region.s3, checkpoints, self._ml_root.path, self._is_wanted)
        exit_code = self._train() if self._job.stop_status is None else 0
        if self._abandoned:
            return
        if checkpoints is not None:
            store(self._region.s3, checkpoints, self._ml_root.path)
        self._finish_debugger()
        if self._job.stop_status is not None:
            self._upload(model=not is_empty(self._ml_root.model))
            self._job.finish("Stopped", self._job.stop_status, metrics=self._metrics.final())
        elif exit_code == 0:
            self._job.enter("Uploading")
            self._upload(model=True)
            self._job.finish("Completed", "Completed", metrics=self._metrics.final())
        else:
            self._upload(model=False)
            self._fail(self._failure_reason(exit_code))

    def _bring_in(self, channel: dict[str, Any]) -> None:
        target = self._ml_root.channel(channel["ChannelName"])
        usual = self._request["AlgorithmSpecification"]["TrainingInputMode"]
        if channel.get("InputMode", usual) == "Pipe":
            self._pipes.append(open_pipe(self._region.s3, channel, target))
        else:
            source = channel["DataSource"]["S3DataSource"]
            download(self._region.s3, source, target, self._is_wanted)

    def _is_wanted(self) -> bool:
        return self._job.stop_status is None and not self._abandoned

    def _bring_code(self) -> None:
        """The code of a script; an isolated container cannot have it from S3, as on AWS."""
        if self._job.algorithm.image.takes_script and not self._request["EnableNetworkIsolation"]:
            code = self._request.get("HyperParameters", {}).get("sagemaker_submit_directory", "")
            bring_code(self._region.s3, code, self._ml_root.path)

    def _close_pipes(self) -> None:
        while self._pipes:
            self._pipes.pop().close()

    def _train(self) -> int:
        """Run the container to its end; its exit code."""
        self._job.enter("Training")
        stream = f"{self._job.name}/{HOST}-{int(time.time())}"
        log = LogStream(self._region.logs, LOG_GROUP, stream)
        for line in without_effect(self._request):
            log.write(line)
        # The limit holds for all attempts together.
        elapsed = time.time() - self._job.describe()["TrainingStartTime"]
        limit = self._request["StoppingCondition"]["MaxRuntimeInSeconds"] - elapsed
        timer = threading.Timer(limit, self._job.stop, args=["MaxRuntimeExceeded"])
        timer.daemon = True
        timer.start()
        try:
            self._container = self._start_container()
            if self._abandoned:
                self._container.kill()
            self._job.attach(self._container.stop)
            killed = self._region.goes_wrong("kill-training", self._job.name)
            if killed:
                self._container.kill()
            silent = self._region.goes_wrong("no-metric", self._job.name)
            sinks = (log.write,) if silent else (log.write, self._metrics.scan)
            follow(self._container, *sinks)
            code = self._container.wait()
            if killed:
                code = -signal.SIGKILL  # also of a small job, which was done by then
            # A program that a signal ended has 128 and the signal's number as its exit code.
            return code if code >= 0 else 128 - code
        finally:
            timer.cancel()
            log.close()
            if not self._abandoned:
                self._curves.send()

    def _finish_debugger(self) -> None:
        """Store what the hook has saved, and evaluate the rules."""
        store_outputs(self._region.s3, self._request, self._ml_root.path)
        tensors = debug_directory(self._request, self._ml_root.path)
        self._job.tell_rules(evaluate_rules(self._request, tensors))

    def _start_container(self) -> Container:
        return self._job.algorithm.image.train(
            ml_root=self._ml_root.path,
            environment={
                "AWS_REGION": self._region.name,
                **self._request.get("Environment", {}),
                "TRAINING_JOB_NAME": self._job.name,
                "TRAINING_JOB_ARN": self._job.arn,
                **self._region.credentials(self._job.name),
            },
            isolated=self._request["EnableNetworkIsolation"],
        )

    def _upload(self, *, model: bool) -> None:
        location = output_location(
            self._request["OutputDataConfig"]["S3OutputPath"], self._job.name
        )
        if model:
            upload_archive(self._region.s3, self._ml_root.model, location / "model.tar.gz")
            self._job.model_uploaded = True
        if not is_empty(self._ml_root.output_data):
            upload_archive(self._region.s3, self._ml_root.output_data, location / "output.tar.gz")

    def _failure_reason(self, exit_code: int) -> str:
        if self._container is not None and self._container.fault:
            return f"ClientError: {self._container.fault}"
        reason = self._ml_root.failure() or "the container gave no reason"
        if not reason.startswith(ERROR_CLASSES):
            reason = f"AlgorithmError: {reason}"
        return f"{reason}, exit code: {exit_code}"

    def _fail(self, reason: str) -> None:
        """End the job, unless the server is going away: what failed may be due to that."""
        if not self._abandoned:
            self._job.fail(reason, metrics=self._metrics.final())
