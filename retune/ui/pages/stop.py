"""Stopping an execution or its tuning job: a page asks, and says what will be undone."""

from __future__ import annotations

from flask import redirect as to
from flask import render_template, url_for
from werkzeug.wrappers import Response

from retune.executions.undone import what_stopping_does
from retune.ui.looks import Looks


def ask_execution(looks: Looks, name: str) -> str:
    """It says what that undoes where the execution is now."""
    sentences = what_stopping_does(looks.run(name).progress)
    return render_template("stop_execution.html", name=name, sentences=sentences)


def ask_tuning_job(looks: Looks, name: str) -> str:
    """It says how the execution goes on."""
    return render_template("stop_tuning_job.html", name=name, tuning=looks.run(name).tuning)


def stop_execution(looks: Looks, name: str) -> Response:
    """StopExecution, without an error: that it was stopped is what recovery goes by."""
    execution = looks.run(name).execution
    looks.aws.client("stepfunctions").stop_execution(
        executionArn=execution.arn, cause="Stopped on the page of retune ui"
    )
    return _back(looks, name)


def stop_tuning_job(looks: Looks, name: str) -> Response:
    """StopHyperParameterTuningJob."""
    tuning = looks.run(name).tuning
    if tuning is not None:
        looks.aws.client("sagemaker").stop_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=tuning.job.name
        )
    return _back(looks, name)


def _back(looks: Looks, name: str) -> Response:
    looks.remembered.forget()
    return to(url_for("ui.execution", name=name), 303)
