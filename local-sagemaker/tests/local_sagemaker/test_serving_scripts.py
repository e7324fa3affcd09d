"""Scripts in SageMaker's scikit-learn and XGBoost images serve models as processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.local_sagemaker.scripts import (
    SCIKIT_LEARN,
    XGBOOST,
    ask,
    script_request,
    serve,
    train,
)
from tests.local_sagemaker.server import (
    BUCKET,
    LocalSageMaker,
    new_name,
)
from tests.local_sagemaker.waiting import log_lines, wait_until

DOUBLE = """
    def model_fn(directory):
        return int(open(f"{directory}/factor").read())

    def predict_fn(data, factor):
        return data * factor
    """
MODEL = {"factor": "2"}


@pytest.fixture(autouse=True)
def no_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_functions_of_a_script_serve_its_model(local: LocalSageMaker) -> None:
    script = """
        import json

        def model_fn(directory):
            return json.load(open(f"{directory}/factor"))

        def input_fn(body, content_type):
            assert isinstance(body, bytes), type(body)
            return float(body)

        def predict_fn(number, factor):
            return number * factor

        def output_fn(prediction, accept):
            return f"{prediction} {accept}", "text/plain"

        if __name__ == "__main__":
            raise RuntimeError("it is imported, and not run")
        """
    endpoint = serve(local, script, MODEL)
    assert endpoint["EndpointStatus"] == "InService", endpoint["FailureReason"]
    answer = ask(local, endpoint, "1.5", ContentType="application/x-number", Accept="a/b")
    assert answer == ("3.0 a/b", "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "types", "answer"),
    [
        ("1,2\n3,4", {"ContentType": "text/csv"}, "[[2.0, 4.0], [6.0, 8.0]]"),
        ("[[1.5]]", {"ContentType": "application/json", "Accept": "text/csv"}, "3.0\n"),
    ],
)
def test_arrays_are_read_and_written_where_a_script_does_not(
    local: LocalSageMaker, body: str, types: dict[str, str], answer: str
) -> None:
    assert ask(local, serve(local, DOUBLE, MODEL), body, **types)[0] == answer


def test_answer_is_what_the_server_of_the_image_makes_of_a_result(local: LocalSageMaker) -> None:
    """Flask's, which takes no list; a text without a type is one for browsers."""
    script = """
        import json

        def model_fn(directory):
            return None

        def input_fn(body, content_type):
            return json.loads(body)

        def predict_fn(given, model):
            return given

        def output_fn(given, accept):
            return tuple(given) if isinstance(given, list) and accept == "a/tuple" else given
        """
    endpoint = serve(local, script, MODEL)
    json_type = {"ContentType": "application/json"}
    assert ask(local, endpoint, '"a"', **json_type) == ("a", "text/html; charset=utf-8")
    assert ask(local, endpoint, '{"b": 1, "a": [2]}', **json_type) == (
        '{"a":[2],"b":1}\n',
        "application/json",
    )
    typed = ask(local, endpoint, '["1,2", "text/csv"]', **json_type, Accept="a/tuple")
    assert typed == ("1,2", "text/csv; charset=utf-8")
    with pytest.raises(local.runtime.exceptions.ModelError, match="but it was a list"):
        ask(local, endpoint, "[1]", **json_type)


def test_transform_fn_does_all_by_itself(local: LocalSageMaker) -> None:
    script = """
        def model_fn(directory):
            return 5

        def transform_fn(model, body, content_type, accept):
            return f"{model} {body} {content_type}", accept
        """
    answer = ask(local, serve(local, script, MODEL), "a", ContentType="text/csv", Accept="a/x")
    assert answer == ("5 a text/csv", "a/x")


@pytest.mark.parametrize(
    ("body", "types", "status"),
    [
        ("x", {"ContentType": "image/png"}, 415),
        ("1", {"ContentType": "text/csv", "Accept": "image/png"}, 406),
        ("{}", {"ContentType": "application/json"}, 500),
    ],
)
def test_errors_of_a_script_are_model_errors(
    local: LocalSageMaker, body: str, types: dict[str, str], status: int
) -> None:
    endpoint = serve(local, DOUBLE, MODEL)
    with pytest.raises(local.runtime.exceptions.ModelError) as refused:
        ask(local, endpoint, body, **types)
    assert refused.value.response["OriginalStatusCode"] == status


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import nowhere_to_be_found", "No module named 'nowhere_to_be_found'"),
        ("print(1)", "Please provide a model_fn implementation."),
        (
            "def transform_fn(): ...\ndef predict_fn(): ...",
            "Cannot use transform_fn implementation with input_fn, predict_fn, and/or output_fn",
        ),
    ],
)
def test_endpoint_of_a_script_that_does_not_load_fails_and_its_log_says_why(
    local: LocalSageMaker, script: str, words: str
) -> None:
    endpoint = serve(local, script, MODEL)
    assert "did not pass the ping health check" in endpoint["FailureReason"]
    log = log_lines(local, f"/aws/sagemaker/Endpoints/{endpoint['EndpointName']}")
    assert any(words in line for line in log)


def test_code_may_come_with_the_model(local: LocalSageMaker) -> None:
    model = MODEL | {"code/serve__py": DOUBLE}
    inside = {"SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code"}
    endpoint = serve(local, "print(1)", model, **inside)
    assert ask(local, endpoint, "[2]", ContentType="application/json")[0] == "[4.0]"


