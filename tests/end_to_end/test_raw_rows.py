"""`retune predict` takes raw rows of the table behind the model that serves, whichever it is."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment

ENDPOINT = "retune-raw"
JOBS = ("admin", "chef", "smith, junior")


def table(cities: str, rows: int = 600) -> str:
    """Chefs buy when they are young, everybody else when they are old; all live in 40 cities."""
    dice, text = random.Random(5), io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["age", "job", "city", "bought"])
    for _ in range(rows):
        age, job = dice.randint(18, 80), dice.choice(JOBS)
        buys = dice.random() < (0.9 if (job == "chef") ^ (age > 45) else 0.1)
        city, known = f"{cities} {dice.randint(1, 40)}", dice.random() < 0.9
        writer.writerow([age if known else "", job, city, "buys" if buys else "leaves"])
    return text.getvalue()


@pytest.fixture(scope="module")
def run(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Prepares a table, trains on it and deploys, with the command line alone."""

    def run(cities: str) -> dict[str, Any]:
        file = tmp_path_factory.mktemp("tables") / f"{cities}.csv"
        file.write_text(table(cities))
        prepared = deployment.retune("prepare", str(file), "--label", "bought")
        document = {
            **json.loads(prepared.stdout),
            "ParameterRanges": {"eta": {"MinValue": "0.2", "MaxValue": "0.3"}},  # all alike
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
            "Endpoint": {"EndpointName": ENDPOINT},
            "Promotion": {"Margin": -1},
        }
        described = deployment.run(document)
        assert described["status"] == "SUCCEEDED", described
        summary: dict[str, Any] = json.loads(described["output"])
        assert summary["Outcome"] == "Deployed"
        return {**summary, "Name": described["name"]}

    return run


@pytest.fixture(scope="module")
def first(run: Any) -> dict[str, Any]:
    return dict(run("north"))


def predict(deployment: Deployment, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["retune", "predict", "--endpoint-name", ENDPOINT, *options],
        env=deployment.environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_classes_and_probabilities_are_answered_beside_what_really_happened(
    deployment: Deployment, first: dict[str, Any]
) -> None:
    told = predict(deployment, table("north"), "--label-column", "bought")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert list(rows[0]) == ["actual", "predicted", "buys", "leaves"]
    right = sum(row["actual"] == row["predicted"] for row in rows)
    assert right > 0.8 * len(rows) == 480
    assert all(float(row["buys"]) + float(row["leaves"]) == pytest.approx(1) for row in rows)
    assert told.stderr == ""


def test_report_names_the_columns_that_mattered_and_the_registry_their_description(
    deployment: Deployment, first: dict[str, Any]
) -> None:
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    folder = f"runs/{first['Name']}/"
    report = s3.get_object(Bucket=bucket, Key=f"{folder}report.html")["Body"].read().decode()
    mattered = report.partition("Columns that mattered")[2].partition("</table>")[0]
    assert mattered.index(">age<") < mattered.index(">city<")
    package = deployment.client("sagemaker").describe_model_package(
        ModelPackageName=first["ModelPackageArn"]
    )
    named = package["CustomerMetadataProperties"]["Preparation"]
    assert named == f"s3://{bucket}/{folder}retune.preparation.json"
    s3.head_object(Bucket=bucket, Key=f"{folder}encoder.py")


REFUSED = {
    "age,city\n30,north 1\n": "Column 'job': stdin lacks what the model was trained with",
    "age,job,city\n30,chef,north 1\nold,chef,north 1\n": "stdin, line 3: Column 'age' has a cell",
    "age,job,city\n30,chef\n": "stdin, line 2, has 2 columns, and the header 3",
}


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.usefixtures("first")
def test_table_of_another_kind_is_refused_with_column_and_line(
    deployment: Deployment, text: str
) -> None:
    told = predict(deployment, text)
    assert (told.returncode, told.stdout) == (2, "")
    assert REFUSED[text] in told.stderr
    assert "old" not in told.stderr  # no cell is shown


@pytest.mark.usefixtures("first")
def test_rows_of_features_are_predicted_as_ever(deployment: Deployment, tmp_path: Path) -> None:
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    folder = "prepared/north/test/"
    (listed, *_) = s3.list_objects_v2(Bucket=bucket, Prefix=folder)["Contents"]
    rows = s3.get_object(Bucket=bucket, Key=listed["Key"])["Body"].read().decode()
    for options in ((), ("--no-header",)):
        told = predict(deployment, rows, "--label-column", "0", *options)
        assert told.stdout.startswith("actual,predicted\n"), told.stderr
        assert len(told.stdout.splitlines()) == rows.count("\n") + 1
    refused = predict(deployment, rows)  # with their labels
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--label-column 0 takes off a label" in refused.stderr


@pytest.mark.usefixtures("first")
def test_json_and_libsvm_are_predicted_as_the_same_rows_of_csv_are(deployment: Deployment) -> None:
    raw = [{"age": 30, "job": "chef", "city": "north 1"}, {"job": "admin", "city": "north 2"}]
    header = "age,job,city\n30,chef,north 1\n,admin,north 2\n"
    given = [json.dumps(raw), header]
    assert len({predict(deployment, text).stdout for text in given}) == 1
    probability = json.loads(predict(deployment, header, "--format", "json").stdout)[0]["buys"]
    assert probability > 0.5
    rows = [[30.0, 0.0, 1.0, 0.0, 5.0], [50.0, 1.0, 0.0, 0.0, 7.0]]
    alike = ["\n".join(",".join(map(str, row)) for row in rows), json.dumps(rows)]
    alike.append("\n".join(" ".join(f"{i}:{x}" for i, x in enumerate(row)) for row in rows))
    answers = [predict(deployment, text) for text in alike]
    assert len({answer.stdout for answer in answers}) == 1, answers
    assert len(answers[0].stdout.splitlines()) == 2


def test_description_is_that_of_the_model_that_serves_also_after_a_rollback(
    deployment: Deployment, first: dict[str, Any], run: Any
) -> None:
    moved = "note,city,job,age\nx,south 1,chef,30\ny,south 2,chef,60\n"  # in another order
    unseen = "Column 'city' has an unseen value in 2 rows"
    before = predict(deployment, moved)
    assert unseen in before.stderr
    assert "Column 'note': not used" in before.stderr
    run("south")
    after = predict(deployment, moved)
    assert "unseen" not in after.stderr
    assert after.stdout != before.stdout
    deployment.retune("rollback", ENDPOINT, "--watch")
    back = predict(deployment, moved)
    assert back.stdout == before.stdout
    assert unseen in back.stderr
