"""Reports of tuning jobs of every kind: each page opens and says what there is to say."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.charts import coloured, show
from tests.browser.conftest import Open
from tests.browser.documents import (
    BOOSTER,
    DECAY,
    DEPTH,
    ETA,
    LESSON,
    NAME,
    Document,
    document,
    failed,
    finished,
    stopped_early,
    tuning_job,
)

pytestmark = pytest.mark.slow


def test_without_a_job_the_page_says_so(open_report: Open) -> None:
    page = open_report(document(0))
    expect(page.locator("#chart-history figcaption")).to_have_text(
        "No training job has been started."
    )
    expect(page.locator("#jobs")).to_contain_text("No training job has been started.")


def test_hyperparameters_may_be_called_like_what_every_object_has(open_report: Open) -> None:
    names = ["constructor", "__proto__", "toString", "valueOf"]
    report = document(12, [{**ETA, "Name": name} for name in names])
    for job in report["Jobs"][::2]:  # of another definition, which lacks them
        job["HyperParameters"] = {"constructor": "0.1"}
    page = open_report(finished(report))
    expect(page.locator("#jobs tbody tr")).to_have_count(12)
    expect(page.locator("[id^=chart-slice] h3")).to_have_text(names)


def test_one_job_is_a_dot_and_no_relation_of_anything(open_report: Open) -> None:
    page = open_report(document(1))
    show(page, "history")
    expect(page.locator("#jobs tbody tr")).to_have_count(1)
    expect(page.locator("#chart-contour figcaption")).to_have_text(
        "Fewer than two hyperparameters were varied."
    )
    expect(page.locator("[id^=chart-slice]")).to_have_count(0)


def test_when_all_jobs_failed_the_table_has_their_reasons(open_report: Open) -> None:
    report = document(3)
    for job in report["Jobs"]:
        failed(job)
    page = open_report(finished(report))
    expect(page.locator("#chart-history figcaption")).to_contain_text("All training jobs failed")
    expect(page.locator("#jobs td.reason")).to_contain_text(["label must be in [0,1]"] * 3)
    expect(page.locator("figure")).to_have_count(2)
    show(page, "timeline")


def test_a_stopped_tuning_job_has_jobs_without_a_value_yet(open_report: Open) -> None:
    report = document(4)
    for job in report["Jobs"]:
        job.update(Status="Stopped", Value=None, Rank=None, Curve=None)
    page = open_report(finished(report))
    expect(page.locator("#chart-history figcaption")).to_have_text(
        "No training job has a value of validation:auc."
    )


def test_jobs_without_a_curve_have_a_sentence_instead(open_report: Open) -> None:
    report = document(4)
    for job in report["Jobs"]:
        job["Curve"] = None
    page = open_report(report)
    page.locator("#chart-curves").scroll_into_view_if_needed()
    expect(page.locator("#chart-curves figcaption")).to_have_text("There is no learning curve.")


def test_categories_alone_are_drawn(open_report: Open) -> None:
    objective = BOOSTER | {"Name": "grow_policy", "Values": ["depthwise", "lossguide"]}
    page = open_report(document(12, [BOOSTER, objective]))
    for key in ("slice-0", "slice-1", "contour", "parallel"):
        show(page, key)
        assert coloured(page, key), key


@pytest.mark.parametrize("scaled", [ETA, DECAY], ids=["Logarithmic", "ReverseLogarithmic"])
def test_a_scaled_range_is_told_with_both_its_ends(
    open_report: Open, scaled: dict[str, Any]
) -> None:
    page = open_report(document(12, [scaled, DEPTH], minimizes=True))
    show(page, "slice-0")
    expect(page.locator("#chart-slice-0 figcaption")).to_contain_text(
        f"Searched from {scaled['Min']} to {scaled['Max']}, "
    )


def hyperband() -> Document:
    report = document(27)
    for job in report["Jobs"][9:]:
        stopped_early(job)
    return report | {"TuningJobs": [tuning_job(NAME, 27, "Hyperband")]}


def warm_started() -> Document:
    """Its parent searched a wider range."""
    report = document(10)
    parent = document(8, [ETA | {"Min": 0.0001, "Max": 1}, *LESSON[1:]])["Jobs"]
    for job in parent:
        job.update(Name=f"parent-{job['Label']}", TuningJob="parent")
    for number, job in enumerate([*parent, *report["Jobs"]], 1):
        job["Number"] = number
    jobs = [tuning_job("parent", 8, IsParent=True), tuning_job(NAME, 10)]
    return finished(report | {"TuningJobs": jobs, "Jobs": [*parent, *report["Jobs"]]})


def several_definitions() -> Document:
    """The half of the jobs has no booster, the other no eta."""
    report = document(12, [ETA, DEPTH, BOOSTER])
    for job in report["Jobs"]:
        linear = job["Number"] % 2
        job["Definition"] = "linear" if linear else "trees"
        del job["HyperParameters"]["eta" if linear else "booster"]
    return report | {"Pair": ["max_depth", "eta"]}


@pytest.mark.parametrize("make", [hyperband, warm_started, several_definitions])
def test_other_kinds_of_tuning_jobs_are_drawn(open_report: Open, make: Any) -> None:
    report = make()
    page = open_report(report)
    for key in ("history", "slice-0", "contour", "parallel", "timeline"):
        show(page, key)
        assert coloured(page, key), key
    expect(page.locator("#jobs tbody tr")).to_have_count(len(report["Jobs"]))
