"""The product, through its front door: cdk deploy, an execution, predictions."""

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import SMALL_RUN, Deployment, customers, wait_until


@pytest.fixture(scope="module")
def first_run(deployment: Deployment) -> dict[str, Any]:
    """The first execution, which creates the endpoint."""
    described = deployment.run(SMALL_RUN)
    assert described["status"] == "SUCCEEDED", described
    return described


def test_execution_ends_deployed_with_the_best_trial(
    deployment: Deployment, first_run: dict[str, Any]
) -> None:
    summary = json.loads(first_run["output"])
    sagemaker = deployment.client("sagemaker")
    tuning_job = sagemaker.describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=summary["TuningJobName"]
    )
    assert summary["Outcome"] == "Deployed"
    assert tuning_job["HyperParameterTuningJobStatus"] == "Completed"
    assert tuning_job["TrainingJobStatusCounters"]["Completed"] == 5
    assert summary["BestTrainingJob"] == tuning_job["BestTrainingJob"]["TrainingJobName"]
    endpoint = sagemaker.describe_endpoint(EndpointName="retune")
    assert endpoint["EndpointStatus"] == "InService"
    assert endpoint["EndpointConfigName"] == summary["BestTrainingJob"]


def test_endpoint_predicts_better_than_chance(
    deployment: Deployment, first_run: dict[str, Any]
) -> None:
    rows = [line.split(",", 1) for line in customers(50, seed=9).splitlines()]
    answer = deployment.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="retune", ContentType="text/csv", Body="\n".join(row for _, row in rows)
    )
    scores = [float(line) for line in answer["Body"].read().split()]
    right = sum(
        (score > 0.5) == (label == "1") for (label, _), score in zip(rows, scores, strict=True)
    )
    assert right > 30


