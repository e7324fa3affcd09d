"""Puts evaluation and actions into moto's CloudWatch."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from moto.cloudwatch.models import Alarm, CloudWatchBackend, cloudwatch_backends

from local_sagemaker.services.alarms import actions
from local_sagemaker.services.alarms.alarm_check import check_alarm
from local_sagemaker.services.alarms.evaluation import INSUFFICIENT_DATA, AlarmCondition
from local_sagemaker.services.alarms.metric_samples import MetricSamples
from local_sagemaker.services.patching import replace

_LOOK_SECONDS = 0.25
# With scaled periods: a shorter one could begin after the metric has come.
_SHORTEST_PERIOD_SECONDS = 5.0
_logger = logging.getLogger(__name__)


def install(wait_scale: float) -> Callable[[], None]:
    """Alarms are evaluated from now on; the returned function ends that."""
    evaluator = _Evaluator(wait_scale)
    _act_on_changes()
    _evaluate_new_alarms(evaluator)
    threading.Thread(target=evaluator.run, name="alarms", daemon=True).start()
    return evaluator.ended.set


class _Evaluator:
    """Looks at every alarm of every account and region, again and again."""

    def __init__(self, wait_scale: float) -> None:
        self.ended = threading.Event()
        self._wait_scale = wait_scale
        self._samples: WeakKeyDictionary[Any, MetricSamples] = WeakKeyDictionary()

    def run(self) -> None:
        while not self.ended.wait(_LOOK_SECONDS):
            for backends in list(cloudwatch_backends.values()):
                for backend in list(backends.values()):
                    for alarm in list(backend.alarms.values()):
                        try:
                            self.look_at(backend, alarm)
                        except Exception:
                            _logger.exception("Alarm %s cannot be evaluated", alarm.name)

    def look_at(self, backend: Any, alarm: Any) -> None:
        """Move the alarm to the state that its metric gives, when that has changed."""
        condition, now = self._condition(alarm), time.time()
        since = now - condition.period_seconds * condition.periods
        samples = self._samples_of(backend).of(alarm, since)
        state = condition.state(samples, now)
        if state is None or state == getattr(alarm, "evaluated_state", None):
            return
        alarm.evaluated_state = state
        if state != alarm.state_value:
            what = f"{alarm.comparison_operator} {alarm.threshold}"
            reason = f"{alarm.statistic or alarm.extended_statistic} of {alarm.metric_name}: {what}"
            text = f"Threshold Crossed: {reason}" if samples else f"No datapoints: {reason}"
            alarm.update_state(text, "{}", state)

    def _samples_of(self, backend: Any) -> MetricSamples:
        return self._samples.setdefault(backend, MetricSamples(backend.metric_data))

    def _condition(self, alarm: Any) -> AlarmCondition:
        period = float(alarm.period)
        scaled = max(period * self._wait_scale, min(period, _SHORTEST_PERIOD_SECONDS))
        return AlarmCondition(
            statistic=alarm.statistic or alarm.extended_statistic,
            period_seconds=scaled,
            periods=int(alarm.evaluation_periods),
            datapoints_to_alarm=int(alarm.datapoints_to_alarm or alarm.evaluation_periods),
            comparison=alarm.comparison_operator,
            threshold=float(alarm.threshold),
            missing=alarm.treat_missing_data or "missing",
        )


def _act_on_changes() -> None:
    update_state = Alarm.update_state

    def update_and_tell(alarm: Any, reason: str, reason_data: str, state_value: str) -> None:
        before = alarm.state_value
        update_state(alarm, reason, reason_data, state_value)
        actions.tell(alarm, before)

    replace(Alarm, "update_state", update_and_tell)


def _evaluate_new_alarms(evaluator: _Evaluator) -> None:
    put_metric_alarm = CloudWatchBackend.put_metric_alarm

    def put_and_evaluate(backend: Any, *rest: Any, **named: Any) -> Alarm:
        check_alarm(named)
        before = backend.alarms.get(named["name"])
        alarm = put_metric_alarm(backend, *rest, **named)
        if before is not None:
            alarm.state_value, alarm.state_reason = before.state_value, before.state_reason
        else:
            alarm.state_value = INSUFFICIENT_DATA
        evaluator.look_at(backend, alarm)
        return alarm

    replace(CloudWatchBackend, "put_metric_alarm", put_and_evaluate)
