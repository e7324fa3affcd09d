"""Does the work of a processing job: inputs in, program, outputs out."""

from __future__ import annotations

import logging
import threading
import time

from local_sagemaker.sagemaker.images.container import HOST, Container, follow
from local_sagemaker.sagemaker.images.image import ProcessingImage
from local_sagemaker.sagemaker.jobs.channels import download
from local_sagemaker.sagemaker.jobs.training_job import INTERNAL_ERROR
from local_sagemaker.sagemaker.jobs.training_run import NO_CAPACITY
from local_sagemaker.sagemaker.jobs.transfer import IN_THIS_THREAD, TransferFailed, transfer
from local_sagemaker.sagemaker.log_stream import LogStream
from local_sagemaker.sagemaker.processing.processing_root import NoFolder, NoText, ProcessingRoot
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.job import Job
from local_sagemaker.sagemaker.s3_location import S3Location

LOG_GROUP = "/aws/sagemaker/ProcessingJobs"
# What failed is in ExitMessage, if the program says it, and in the log.
FAILED = "AlgorithmError: See job logs for more information"
_UPLOAD = "Data upload"
_logger = logging.getLogger(__name__)


class ProcessingFailed(Exception):
    """The message is the FailureReason of the job."""


class ProcessingRun:
    """Runs one processing job in a thread of its own."""

    def __init__(self, region: Region, job: Job, image: ProcessingImage) -> None:
        self._job = job
        self._image = image
        self._request = job.describe()
        self._region = region.in_role(self._request["RoleArn"])
        self._root = ProcessingRoot(region.directory("processing-jobs", job.name))
        self._container: Container | None = None
        self._message = ""
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name=f"process {job.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def abandon(self) -> None:
        """End the container at once and leave the job as it is: the server is going away."""
        self._abandoned = True
        if self._container is not None:
            self._container.kill()

    def _run(self) -> None:
        limit = self._request["StoppingCondition"]["MaxRuntimeInSeconds"]
        timer = threading.Timer(limit, self._job.stop)
        timer.daemon = True
        timer.start()
        self._job.begin(self._stop_container)
        reason = self._failure()
        timer.cancel()
        self._root.remove()
        if self._abandoned:
            return
        message = {"ExitMessage": self._message} if self._message else {}
        if self._job.status == "Stopping":
            self._job.finish("Stopped", **message)
        elif reason is not None:
            self._job.finish("Failed", reason, **message)
        else:
            self._job.finish("Completed", **message)

    def _failure(self) -> str | None:
        """Do the work; the reason why it could not be done."""
        try:
            self._work()
        except (ProcessingFailed, TransferFailed) as failure:
            return str(failure)
        except Exception as defect:
            _logger.exception("Processing job %s met a defect of local AWS", self._job.name)
            return f"{INTERNAL_ERROR}: {type(defect).__name__}: {defect}"
        return None

    def _work(self) -> None:
        if self._region.goes_wrong("no-capacity", self._job.name):
            raise ProcessingFailed(NO_CAPACITY)
        try:
            self._lay_out()
        except NoFolder as refusal:
            raise ProcessingFailed(f"ClientError: {refusal}") from refusal
        if not self._is_wanted():
            return
        fault = self._process()
        try:
            self._message = self._root.message()
        except NoText as refusal:
            raise ProcessingFailed(f"ClientError: {refusal}") from refusal
        if not self._is_wanted():
            return
        if fault is not None:
            raise ProcessingFailed(fault)
        for output in self._outputs():
            self._upload(output)

    def _lay_out(self) -> None:
        """Bring the inputs in, and make the folders of the outputs."""
        self._root.write_config(self._request)
        for given in self._request.get("ProcessingInputs", []):
            source = given["S3Input"]
            folder = self._root.make_folder(source["LocalPath"])
            download(self._region.s3, source, folder, self._is_wanted)
        for output in self._outputs():
            self._root.make_folder(output["LocalPath"])

    def _outputs(self) -> list[dict[str, str]]:
        outputs = self._request.get("ProcessingOutputConfig", {}).get("Outputs", [])
        return [output["S3Output"] for output in outputs]

    def _is_wanted(self) -> bool:
        return self._job.status == "InProgress" and not self._abandoned

    def _process(self) -> str | None:
        """Run the container to its end; why it failed."""
        stream = f"{self._job.name}/{HOST}-{int(time.time())}"
        log = LogStream(self._region.logs, LOG_GROUP, stream)
        try:
            self._container = self._start_container()
            if self._abandoned:
                self._container.kill()
            elif not self._is_wanted():
                self._container.stop()
            killed = self._region.goes_wrong("kill-processing", self._job.name)
            if killed:
                self._container.kill()
            follow(self._container, log.write)
            code = self._container.wait()
        finally:
            log.close()
        if self._container.fault:
            return f"ClientError: {self._container.fault}"
        # A small program may have ended before it was killed.
        return FAILED if code != 0 or killed else None

    def _start_container(self) -> Container:
        isolated = self._request.get("NetworkConfig", {}).get("EnableNetworkIsolation", False)
        return self._image.process(
            ml_root=self._root.path,
            environment={
                "AWS_REGION": self._region.name,
                **self._request.get("Environment", {}),
                "PROCESSING_JOB_NAME": self._job.name,
                **self._region.credentials(self._job.name),
            },
            isolated=isolated,
        )

    def _stop_container(self) -> None:
        if self._container is not None:
            self._container.stop()

    def _upload(self, output: dict[str, str]) -> None:
        location = S3Location.parse(output["S3Uri"])
        with transfer(_UPLOAD, output["S3Uri"]):
            for path, name in self._root.files(output["LocalPath"]):
                place, given = location / name, {"Config": IN_THIS_THREAD}
                try:
                    self._region.s3.upload_file(str(path), place.bucket, place.key, **given)
                except OSError as fault:
                    reason = f"{name!r} cannot be read: {fault.strerror}"
                    raise TransferFailed(_UPLOAD, reason) from fault
                except UnicodeEncodeError as fault:
                    raise TransferFailed(_UPLOAD, f"{name!r} is no text, as keys are") from fault