def test_xgboost_reads_rows_for_a_script_into_its_own_matrix(local: LocalSageMaker) -> None:
    script = """
        def model_fn(directory):
            return None

        def predict_fn(matrix, model):
            return [matrix.num_row(), matrix.num_col()]
        """
    endpoint = serve(local, script, MODEL, XGBOOST)
    answer = ask(local, endpoint, "0 1:2\n1 3:4", ContentType="text/libsvm")
    assert answer == ("2\n4\n", "text/csv; charset=utf-8")


def test_answers_may_be_written_with_the_packages_of_the_image(local: LocalSageMaker) -> None:
    script = """
        from sagemaker_containers.beta.framework import (
            content_types, encoders, env, modules, transformer, worker)

        def model_fn(directory):
            return None

        def input_fn(body, content_type):
            return encoders.decode(body, content_type)

        def predict_fn(rows, model):
            return rows + 1

        def output_fn(rows, accept):
            if accept == content_types.JSON:
                return worker.Response(encoders.encode(rows, accept))
            return worker.Response(encoders.encode(rows, accept) + transformer.end, mimetype=accept)
        """
    endpoint = serve(local, script, MODEL)
    answer = ask(local, endpoint, "1,2\n3,4", ContentType="text/csv")
    assert answer == ("[[2.0, 3.0], [4.0, 5.0]]", "application/json")
    with pytest.raises(local.runtime.exceptions.ModelError, match="transformer the name alone"):
        ask(local, endpoint, "1,2", ContentType="text/csv", Accept="text/csv")


def test_xgboost_script_reads_rows_with_the_package_of_the_image(local: LocalSageMaker) -> None:
    script = """
        import os
        import sagemaker_xgboost_container.encoder as encoder
        from sagemaker_containers import entry_point
        from sagemaker_xgboost_container import distributed
        from sagemaker_xgboost_container.data_utils import get_dmatrix

        def model_fn(directory):
            return None

        def input_fn(body, content_type):
            return encoder.decode(body, content_type)

        def predict_fn(matrix, model):
            return [matrix.num_row(), matrix.num_col()]

        if __name__ == "__main__":
            rows = get_dmatrix(os.environ["SM_CHANNEL_TRAIN"], "csv")
            print("rows", rows.num_row(), rows.num_col(), get_dmatrix("/opt/ml/nothing", "csv"))
        """
    job = train(local, script_request(local, script, XGBOOST))
    log = log_lines(local, "/aws/sagemaker/TrainingJobs", job["TrainingJobName"])
    assert "rows 200 2 None" in log, job["FailureReason"]
    endpoint = serve(local, script, MODEL, XGBOOST)
    assert ask(local, endpoint, "1,2,3\n4,5,6", ContentType="text/csv")[0] == "2\n3\n"
    with pytest.raises(local.runtime.exceptions.ModelError, match="a/b is not supported"):
        ask(local, endpoint, "1,2", ContentType="a/b")


def test_trained_script_serves_its_own_model(local: LocalSageMaker) -> None:
    script = """
        import os, pickle
        from sklearn.linear_model import LogisticRegression

        def model_fn(directory):
            return pickle.load(open(f"{directory}/model.pkl", "rb"))

        if __name__ == "__main__":
            rows = open(f"{os.environ['SM_CHANNEL_TRAIN']}/rows.csv").read().split()
            table = [[float(cell) for cell in row.split(",")] for row in rows]
            model = LogisticRegression().fit([row[1:] for row in table], [row[0] for row in table])
            pickle.dump(model, open(f"{os.environ['SM_MODEL_DIR']}/model.pkl", "wb"))
        """
    pytest.importorskip("sklearn")
    request = script_request(local, script)
    job = train(local, request)
    assert job["TrainingJobStatus"] == "Completed", job["FailureReason"]
    name = new_name("script")
    code = json.loads(request["HyperParameters"]["sagemaker_submit_directory"])
    local.sagemaker.create_model(
        ModelName=name,
        ExecutionRoleArn=request["RoleArn"],
        PrimaryContainer={
            "Image": SCIKIT_LEARN,
            "ModelDataUrl": job["ModelArtifacts"]["S3ModelArtifacts"],
            "Environment": {
                "SAGEMAKER_PROGRAM": "train.py",
                "SAGEMAKER_SUBMIT_DIRECTORY": code,
            },
        },
    )
    source = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/{name}/rows.csv"}
    local.s3.put_object(Bucket=BUCKET, Key=f"{name}/rows.csv", Body="0.99,0.5\n0.01,0.5\n")
    local.sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=name,
        TransformInput={
            "DataSource": {"S3DataSource": source},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/{name}/out", "Accept": "text/csv"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    ended = wait_until(
        lambda: local.sagemaker.describe_transform_job(TransformJobName=name),
        lambda seen: seen["TransformJobStatus"] not in ("InProgress", "Stopping"),
    )
    assert ended["TransformJobStatus"] == "Completed", ended["FailureReason"]
    out = local.s3.get_object(Bucket=BUCKET, Key=f"{name}/out/rows.csv.out")["Body"].read()
    assert out == b"1.0\n0.0\n"
