"""The operations that start, stop, retry and change executions, and that end with a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ConflictException, ValidationException
from local_sagemaker.sagemaker.pipelines.callbacks import Callbacks
from local_sagemaker.sagemaker.pipelines.execution import PipelineExecution
from local_sagemaker.sagemaker.pipelines.execution_table import ARN, ExecutionTable
from local_sagemaker.sagemaker.pipelines.job_names import execution_id
from local_sagemaker.sagemaker.pipelines.pipelines import Pipelines
from local_sagemaker.sagemaker.pipelines.request_tokens import RequestTokens
from local_sagemaker.sagemaker.pipelines.runner import Runner
from local_sagemaker.sagemaker.pipelines.starting import checked_parameters, runner_of
from local_sagemaker.sagemaker.pipelines.step_run import Call, Workplace
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.resources.roles import check_roles

_RUNNING = ("Executing", "Stopping")


class PipelineExecutions:
    """Runs the executions of one account and region; `call` carries out what their steps ask."""

    def __init__(
        self, region: Region, pipelines: Pipelines, table: ExecutionTable, call: Call
    ) -> None:
        self._region = region
        self._pipelines = pipelines
        self._table = table
        self._callbacks = Callbacks()
        self._tokens = RequestTokens(region.tables)
        self._runners: dict[str, Runner] = {}
        self._work = Workplace(region, call, self._callbacks, table.of)

    def start(self, request: Document) -> Document:
        if "MlflowExperimentName" in request:
            raise ValidationException("Local AWS has no MlflowExperimentName: leave it out.")
        pipeline, version = self._pipelines.version(request)
        check_roles(self._region, {"RoleArn": request.get("RoleArn", pipeline.role)})
        source = self._source(pipeline.name, request.get("SelectiveExecutionConfig"))
        parameters = checked_parameters(version.text, request, source)
        execution = PipelineExecution(
            self._region, pipeline, version, execution_id(), request, parameters
        )
        with self._pipelines.lock:
            pipeline.run(version, execution.arn)
            self._table.add(execution)
            self._run(execution, before="")
        return {ARN: execution.arn}

    def retry(self, request: Document) -> Document:
        execution = self._table.asked(request)
        with self._pipelines.lock:
            if execution.status not in ("Failed", "Stopped"):
                raise ValidationException(
                    f"Pipeline execution {execution.arn} is {execution.status}: one that is Failed "
                    "or Stopped can be retried."
                )
            execution.change(request)
            self._run(execution, before=execution.status)
        return {ARN: execution.arn}

    def stop(self, request: Document) -> Document:
        execution = self._table.asked(request)
        with self._pipelines.lock:
            if not execution.ask_to_stop():  # AWS's words, which Airflow's hook looks for
                raise ValidationException("Only pipelines with 'Executing' status can be stopped.")
            self._runners[execution.arn].stop()
        return {ARN: execution.arn}

    def update(self, request: Document) -> Document:
        execution = self._table.asked(request)
        execution.change(request)
        return {ARN: execution.arn}

    def delete_pipeline(self, request: Document) -> Document:
        """The pipeline goes with all its executions, none of which may run (API reference)."""
        with self._pipelines.lock:
            pipeline = self._pipelines.find(request["PipelineName"])
            executions = self._table.of(pipeline.name)
            for execution in executions:
                if execution.status in _RUNNING:
                    raise ConflictException(
                        f"Pipeline {pipeline.arn} has a running execution: stop {execution.arn} "
                        "first."
                    )
            self._table.remove(executions)
            for execution in executions:
                self._runners.pop(execution.arn, None)
            self._pipelines.remove(pipeline)
        return {"PipelineArn": pipeline.arn}

    def close(self) -> None:
        """The server is going away."""
        for runner in list(self._runners.values()):
            runner.abandon()

    def operations(self) -> dict[str, Callable[[Document], Document]]:
        once = self._tokens.once
        return {
            "CreatePipeline": once(self._pipelines.create),
            "DeletePipeline": once(self.delete_pipeline),
            "StartPipelineExecution": once(self.start),
            "StopPipelineExecution": once(self.stop),
            "RetryPipelineExecution": once(self.retry),
            "UpdatePipelineExecution": self.update,
            "SendPipelineExecutionStepSuccess": self._callbacks.succeed,
            "SendPipelineExecutionStepFailure": self._callbacks.fail,
        }

    def _run(self, execution: PipelineExecution, before: str) -> None:
        """Begin to run, for the first time if it was nothing `before`."""
        source = self._source(execution.pipeline_name, execution.selection)
        work = replace(self._work, region=self._region.in_role(execution.role))
        runner = runner_of(work, execution, source)
        execution.enter("Executing", before=before)
        self._runners[execution.arn] = runner
        runner.start()

    def _source(self, pipeline: str, selection: Document | None) -> PipelineExecution | None:
        """The execution whose results a selective one takes, of the same pipeline (API reference).

        Raises:
            ResourceNotFound: it is not there.
            ValidationException: it is of another pipeline.
        """
        arn = (selection or {}).get("SourcePipelineExecutionArn")
        if not arn:
            return None
        source = self._table.find(arn)
        if source.pipeline_name != pipeline:
            raise ValidationException(
                f"Invalid SourcePipelineExecutionArn: {arn}. It is no execution of {pipeline}."
            )
        return source
