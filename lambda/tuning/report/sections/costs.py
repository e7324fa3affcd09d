"""How long it took, what was billed, and what that is in money."""

from __future__ import annotations

from markupsafe import Markup

from tuning.names import execution_name
from tuning.prices.sentences import cost_facts
from tuning.report.formats import duration
from tuning.report.html import html
from tuning.report.run import Run
from tuning.report.sections.section import head
from tuning.report.tables import facts_list
from tuning.trials.ending import started_jobs, why_it_ended
from tuning.trials.trials import TuningJob


def costs(run: Run) -> Markup:
    """Of all tuning jobs together, with why each ended."""
    trained = sum(trial.seconds or 0 for trial in run.search.trials)
    facts = {
        **({"Execution": execution_name(run.execution_id)} if run.execution_id else {}),
        **{
            name: text
            for job in run.search.jobs
            for name, text in _of_job(job, alone=len(run.search.jobs) == 1).items()
        },
        "Training in all": duration(trained),
        **(cost_facts(run.cost, run.plan.cost_bound) if run.plan else {}),
        **_billed(run),
    }
    return html("{}{}", head("Time and money"), facts_list({k: v for k, v in facts.items() if v}))


def _of_job(job: TuningJob, *, alone: bool) -> dict[str, str]:
    of = "" if alone else f" of {job.name}"
    asked = job.limits.get("MaxNumberOfTrainingJobs", "?")
    parallel = job.limits.get("MaxParallelTrainingJobs", "?")
    return {
        f"Started{of}": f"{job.created:%Y-%m-%d %H:%M} {job.created.tzname()}",
        f"Duration{of}": duration(job.seconds),
        f"Training jobs{of}": (
            f"{started_jobs(job)} of {asked} asked for, {parallel} at a time: {_counters(job)}"
        ),
        f"Why it ended{of}": why_it_ended(job) or "It goes on.",
    }


def _counters(job: TuningJob) -> str:
    counters = job.counters
    parts = [f"{counters.get('Completed', 0)} completed"]
    parts += [f"{job.failed} failed"] if job.failed else []
    parts += [f"{counters['Stopped']} stopped"] if counters.get("Stopped") else []
    return ", ".join(parts)


def _billed(run: Run) -> dict[str, str]:
    """By instance type: their prices differ."""
    seconds = run.cost.billable_seconds if run.cost else None
    return {f"Billed on {kind}": f"{count} s" for kind, count in (seconds or {}).items()}
