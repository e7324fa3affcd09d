"""`retune export`: any tuning job of the account, and the tools themselves read what it wrote."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import optuna
import pytest
from tuning.algorithms.images import image_uri

from tests.end_to_end.conftest import wait_until

Run = Callable[..., Any]
MLFLOW = Path(__file__).parents[2] / ".venv-sdk" / "bin" / "mlflow"
JOB, TRIALS, ROUNDS = "somebody-elses", 4, 5
STATIC = {"objective": "binary:logistic", "eval_metric": "logloss", "num_round": str(ROUNDS)}


def test_it_is_asked_where_to(retune: Run) -> None:
    ended = retune("export", JOB)
    assert ended.exit_code == 2
    assert "--csv, --parquet, --study or --mlflow" in ended.output


@pytest.fixture(scope="module")
def tuning_job(local_aws: Any) -> dict[str, Any]:
    """A tuning job that Retune knows nothing of, in an account without its stack."""
    client = local_aws.client("sagemaker")
    sources = upload(local_aws.client("s3"))
    client.create_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=JOB,
        HyperParameterTuningJobConfig={
            "Strategy": "Random",
            "RandomSeed": 1,
            "HyperParameterTuningJobObjective": {
                "Type": "Minimize",
                "MetricName": "validation:logloss",
            },
            "ResourceLimits": {"MaxNumberOfTrainingJobs": TRIALS, "MaxParallelTrainingJobs": 2},
            "ParameterRanges": {
                "IntegerParameterRanges": [
                    {"Name": "max_depth", "MinValue": "2", "MaxValue": "6"},
                ],
                "ContinuousParameterRanges": [
                    {
                        "Name": "eta",
                        "MinValue": "0.01",
                        "MaxValue": "0.3",
                        "ScalingType": "Logarithmic",
                    },
                ],
                "CategoricalParameterRanges": [{"Name": "subsample", "Values": ["0.5", "1"]}],
            },
        },
        TrainingJobDefinition={
            "StaticHyperParameters": STATIC,
            "AlgorithmSpecification": {
                "TrainingImage": image_uri("xgboost", "3.0-5", "us-east-1"),
                "TrainingInputMode": "File",
            },
            "RoleArn": role(local_aws.client("iam")),
            "InputDataConfig": sources,
            "OutputDataConfig": {"S3OutputPath": "s3://somebodys-sagemaker/output/"},
            "ResourceConfig": {
                "InstanceType": "ml.m5.large",
                "InstanceCount": 1,
                "VolumeSizeInGB": 1,
            },
            "StoppingCondition": {"MaxRuntimeInSeconds": 300},
        },
    )

    def described() -> dict[str, Any]:
        return dict(client.describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=JOB))

    wait_until(lambda: described()["HyperParameterTuningJobStatus"] != "InProgress", seconds=90)
    return described()


def upload(s3: Any) -> list[dict[str, Any]]:
    """Two channels in a bucket; the label follows the feature."""
    s3.create_bucket(Bucket="somebodys-sagemaker")
    source = random.Random(1)
    channels = []
    for name in ("train", "validation"):
        rows = [(source.random(), source.random()) for _ in range(100)]
        body = "".join(f"{int(x > y)},{x:.4f}\n" for x, y in rows)
        s3.put_object(Bucket="somebodys-sagemaker", Key=f"{name}/rows.csv", Body=body)
        location = {"S3DataType": "S3Prefix", "S3Uri": f"s3://somebodys-sagemaker/{name}/"}
        channels.append(
            {
                "ChannelName": name,
                "ContentType": "text/csv",
                "DataSource": {"S3DataSource": location},
            }
        )
    return channels


def role(iam: Any) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    created = iam.create_role(RoleName="somebody", AssumeRolePolicyDocument=document)["Role"]
    iam.attach_role_policy(
        RoleName="somebody", PolicyArn="arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
    )
    return str(created["Arn"])


def export(retune: Run, *options: str) -> str:
    ended = retune("export", JOB, *options)
    assert ended.exit_code == 0, ended.output
    return str(ended.output)


def test_parquet_has_types_and_csv_the_same_rows(
    empty_aws: Run, tuning_job: dict[str, Any], tmp_path: Path
) -> None:
    parquet, text = tmp_path / "it's.parquet", tmp_path / "trials.csv"
    export(empty_aws, "--parquet", str(parquet), "--csv", str(text))
    table = duckdb.read_parquet(str(parquet))
    types = dict(zip(table.columns, map(str, table.types), strict=True))
    assert (types["max_depth"], types["eta"], types["subsample"]) == ("BIGINT", "DOUBLE", "VARCHAR")
    assert types["TrainingEndTime"] == "TIMESTAMP WITH TIME ZONE"
    best = tuning_job["BestTrainingJob"]
    metric = best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"]
    rows = table.project('TrainingJobName, "validation:logloss", eta').fetchall()
    assert len(rows) == TRIALS
    tuned = best["TunedHyperParameters"]
    assert rows[0] == (best["TrainingJobName"], pytest.approx(metric), float(tuned["eta"]))
    with text.open(newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["TrainingJobName"] for row in written] == [name for name, _, _ in rows]
    assert [float(row["eta"]) for row in written] == [eta for _, _, eta in rows]


def test_optuna_loads_the_study_and_a_second_export_adds_nothing(
    empty_aws: Run, tuning_job: dict[str, Any], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/study.db"
    assert f"has {TRIALS} more trials, {TRIALS} in all" in export(empty_aws, "--study", url)
    assert f"has 0 more trials, {TRIALS} in all" in export(empty_aws, "--study", url)
    study = optuna.load_study(study_name=JOB, storage=url)
    assert len(study.trials) == TRIALS
    assert study.direction.name == "MINIMIZE"
    best = tuning_job["BestTrainingJob"]
    assert study.best_trial.user_attrs["TrainingJobName"] == best["TrainingJobName"]
    curve = study.best_trial.intermediate_values
    assert list(curve) == list(range(1, ROUNDS + 1))
    assert curve[ROUNDS] == pytest.approx(study.best_value, abs=1e-5)
    assert study.best_trial.distributions["eta"] == optuna.distributions.FloatDistribution(
        0.01, 0.3, log=True
    )


@pytest.fixture
def mlflow_server(tmp_path: Path) -> Iterator[str]:
    """MLflow's own server, in its own environment: it cannot be installed beside moto."""
    if not MLFLOW.exists():
        pytest.skip("MLflow's server is not installed: make .venv-sdk/.installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--backend-store-uri", f"sqlite:///{tmp_path}/mlflow.db", "--port", str(port)]
    artefacts = ["--artifacts-destination", str(tmp_path / "artefacts"), "--workers", "1"]
    server = subprocess.Popen(
        [MLFLOW, "server", *arguments, *artefacts],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": f"{MLFLOW.parent}:/usr/bin:/bin", "MLFLOW_DISABLE_TELEMETRY": "true"},
        start_new_session=True,
    )
    try:
        wait_until(lambda: is_open(port), seconds=90)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # asked to end, it takes its time
        server.wait()


