"""Runs an execution: begins each step once those that it waits for have succeeded.

When a step fails, no other begins, and those that run go on to their end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from local_sagemaker.sagemaker.pipelines.attempts import run_step
from local_sagemaker.sagemaker.pipelines.definition import Definition, Step
from local_sagemaker.sagemaker.pipelines.evaluation import Evaluation
from local_sagemaker.sagemaker.pipelines.execution import FAILED, PipelineExecution
from local_sagemaker.sagemaker.pipelines.selection import selected, taken
from local_sagemaker.sagemaker.pipelines.signals import Signals
from local_sagemaker.sagemaker.pipelines.step_run import StepRun, Workplace

_logger = logging.getLogger(__name__)


class Runner:
    """Runs one execution in a thread of its own, and each of its steps in another."""

    def __init__(
        self,
        work: Workplace,
        execution: PipelineExecution,
        definition: Definition,
        evaluation: Evaluation,
        source: PipelineExecution | None,
    ) -> None:
        self._work = work
        self._execution = execution
        self._definition = definition
        self._evaluation = evaluation
        self._source = source
        self._signals = Signals()
        self._changed = threading.Condition()
        self._running = 0
        # What has not failed in an earlier try is not done again.
        self._begun = {
            name for name, entry in execution.steps.items() if entry.status == "Succeeded"
        }
        self._thread = threading.Thread(target=self._run, name=execution.arn, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop what runs; the execution ends when all of it has ended."""
        self._signals.stop()

    def abandon(self) -> None:
        """Leave everything as it is: the server is going away."""
        self._signals.abandon()

    def _run(self) -> None:
        try:
            self._take_from_source()
            with self._changed:
                while True:
                    self._begin_what_is_ready()
                    if not self._running:
                        break
                    self._changed.wait()
        except Exception as defect:
            _logger.exception("Execution %s met a defect of local AWS", self._execution.arn)
            self._execution.enter("Failed", f"InternalServerError: {defect}"[:1300])
            return
        if not self._signals.abandoned:
            self._conclude()

    def _take_from_source(self) -> None:
        if self._source is None:
            return
        for name in taken(self._definition, self._execution.selection):
            if name not in self._begun:
                entry = self._execution.begin(self._definition.steps[name])
                other, arn = self._source.steps[name], self._source.arn
                self._execution.take(entry, other, arn, "SelectiveExecutionResult")
                self._begun.add(name)

    def _begin_what_is_ready(self) -> None:
        for step in self._ready():
            if self._running >= self._execution.most_at_once:
                return
            self._begun.add(step.name)
            self._running += 1
            entry = self._execution.begin(step)
            run = StepRun(self._work, self._execution, step, entry, self._evaluation, self._signals)
            name = f"{self._execution.arn} {step.name}"
            threading.Thread(target=self._step, args=(run,), name=name, daemon=True).start()

    def _step(self, run: StepRun) -> None:
        try:
            run_step(run)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _ready(self) -> Iterator[Step]:
        chosen = selected(self._definition, self._execution.selection)
        for step in self._definition.steps.values():
            if self._signals.stopping or self._has_failed():
                return
            if step.name in chosen - self._begun and self._may_begin(step):
                yield step

    def _has_failed(self) -> bool:
        entries = self._execution.steps
        return any(entries[name].status == "Failed" for name in self._begun)

    def _may_begin(self, step: Step) -> bool:
        entries = self._execution.steps
        for name in step.waits_for:
            if name not in self._begun or entries[name].status != "Succeeded":
                return False
        gate = step.gate
        return gate is None or entries[gate.step].properties["Outcome"] is gate.outcome

    def _conclude(self) -> None:
        if self._has_failed():
            self._execution.enter("Failed", FAILED)
        elif self._signals.stopping:
            self._execution.enter("Stopped")
        else:
            self._execution.enter("Succeeded")
