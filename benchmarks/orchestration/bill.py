"""What an execution takes of the services that run it, and what these cost.

Prices are those of us-east-1 in November 2026, without free tiers, as
https://aws.amazon.com/step-functions/pricing/ and its neighbours /lambda/, /cloudwatch/ and /s3/
have them.
"""

from __future__ import annotations

from dataclasses import dataclass

TRANSITION = 0.025 / 1000
INVOCATION = 0.20 / 1_000_000
GB_SECOND = 0.0000133334  # on ARM
LOG_GB = 0.50  # taken in
EVENT_BYTES = 26  # which CloudWatch Logs adds to each event
S3_WRITE, S3_READ = 0.005 / 1000, 0.0004 / 1000  # lists count as writes


@dataclass(frozen=True)
class Bill:
    """`calls` are those of the functions to services, by operation."""

    transitions: int
    invocations: int
    gb_seconds: float
    log_bytes: int
    calls: dict[str, int]

    @property
    def api_calls(self) -> int:
        return sum(self.calls.values())

    @property
    def dollars(self) -> float:
        s3 = {name: count for name, count in self.calls.items() if name.startswith("s3 ")}
        reads = sum(count for name, count in s3.items() if name.startswith(("s3 Get", "s3 Head")))
        return (
            self.transitions * TRANSITION
            + self.invocations * INVOCATION
            + self.gb_seconds * GB_SECOND
            + self.log_bytes * LOG_GB / 1e9
            + reads * S3_READ
            + (sum(s3.values()) - reads) * S3_WRITE
        )


SAMPLE = Bill(transitions=6, invocations=3, gb_seconds=3 * 1.0 * 0.128, log_bytes=0, calls={})
"""AWS's sample project "Tune a machine learning model", on paper.

Its states, whatever the number of jobs: Generate Training Dataset, HyperparameterTuning (XGBoost),
Extract Model Path, HyperparameterTuning - Save Model, Extract Model Name, Batch transform
(https://docs.aws.amazon.com/step-functions/latest/dg/sample-hyper-tuning.html). Three of them are
functions, for which a second of 128 MB each is assumed.
"""
