"""Held-out data decides: which model serves after an execution, and what it says about it."""

import json
from typing import Any

import pytest

from tests.end_to_end.conftest import SMALL_RUN, Deployment, customers

ENDPOINT = "retune-proof"
WEAK, GOOD = {"num_round": "1", "max_depth": "1"}, {"num_round": "20", "max_depth": "4"}
ANOTHER = {"num_round": "20", "max_depth": "4", "subsample": "0.9"}  # as good as GOOD


@pytest.fixture(scope="module")
def channels(deployment: Deployment) -> dict[str, str]:
    """Data of its own, so that the other tests' data/ keeps having no test channel."""
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    for channel, rows, seed in (("train", 600, 0), ("validation", 200, 1), ("test", 400, 2)):
        text = customers(rows, seed)
        wide = "\n".join(f"{line},{number % 7}" for number, line in enumerate(text.splitlines()))
        s3.put_object(Bucket=bucket, Key=f"proof/{channel}/customers.csv", Body=text)
        s3.put_object(Bucket=bucket, Key=f"wide/{channel}/customers.csv", Body=wide)
    return {name: f"s3://{bucket}/proof/{name}/" for name in ("train", "validation", "test")}


def document(channels: dict[str, str], strength: dict[str, str], **fields: Any) -> dict[str, Any]:
    """A small run whose models are as weak or as good as asked; only eta is tuned."""
    return {
        "Channels": channels,
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "eval_metric": "auc",
            **strength,
        },
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.4"}},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
        "RandomSeed": SMALL_RUN["RandomSeed"],
        "Endpoint": {"EndpointName": ENDPOINT},
        **fields,
    }


def output(described: dict[str, Any]) -> dict[str, Any]:
    assert described["status"] == "SUCCEEDED", described
    summary: dict[str, Any] = json.loads(described["output"])
    return summary


def serving(deployment: Deployment, endpoint: str = ENDPOINT) -> str:
    """The endpoint configuration that serves."""
    described = deployment.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    return str(described["EndpointConfigName"])


@pytest.fixture(scope="module")
def first(deployment: Deployment, channels: dict[str, str]) -> dict[str, Any]:
    """A weak model, the first of its endpoint."""
    return output(deployment.run(document(channels, WEAK)))


@pytest.fixture(scope="module")
def better(
    deployment: Deployment, channels: dict[str, str], first: dict[str, Any]
) -> dict[str, Any]:
    """A good model against the weak one, by the rule that holds when nobody asks for another."""
    return output(deployment.run(document(channels, GOOD)))


def test_first_model_is_deployed_with_its_score(first: dict[str, Any]) -> None:
    assert first["Outcome"] == "Deployed"
    assert first["Verdict"]["Decision"] == "Promote"
    assert "no endpoint yet" in first["Verdict"]["Reason"]
    assert 0.5 < first["Verdict"]["Candidate"]["Metrics"]["AUC"] < 1


def test_better_candidate_replaces_the_champion(
    first: dict[str, Any], better: dict[str, Any]
) -> None:
    verdict = better["Verdict"]
    assert better["Outcome"] == "Deployed"
    assert verdict["Champion"]["ModelName"] == first["ModelName"]
    assert verdict["Champion"]["Score"] == pytest.approx(first["Verdict"]["Candidate"]["Score"])
    assert (verdict["Confidence"], verdict["Look"], verdict["Margin"]) == (0.95, 1, 0)
    assert verdict["Interval"][0] > 0
    assert ": better, and not by chance. " in verdict["Reason"]


def test_report_and_verdict_file_tell_both_scores(
    deployment: Deployment, better: dict[str, Any]
) -> None:
    s3, verdict = deployment.client("s3"), better["Verdict"]
    bucket, _, key = better["Files"]["Report"].removeprefix("s3://").partition("/")
    page = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    assert verdict["Reason"] in page
    stored = s3.get_object(Bucket=bucket, Key=key.replace("report.html", "verdict.json"))
    assert json.load(stored["Body"]) == verdict
    etag = s3.head_object(Bucket=bucket, Key="proof/test/customers.csv")["ETag"]
    assert verdict["DataVersion"]["Objects"][0]["ETag"] == etag.strip('"')


@pytest.mark.parametrize(
    ("strength", "fields"),
    [(WEAK, {}), (ANOTHER, {}), (GOOD, {"Promotion": {"Margin": 0.4}})],
    ids=["worse model", "no better than chance", "margin not reached"],
)
def test_candidate_that_is_not_better_leaves_the_champion_serving(
    deployment: Deployment,
    channels: dict[str, str],
    better: dict[str, Any],
    strength: dict[str, str],
    fields: dict[str, Any],
) -> None:
    before = serving(deployment)
    kept = output(deployment.run(document(channels, strength, **fields)))
    assert kept["Outcome"] == "KeptChampion"
    assert kept["Verdict"]["Decision"] == "Keep"
    assert serving(deployment) == before == better["ModelName"]
    assert kept["Verdict"]["Look"] > better["Verdict"]["Look"], "the same rows have judged again"


