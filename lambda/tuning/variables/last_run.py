"""What an endpoint's runs leave for the next one: files below endpoints/ of the data bucket."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Fingerprint(Variable):
    """What a run was given, in digests: two runs with the same one would tune the same."""

    settings: str  # the execution input with its defaults
    data: str | None = None  # keys, sizes and entity tags of all channels; None: not known


class Judged(Variable):
    """A model and its score on the test channel of then."""

    model_name: str
    metric_name: str  # an Autopilot metric, such as AUC
    score: float


class LastRun(Variable):
    """The last run of an endpoint that has come to a verdict: last-run.json.

    `judged` is what served after it, where that was scored.
    """

    execution_id: str
    outcome: str
    fingerprint: Fingerprint
    judged: Judged | None = None


class Running(Variable):
    """A run: in running.json the one that goes on, or went on last, in last-skipped.json the one
    that was skipped last because nothing had changed.
    """

    execution_id: str


class EndpointTuningJob(Variable):
    """A tuning job of a run that came to a verdict, and the digest of the data that it read."""

    name: str
    data: str | None = None  # as in its run's Fingerprint


class EndpointTuningJobs(Variable):
    """The latest tuning jobs of an endpoint, newest first: tuning-jobs.json."""

    tuning_jobs: tuple[EndpointTuningJob, ...] = ()

    def with_newest(self, job: EndpointTuningJob, kept: int) -> EndpointTuningJobs:
        """With one more, once however often it is added, and no more than are kept."""
        others = (each for each in self.tuning_jobs if each.name != job.name)
        return EndpointTuningJobs(tuning_jobs=(job, *others)[:kept])