def test_report_files_hold_every_trial(deployment: Deployment, first_run: dict[str, Any]) -> None:
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    prefix = f"runs/{first_run['name']}/"

    def read(name: str) -> str:
        return str(s3.get_object(Bucket=bucket, Key=prefix + name)["Body"].read().decode())

    rows = list(csv.DictReader(io.StringIO(read("trials.csv"))))
    assert len(rows) == len(json.loads(read("trials.json"))) == 5
    scores = [float(row["validation:auc"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert {"max_depth", "eta", "gamma"} <= set(rows[0])
    assert json.loads(read("summary.json"))["Value"] == pytest.approx(scores[0])
    report = read("report.html")
    assert "<html" in report
    assert "<th scope='row'>f0</th>" in report  # of the columns that mattered


def test_aws_command_line_reads_trials_and_logs(
    deployment: Deployment, first_run: dict[str, Any]
) -> None:
    summary = json.loads(first_run["output"])
    trials = deployment.aws(
        "sagemaker",
        "list-training-jobs-for-hyper-parameter-tuning-job",
        "--hyper-parameter-tuning-job-name",
        summary["TuningJobName"],
        "--page-size",
        "2",
    )["TrainingJobSummaries"]
    assert len(trials) == 5
    streams = deployment.aws(
        "logs", "describe-log-streams", "--log-group-name", "/aws/sagemaker/TrainingJobs",
        "--log-stream-name-prefix", summary["BestTrainingJob"],
    )["logStreams"]  # fmt: skip
    events = deployment.aws(
        "logs", "get-log-events", "--log-group-name", "/aws/sagemaker/TrainingJobs",
        "--log-stream-name", streams[0]["logStreamName"],
    )["events"]  # fmt: skip
    assert any("#011validation-auc:" in event["message"] for event in events)


def test_command_line_reads_the_logs_of_a_numbered_job_and_of_the_functions(
    deployment: Deployment, first_run: dict[str, Any]
) -> None:
    best, name = json.loads(first_run["output"])["BestTrainingJob"], first_run["name"]
    number = best.split("-")[-2]
    lines = deployment.retune("logs", number, "--run", name, "--last", "2").stdout.splitlines()
    assert len(lines) == 2
    assert all("#011validation-auc:" in line for line in lines)
    followed = deployment.retune("logs", best, "--follow").stdout.splitlines()
    assert followed[-2:] == lines
    functions = deployment.retune("logs", name).stdout
    assert f"SelectBest: INFO Best training job training_job={best}" in functions
    assert "WriteReport: INFO Report written outcome=Deployed" in functions


def test_described_tuning_job_is_an_input_that_asks_for_the_same(
    deployment: Deployment, first_run: dict[str, Any], tmp_path: Path
) -> None:
    def describe(name: str) -> Any:
        command = "describe-hyper-parameter-tuning-job"
        return deployment.aws("sagemaker", command, "--hyper-parameter-tuning-job-name", name)

    described = describe(json.loads(first_run["output"])["TuningJobName"])
    file = tmp_path / "described.json"
    file.write_text(json.dumps(described))
    checked = deployment.retune("check", str(file)).stdout
    assert "Fault" not in checked
    assert "TrainingJobDefinition.RoleArn = " in checked
    again = deployment.run({**described, "DryRun": True})
    assert again["status"] == "SUCCEEDED", again
    repeated = describe(json.loads(again["output"])["TuningJobName"])
    for part in ("HyperParameterTuningJobConfig", "TrainingJobDefinition"):
        repeated[part].pop("OutputDataConfig", None)
        described[part].pop("OutputDataConfig", None)
        assert repeated[part] == described[part]


def test_second_run_updates_the_endpoint_with_a_retrained_model(
    deployment: Deployment, first_run: dict[str, Any]
) -> None:
    bucket = deployment.outputs["DataBucketName"]
    before = deployment.client("sagemaker").describe_endpoint(EndpointName="retune")
    described = deployment.run(
        {**SMALL_RUN, "Retrain": {"Channels": {"train": f"s3://{bucket}/data/larger/"}}}
    )
    assert described["status"] == "SUCCEEDED", described
    after = deployment.client("sagemaker").describe_endpoint(EndpointName="retune")
    assert after["EndpointArn"] == before["EndpointArn"]
    assert after["CreationTime"] == before["CreationTime"]
    assert after["EndpointConfigName"] != before["EndpointConfigName"]
    retrained = deployment.client("sagemaker").describe_training_job(
        TrainingJobName=after["EndpointConfigName"]
    )
    assert "TuningJobArn" not in retrained
    names = (first_run["name"], described["name"])
    one, other = json.loads(deployment.retune("compare", *names, "--format", "json").stdout)
    assert other["Outcome"]["Candidate"] == after["EndpointConfigName"]
    assert one["Data and settings"]["Settings"] != other["Data and settings"]["Settings"]
    for same in ("Ranges", "Channels"):
        assert one[same] == other[same] != {}


def test_earlier_winner_is_retrained_on_the_data_of_today_without_tuning(
    deployment: Deployment, first_run: dict[str, Any], tmp_path: Path
) -> None:
    sagemaker, winner = deployment.client("sagemaker"), json.loads(first_run["output"])
    jobs = sagemaker.list_hyper_parameter_tuning_jobs()["HyperParameterTuningJobSummaries"]
    options = ("--watch", "--exit-code", "--runs", str(tmp_path))
    watched = deployment.retune("retrain", first_run["name"], *options)
    described = deployment.finish(watched.stdout.strip())
    assert described["status"] == "SUCCEEDED", described
    assert len(
        sagemaker.list_hyper_parameter_tuning_jobs()["HyperParameterTuningJobSummaries"]
    ) == (len(jobs))
    summary = json.loads(described["output"])
    retrained = sagemaker.describe_training_job(TrainingJobName=summary["ModelName"])
    assert f"Deployed: {summary['ModelName']} serves at the endpoint retune." in watched.stderr
    (own,) = (m for m in retrained["FinalMetricDataList"] if m["MetricName"] == "validation:auc")
    assert f"Its own score: validation:auc {own['Value']:#.5g}" in watched.stderr
    tuned = retrained["HyperParameters"]
    assert summary["TuningJobName"] == winner["TuningJobName"]
    assert {name: tuned[name] for name in winner["TunedHyperParameters"]} == (
        winner["TunedHyperParameters"]
    )
    assert (
        sagemaker.describe_endpoint(EndpointName="retune")["EndpointConfigName"]
        == (summary["ModelName"])
    )


REFUSALS = {
    "min over max": (
        {"ParameterRanges": {"eta": {"MinValue": "0.5", "MaxValue": "0.1"}}},
        ["eta", "0.5"],
    ),
    "unknown hyperparameter": (
        {"ParameterRanges": {"max_dept": {"MinValue": "1", "MaxValue": "9"}}},
        ["max_dept", "max_depth"],
    ),
    "untrue metric": (
        {"HyperParameterTuningJobObjective": {"MetricName": "validation:accuracy"}},
        ["accuracy", "validation:auc"],
    ),
    "unknown field": ({"Colour": "red"}, ["Colour"]),
    "no data": (
        {
            "Channels": {
                "train": "s3://no-such-bucket-here/train/",
                "validation": "s3://no-such-bucket-here/validation/",
            }
        },
        ["no-such-bucket-here"],
    ),
}


@pytest.mark.parametrize(("document", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_wrong_input_is_refused_before_anything_is_created(
    deployment: Deployment, document: dict[str, Any], words: list[str]
) -> None:
    before = tuning_jobs(deployment)
    described = deployment.run({**SMALL_RUN, **document})
    assert described["status"] == "FAILED"
    assert described["error"] in ("InputRefused", "DataMissing")
    for word in words:
        assert word in described["cause"]
    assert tuning_jobs(deployment) == before


def tuning_jobs(deployment: Deployment, **filters: str) -> list[str]:
    pages = deployment.client("sagemaker").get_paginator("list_hyper_parameter_tuning_jobs")
    return [
        job["HyperParameterTuningJobName"]
        for page in pages.paginate(**filters)
        for job in page["HyperParameterTuningJobSummaries"]
    ]


def test_failed_trials_end_in_an_outcome_and_a_report_with_the_trials_reasons(
    deployment: Deployment, tmp_path: Path
) -> None:
    """A label of 7 passes no training of reg:logistic; it stands where no sample is taken."""
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    rows = "\n".join(f"{7 if i == 30_000 else i % 2},{i},{i % 3}" for i in range(60_000))
    for channel in ("train", "validation"):
        s3.put_object(Bucket=bucket, Key=f"wrong-labels/{channel}/rows.csv", Body=rows)
    channels = {c: f"s3://{bucket}/wrong-labels/{c}/" for c in ("train", "validation")}
    static = {"objective": "reg:logistic", "eval_metric": "rmse", "num_round": "5"}
    described = deployment.run(
        {
            **SMALL_RUN,
            "Channels": channels,
            "Endpoint": {"EndpointName": "retune-wrong-labels"},
            "StaticHyperParameters": static,
            "HyperParameterTuningJobObjective": {"MetricName": "validation:rmse"},
        }
    )
    assert described["status"] == "FAILED"
    assert described["error"] == "NoTrialSucceeded"
    assert "label" in described["cause"]
    name = described["name"]
    assert f"\nReport: s3://{bucket}/runs/{name}/report.html" in described["cause"]
    deployment.retune("results", name, "--download", "--runs", str(tmp_path))
    files = {path.name: path.read_text() for path in (tmp_path / name).iterdir()}
    assert files.keys() == {"report.html", "report.json", "trials.csv", "trials.json"}
    assert "NoTrialSucceeded" in files["report.html"]
    assert "What to do: The training jobs&#39; own reasons" in files["report.html"]
    jobs = json.loads(files["report.json"])["Jobs"]
    assert [job["Status"] for job in jobs] == ["Failed"] * 5
    assert all("label" in job["FailureReason"] for job in jobs)
    watched = subprocess.run(
        ["retune", "watch", described["name"], "--runs", str(tmp_path)],
        env=deployment.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert watched.returncode == 1
    report = tmp_path / described["name"] / "report.html"
    assert f"Report: {report.as_uri()}" in watched.stderr
    assert report.read_text() == files["report.html"]


def test_aborting_an_execution_stops_its_tuning_job(deployment: Deployment) -> None:
    slow = {**SMALL_RUN["StaticHyperParameters"], "num_round": "100000"}
    execution = deployment.start({**SMALL_RUN, "StaticHyperParameters": slow})
    wait_until(lambda: bool(tuning_jobs(deployment, StatusEquals="InProgress")))
    (name,) = tuning_jobs(deployment, StatusEquals="InProgress")
    deployment.client("stepfunctions").stop_execution(executionArn=execution)
    wait_until(lambda: not tuning_jobs(deployment, StatusEquals="InProgress"))
    stopped = deployment.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=name
    )
    assert stopped["HyperParameterTuningJobStatus"] in ("Stopping", "Stopped")
    assert deployment.finish(execution)["status"] == "ABORTED"


def test_deployed_stack_does_not_differ_from_the_app(deployment: Deployment) -> None:
    diff = deployment.cdk("diff", "--fail")
    assert diff.returncode == 0, diff.stdout + diff.stderr