def test_a_champion_that_scores_as_it_did_is_not_tuned_for(
    deployment: Deployment, channels: dict[str, str], better: dict[str, Any]
) -> None:
    """Other rows of training are a change; one transform job tells that nothing became worse."""
    bucket = deployment.outputs["DataBucketName"]
    other = {**channels, "train": f"s3://{bucket}/data/train/"}
    asked = {"RetuneWhen": "ChampionWorseThan", "RetuneMargin": 0.05}
    skipped = output(deployment.run(document(other, GOOD, **asked)))
    assert skipped["Outcome"] == "Skipped"
    assert f"The champion {better['ModelName']} has AUC 0." in skipped["Reason"]
    again = output(deployment.run(document(other, GOOD, **asked)))
    assert "Neither the data nor the settings have changed" in again["Reason"]


def test_dry_run_goes_up_to_the_verdict_and_touches_no_endpoint(
    deployment: Deployment, channels: dict[str, str]
) -> None:
    endpoints = deployment.client("sagemaker").list_endpoints()["Endpoints"]
    tried = document(channels, GOOD, DryRun=True, Endpoint={"EndpointName": "retune-not-there"})
    dry = output(deployment.run(tried))
    assert dry["Outcome"] == "DryRun"
    assert dry["Verdict"]["Decision"] == "Promote"
    assert deployment.client("sagemaker").list_endpoints()["Endpoints"] == endpoints


def test_best_on_held_out_data_wins_among_the_best_trials(
    deployment: Deployment, channels: dict[str, str]
) -> None:
    fields = {"Evaluation": {"TopK": 2, "MetricName": "LogLoss"}, "DryRun": True}
    found = output(deployment.run(document(channels, GOOD, **fields)))
    sagemaker = deployment.client("sagemaker")
    pages = sagemaker.list_transform_jobs(NameContains=found["TuningJobName"][:-3])
    names = [job["TransformJobName"] for job in pages["TransformJobSummaries"]]
    assert sum("-trial-" in name for name in names) == 2
    assert found["Verdict"]["MetricName"] == "LogLoss"
    assert found["Verdict"]["Candidate"]["ModelName"] == found["ModelName"]


def test_retrained_model_is_the_one_that_is_evaluated(
    deployment: Deployment, channels: dict[str, str]
) -> None:
    bucket = deployment.outputs["DataBucketName"]
    retrain = {"Channels": {"train": f"s3://{bucket}/data/larger/"}}
    found = output(deployment.run(document(channels, GOOD, Retrain=retrain, DryRun=True)))
    assert "-retrain-" in found["Verdict"]["Candidate"]["ModelName"]


def test_champion_of_other_features_is_kept_until_the_input_says_replace(
    deployment: Deployment, channels: dict[str, str], better: dict[str, Any]
) -> None:
    wide = {name: uri.replace("/proof/", "/wide/") for name, uri in channels.items()}
    refused = deployment.run(document(wide, GOOD))
    assert refused["error"] == "InputRefused"
    assert "5 feature columns': The endpoint retune-proof serves 4 of them" in refused["cause"]
    kept = output(deployment.run(document(wide, GOOD, DryRun=True)))
    assert kept["Verdict"]["Decision"] == "Keep"
    assert "cannot score the test channel" in kept["Verdict"]["Reason"]
    asked = {"Promotion": {"UnscoredChampion": "Replace"}, "DryRun": True}
    replaced = output(deployment.run(document(wide, GOOD, **asked)))
    assert replaced["Verdict"]["Decision"] == "Promote"


LINEAR = {
    "Algorithm": "linear-learner",
    "ParameterRanges": {"learning_rate": {"MinValue": "0.01", "MaxValue": "0.1"}},
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 1},
}


def test_linear_learner_is_scored_like_any_other(
    deployment: Deployment, channels: dict[str, str], better: dict[str, Any]
) -> None:
    """Its answers are JSON, one line a row; the champion is XGBoost's."""
    asked = {**LINEAR, "Channels": channels, "Endpoint": {"EndpointName": ENDPOINT}}
    verdict = output(deployment.run({**asked, "DryRun": True}))["Verdict"]
    assert verdict["MetricName"] == "AUC"
    assert verdict["Candidate"]["Score"] > 0.5
    assert verdict["Champion"]["ModelName"] == better["ModelName"]


def test_endpoint_of_linear_learner_answers_what_its_transform_job_did(
    deployment: Deployment, channels: dict[str, str]
) -> None:
    endpoint = {"EndpointName": "retune-linear-proof"}
    execution = deployment.start({**LINEAR, "Channels": channels, "Endpoint": endpoint})
    assert output(deployment.finish(execution))["Outcome"] == "Deployed"
    history = deployment.client("stepfunctions").get_execution_history(executionArn=execution)
    (verified,) = (
        json.loads(event["stateExitedEventDetails"]["output"])
        for event in history["events"]
        if event.get("stateExitedEventDetails", {}).get("name") == "VerifyEndpoint"
    )
    assert verified["RowsLikeTransform"] == 5