def is_open(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_an_mlflow_server_has_a_run_a_trial_with_curves_and_the_best_model(
    empty_aws: Run, tuning_job: dict[str, Any], mlflow_server: str
) -> None:
    from mlflow import MlflowClient  # two seconds that each process would take to collect tests

    assert f"has {TRIALS} more runs" in export(empty_aws, "--mlflow", mlflow_server)
    client = MlflowClient(mlflow_server)
    experiment = client.get_experiment_by_name(JOB)
    assert experiment is not None
    cut_off = client.create_run(experiment.experiment_id)  # as an export that was cut off leaves it
    assert "has 0 more runs" in export(empty_aws, "--mlflow", mlflow_server)
    runs = client.search_runs([experiment.experiment_id])
    assert len(runs) == TRIALS
    assert cut_off.info.run_id not in [run.info.run_id for run in runs]
    (best,) = (run for run in runs if "sagemaker.BestTrainingJob" in run.data.tags)
    expected = tuning_job["BestTrainingJob"]
    assert best.info.run_name == expected["TrainingJobName"]
    assert best.data.params == expected["TunedHyperParameters"] | STATIC
    history = client.get_metric_history(best.info.run_id, "validation:logloss")
    assert [point.step for point in history] == list(range(1, ROUNDS + 1))
    (model,) = client.list_artifacts(best.info.run_id, "model")
    assert model.path == "model/model.tar.gz"
    assert model.file_size


@pytest.mark.usefixtures("tuning_job")
@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--study", "study.db"), 2, "such as sqlite:///runs/study.db"),
        (("--csv", "/nowhere/trials.csv"), 2, "--csv: /nowhere/trials.csv cannot be written"),
        (("--parquet", "/nowhere/trials"), 2, "--parquet: /nowhere/trials cannot be written"),
        (("--mlflow", "http://user:a/secret@b@127.0.0.1:1"), 1, "--mlflow http://***@127.0.0.1:1"),
    ],
    ids=["no-database", "no-folder-for-csv", "no-folder-for-parquet", "no-server"],
)
def test_a_place_that_cannot_be_written_is_named(
    empty_aws: Run, options: tuple[str, str], code: int, said: str
) -> None:
    ended = empty_aws("export", JOB, *options)
    assert (ended.exit_code, "secret" in ended.output) == (code, False), ended.output
    assert said in ended.output


def test_a_report_is_made_of_the_same_tuning_job(
    empty_aws: Run, tuning_job: dict[str, Any], tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    ended = empty_aws("report", JOB, "--output", str(page))
    assert ended.exit_code == 0, ended.output
    assert page.as_uri() in ended.output
    text = page.read_text()
    data = text.split('id="report-data">')[1].split("</script>")[0]
    document = json.loads(data)
    assert document["Best"] == tuning_job["BestTrainingJob"]["TrainingJobName"]
    assert [len(job["Curve"]["Points"]) for job in document["Jobs"]] == [ROUNDS] * TRIALS
    assert document["Curves"] == {"Shown": TRIALS, "LeftOut": 0, "Unit": "round", "Note": None}
    assert "Its budget of 4 training jobs was used up." in text
    twice = empty_aws("report", JOB, JOB, "--output", "-")  # the same is told once
    assert f"<title>{JOB}</title>" in twice.output
