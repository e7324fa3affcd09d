"""Causes, notifications and descriptions, when AWS or a container says what a stranger chose."""

from __future__ import annotations

import pytest
from tuning.failure.error_cause import ErrorCause
from tuning.failure.failure import Failure
from tuning.failure.notification import compose
from tuning.failure.recovery_messages import clean_up_message
from tuning.trials.trial_reasons import failure_reasons
from tuning.trials.trials import Trial
from tuning.variables.explanation import Explanation
from tuning.variables.removed import Removed

from tests.tuning.hostile_text import ALL, HOSTILE, commands
from tests.tuning.recorded import trial_summary
from tests.tuning.report_runs import a_summary

EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:retune:monday"
each_text = pytest.mark.parametrize("text", [*HOSTILE.values(), ALL], ids=[*HOSTILE, "all"])


@each_text
def test_foreign_name_begins_no_fact_of_a_notification(text: str) -> None:
    changes = {"metric_name": text, "model_name": text}
    plain, hostile = (
        compose(
            a_summary().model_copy(update=update),
            prefix="retune",
            execution_id=EXECUTION,
            endpoint=text if update else "retune",
            pruned=Removed(error=text if update else "denied"),
        )
        for update in ({}, changes)
    )
    assert facts(hostile.message) == facts(plain.message)
    assert commands(hostile.message) == []


def facts(message: str) -> list[str]:
    return [line.split(":")[0] for line in message.split("\n")]


@each_text
def test_foreign_message_begins_no_sentence_of_a_cause(text: str) -> None:
    failure = Failure("RunTuning", "SageMaker.Exception", ErrorCause(text))
    plain = Failure("RunTuning", "SageMaker.Exception", ErrorCause("denied"))
    sentences = failure.reason(clean_up_message(Removed(error=text))).split("\n")
    own = [line for line in sentences if not line.startswith("  ")]
    assert len(own) == len(plain.reason("The endpoint was not touched.").split("\n"))
    assert [line[:12] for line in own].count("What to do: ") == 1
    explained = Explanation(outcome="TuningFailed", reason="\n".join(sentences))
    made = compose(explained, prefix="retune", execution_id=EXECUTION)
    assert commands(made.message + made.subject) == []


@each_text
def test_reason_of_a_training_job_obeys_nothing_in_a_cause(text: str) -> None:
    """A cause is also shown by the AWS command line, as it is."""
    failed = Trial.parse(trial_summary(1, TrainingJobStatus="Failed", FailureReason=text))
    cause = Failure("RunTuning", "e", ErrorCause("denied"), failure_reasons([failed])).reason()
    assert "- 1 training job: " in cause
    assert commands(cause) == []
