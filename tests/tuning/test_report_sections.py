"""What the page says in words: each question that a reader asks has its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tuning.report.run import CompletedRun, Run
from tuning.report.search import Search
from tuning.report.trained_model import TrainedModel
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.answers import Answers, CalibrationPart, Confusion, ResidualPart
from tuning.variables.cost import Cost
from tuning.variables.run_cost import RunCost
from tuning.variables.verdict import ChampionScore, Guardrail, ModelScore, Proven

from tests.tuning.recorded import RANGES, STARTED, tuning_job
from tests.tuning.report_runs import lesson_trials, make_run, rendered
from tests.tuning.searches import KINDS, failed_run, search_of
from tests.tuning.variables import proven_verdict

CONFUSION = Confusion(threshold=0.5, counts=((70, 10), (5, 15)))


def text_of(run: Run) -> str:
    """What a person reads of a page before and after the charts."""
    page = rendered(run).split("<body>")[1].split("<script")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def proven(**fields: Any) -> CompletedRun:
    return replace(make_run(), verdict=proven_verdict(**fields))


def with_answers(answers: Answers) -> Proven:
    score = ModelScore(model_name="new", score=0.8, metrics={"AUC": 0.8}, answers=answers)
    return proven_verdict(candidate=score)


@pytest.mark.parametrize(
    ("interval", "meaning"),
    [
        ((0.00005, 0.015), "above 0: chance does not explain it."),
        ((-0.01, 0.015), "0 lies between them: it may be chance."),
        ((-0.02, -0.01), "below 0: it is worse, and chance does not explain it."),
    ],
    ids=["better", "chance", "worse"],
)
def test_outcome_tells_the_interval_and_what_it_means(
    interval: tuple[float, float], meaning: str
) -> None:
    text = text_of(proven(improvement=0.01, interval=interval))
    assert "On 100 held-out rows it has AUC 0.80000 against 0.70000" in text
    assert "the improvement is 0.01, with confidence 0.95 between" in text
    assert meaning in text


def test_outcome_tells_why_a_model_is_taken_that_is_not_better_for_sure() -> None:
    lets_in = "Promotion.Margin, -0.02, lets in what is not much worse."
    assert lets_in in text_of(proven(margin=-0.02, interval=(-0.01, 0.015)))
    assert lets_in not in text_of(proven(margin=-0.02, interval=(0.001, 0.015)))
    assert lets_in not in text_of(proven(margin=-0.02, interval=(-0.01, 0.01), decision="Keep"))


def test_numbers_are_written_as_people_write_them() -> None:
    assert "between 0.00005 and 0.015" in text_of(proven(interval=(0.00005, 0.015)))


def test_outcome_tells_how_far_the_best_is_from_the_median_training_job() -> None:
    assert "better than the median training job" in text_of(make_run())


def test_retrained_model_is_named_with_its_own_score() -> None:
    run = make_run(retrained=True)
    trained = TrainedModel("retune-retrained-00", STARTED, {}, {"validation:auc": 0.91234})
    text = text_of(replace(run, trained=trained))
    assert "retune-retrained-00, and reached validation:auc 0.91234 itself." in text


def test_candidate_and_champion_stand_side_by_side_with_what_differs() -> None:
    candidate = TrainedModel("new", STARTED, {"eta": "0.1", "gamma": "1"}, {})
    champion = TrainedModel("old", STARTED - timedelta(days=9), {"eta": "0.3", "gamma": "1"}, {})
    text = text_of(replace(proven(), trained=candidate, champion=champion))
    assert "Model new old" in text
    assert "(9 days before the end of tuning)" in text
    assert "eta 0.1 0.3" in text
    assert "gamma 1 1" not in text


def test_confusion_matrix_states_its_threshold_and_the_base_rate() -> None:
    answers = Answers(confusion=CONFUSION, base_rate=0.2, top_rate=0.7)
    text = text_of(replace(make_run(), verdict=with_answers(answers)))
    assert "A row counts as class 1 above 0.5. Of all rows 20.0% are of class 1" in text
    assert "of the 25 that the model takes for it, 60.0%" in text
    assert "of the tenth that it ranks highest, 70.0%" in text
    assert "is 0 70 10 is 1 5 15" in text


def test_champion_has_its_own_answers() -> None:
    champion = ChampionScore(
        endpoint_config_name="old",
        model_name="old",
        score=0.7,
        metrics={"AUC": 0.7},
        answers=Answers(confusion=CONFUSION),
    )
    page = rendered(proven(champion=champion))
    assert "aria-label='Answers of the champion'" in page
    assert "aria-label='Answers of the candidate'" not in page


def test_calibration_and_residuals_are_pictures_with_words() -> None:
    parts = (
        CalibrationPart(rows=50, predicted=0.1, actual=0.08),
        CalibrationPart(rows=50, predicted=0.6, actual=0.55),
    )
    page = rendered(replace(make_run(), verdict=with_answers(Answers(calibration=parts))))
    assert "aria-label='Calibration: 10% predicted, 8% true; 60% predicted, 55% true'" in page
    residuals = (ResidualPart(low=-1, high=0, rows=4), ResidualPart(low=0, high=1, rows=6))
    page = rendered(replace(make_run(), verdict=with_answers(Answers(residuals=residuals))))
    assert "aria-label='Rows by residual: 4 from -1; 6 from 0'" in page


def test_best_hyperparameters_can_be_copied_with_the_fixed_ones() -> None:
    run = make_run()
    page = rendered(run)
    blocks = re.findall(r"<pre class='copied'>(.*?)</pre>", page, re.DOTALL)
    found, whole = (json.loads(block.replace("&#34;", '"')) for block in blocks[:2])
    assert found == run.winner.tuned_hyper_parameters
    assert whole["StaticHyperParameters"]["objective"] == "binary:logistic"
    assert whole["StaticHyperParameters"]["max_depth"] == found["max_depth"]


def glance_of(run: Run) -> str:
    """What stands below the first words, before any part of its own."""
    found = re.search(r"<nav class='glance'.*?</nav>", rendered(run), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_what_mattered_what_is_next_the_cost_and_failures_are_answered_at_a_glance() -> None:
    cost = RunCost(
        billable_seconds={"ml.m5.large": 1240},
        cost=Cost(amount=0.04, currency="USD", prices="eu-west-1"),
    )
    summaries = lesson_trials(scored=60, failed=20)
    for summary in summaries[60:]:
        summary["TunedHyperParameters"]["gamma"] = "4.9"
    run = replace(make_run(summaries), cost=cost)
    text = glance_of(run)
    assert re.search(r"What mattered eta the most: \d+% \(\d+% to \d+%\)", text)
    assert "What to try next Avoid gamma from 3.75 to 5" in text
    assert "What it cost 0.04 USD, 1,240 billable seconds" in text
    assert "Why training jobs failed 20 of 80: AlgorithmError: label must be" in text


def test_a_glance_at_a_failed_execution_leads_to_its_reason() -> None:
    text = glance_of(KINDS["failed only"]())
    assert "What to try next See why the execution failed." in text
    assert "Why training jobs failed 5 of 5: AlgorithmError" in text


def test_a_glance_says_when_no_training_job_failed() -> None:
    text = glance_of(make_run(lesson_trials(scored=20, failed=0)))
    assert "Why training jobs failed None of 20 failed." in text


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())
def test_each_link_of_the_glance_leads_to_a_part_of_the_page(make: Callable[[], Run]) -> None:
    of_the_script = {"jobs", "chart-importance"}
    page = rendered(make())
    targets = set(re.findall(r"<dt><a href='#([^']+)'", page)) - of_the_script
    assert targets
    assert targets <= set(re.findall(r"<h2 id='([^']+)'", page))


def test_first_words_name_six_hyperparameters_and_how_many_more_there_are() -> None:
    names = [f"alpha_{number}" for number in range(30)]
    ranges = {
        "ContinuousParameterRanges": [
            {"Name": name, "MinValue": "0", "MaxValue": "1", "ScalingType": "Linear"}
            for name in names
        ]
    }
    summaries = lesson_trials()
    for summary in summaries:
        summary["TunedHyperParameters"] = dict.fromkeys(names, "0.5")
    text = text_of(Run(search=search_of(summaries, ranges=ranges)))
    assert "alpha_5 0.5, 24 more. That is" in text


def test_metrics_have_their_improvements_with_intervals() -> None:
    guardrail = Guardrail(
        metric_name="LogLoss",
        tolerance=0.05,
        candidate=0.4,
        champion=0.5,
        improvement=0.1,
        interval=(-0.02, 0.2),
        broken=False,
    )
    text = text_of(proven(guardrails=(guardrail,)))
    assert "AUC 0.80000 0.70000 0.1 (0.05 to 0.15)" in text
    assert "0.1 (-0.02 to 0.2: it may be chance)" in text
    assert "Confidence of the interval 0.95; of the guardrails 0.9" in text


def test_failures_are_grouped_by_reason_with_counts_and_names() -> None:
    summaries = lesson_trials(scored=2, failed=3)
    summaries[-1]["FailureReason"] = "CapacityError: none left"
    text = text_of(failed_run(search_of(summaries)))
    assert "3 of 5 training jobs, by the reason that they gave." in text
    assert "2 AlgorithmError: label must be in [0,1]" in text
    assert "1 CapacityError: none left 005-00000005" in text


def test_time_money_and_why_tuning_ended_are_told() -> None:
    text = text_of(make_run())
    assert "Duration 25 min" in text
    assert "Why it ended Its budget of 20 training jobs was used up." in text


def test_request_is_shown_without_what_may_be_secret() -> None:
    description = tuning_job(
        TrainingJobDefinition={
            "AlgorithmSpecification": {
                "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mine:1",
                "TrainingInputMode": "File",
            },
            "RoleArn": "arn:aws:iam::123456789012:role/training",
            "OutputDataConfig": {"S3OutputPath": "s3://bucket/"},
            "StoppingCondition": {"MaxRuntimeInSeconds": 60},
            "StaticHyperParameters": {
                "objective": "x",
                "_tuning_objective_metric": "validation:auc",
            },
            "Environment": {"PASSWORD": "abracadabra"},
        }
    )
    search = Search.of(TuningJob.parse(description), map(Trial.parse, lesson_trials()))
    page = rendered(Run(search=search))
    assert "abracadabra" not in page
    assert "_tuning_objective_metric" not in page
    request = json.loads(
        page.split("Request of")[1]
        .split("<pre class='copied'>")[1]
        .split("</pre>")[0]
        .replace("&#34;", '"')
    )
    assert request["HyperParameterTuningJobConfig"]["ParameterRanges"] == RANGES
    assert request["TrainingJobDefinition"]["Environment"] == {"PASSWORD": "(not shown)"}


def test_failed_execution_says_why_before_anything_else() -> None:
    text = text_of(KINDS["failed only"]())
    assert "The execution ended with NoTrialSucceeded ." in text
    assert "None of 5 training jobs ended with a metric." in text
    assert text.index("Why the execution failed") < text.index("Why training jobs failed")
