"""Scripts in SageMaker's scikit-learn and XGBoost images train and are tuned as processes.

With Docker they run there: test_script_mode.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.local_sagemaker.scripts import (
    SCIKIT_LEARN,
    XGBOOST,
    archive,
    put_code,
    script_request,
    train,
)
from tests.local_sagemaker.server import (
    BUCKET,
    HYPERPARAMETERS,
    LocalSageMaker,
    channel,
    new_name,
    tuning_request,
)
from tests.local_sagemaker.waiting import log_lines, wait_for_training, wait_for_tuning, wait_until

TRAIN = """
    import argparse, json, os

    parser = argparse.ArgumentParser()
    parser.add_argument("--depth", type=int)
    parser.add_argument("--kind")
    parser.add_argument("--model-dir", default=os.environ["SM_MODEL_DIR"])
    parser.add_argument("--train", default=os.environ["SM_CHANNEL_TRAIN"])
    given = parser.parse_args()
    rows = open(f"{given.train}/rows.csv").read().splitlines()
    print(f"accuracy={given.depth / 10};", len(rows), given.kind, os.environ["SM_HP_DEPTH"])
    print(json.loads(os.environ["SM_HPS"]), os.environ["SM_NUM_GPUS"], os.environ["SM_HOSTS"])
    print(f'code of "{os.environ["SM_MODULE_DIR"]}"')
    with open(f"{given.model_dir}/model.json", "w") as file:
        json.dump(vars(given) | {"code": os.listdir()}, file)
    """
METRICS = [{"Name": "accuracy", "Regex": "accuracy=([0-9.]+);"}]


@pytest.fixture(autouse=True)
def no_docker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def lines(local: LocalSageMaker, job: dict[str, Any]) -> list[str]:
    return log_lines(local, "/aws/sagemaker/TrainingJobs", job["TrainingJobName"])


@pytest.mark.parametrize("image", [SCIKIT_LEARN, XGBOOST])
def test_hyperparameters_are_arguments_and_variables_of_the_script(
    local: LocalSageMaker, image: str
) -> None:
    request = script_request(local, TRAIN, image, depth="7", kind='"a b"')
    job = train(local, request)
    assert job["TrainingJobStatus"] == "Completed", job["FailureReason"]
    assert "python3 train.py --depth 7 --kind 'a b'" in lines(local, job)
    assert "accuracy=0.7; 200 a b 7" in lines(local, job)
    assert "{'depth': 7, 'kind': 'a b'} 0 [\"algo-1\"]" in lines(local, job)
    assert f"code of {request['HyperParameters']['sagemaker_submit_directory']}" in lines(
        local, job
    )
    assert job["ModelArtifacts"]["S3ModelArtifacts"].endswith("model.tar.gz")


def test_paths_below_opt_ml_lead_to_the_folder_of_the_job(local: LocalSageMaker) -> None:
    script = """
        import os, sys
        (_, _, path, _, place) = sys.argv
        print(os.listdir(path), place, os.listdir(os.environ["DATA"]))
        """
    given = {"a-path": '"/opt/ml/input/data"', "b": "s3://b/opt/ml/x"}
    request = script_request(local, script, **given)
    request["Environment"] = {"DATA": "/opt/ml/input/data/train"}
    job = train(local, request)
    assert "['train', 'validation'] s3://b/opt/ml/x ['rows.csv']" in [
        line.replace("['validation', 'train']", "['train', 'validation']")
        for line in lines(local, job)
    ]


def test_metrics_are_found_by_regular_expressions_and_can_be_tuned(local: LocalSageMaker) -> None:
    code = put_code(local, train__py=TRAIN)
    static = {"sagemaker_program": "train.py", "sagemaker_submit_directory": code, "kind": "b"}
    request = tuning_request(new_name("script"), jobs=3, parallel=1, static=static)
    specification = request["TrainingJobDefinition"]["AlgorithmSpecification"]
    specification |= {"TrainingImage": SCIKIT_LEARN, "MetricDefinitions": METRICS}
    config = request["HyperParameterTuningJobConfig"]
    config["HyperParameterTuningJobObjective"] = {"Type": "Maximize", "MetricName": "accuracy"}
    config["ParameterRanges"] = {
        "IntegerParameterRanges": [{"Name": "depth", "MinValue": "1", "MaxValue": "9"}]
    }
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    best = wait_for_tuning(local, request["HyperParameterTuningJobName"])["BestTrainingJob"]
    depth = int(best["TunedHyperParameters"]["depth"])
    found = best["FinalHyperParameterTuningJobObjectiveMetric"]["Value"]
    assert found == pytest.approx(depth / 10)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            "import nowhere_to_be_found",
            "AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "
            "\"ModuleNotFoundError: No module named 'nowhere_to_be_found'\"\n"
            'Command "python3 train.py", exit code: 1',
        ),
        (
            "import sys; sys.exit('no rows')",
            'ExecuteUserScriptError:\nExitCode 1\nErrorMessage "no rows"',
        ),
        ("raise SystemExit(3)", "ExecuteUserScriptError:\nExitCode 3\nErrorMessage"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "AlgorithmError: the container gave no reason, exit code: 137",
        ),
    ],
    ids=["import", "message", "exit code", "killed"],
)
def test_failure_of_the_script_is_the_reason(
    local: LocalSageMaker, script: str, reason: str
) -> None:
    job = train(local, script_request(local, script))
    assert job["TrainingJobStatus"] == "Failed"
    assert reason in job["FailureReason"]


@pytest.mark.parametrize("name", ["requirements__txt", "setup__py"])
def test_code_that_wants_packages_is_refused_by_name(local: LocalSageMaker, name: str) -> None:
    request = script_request(local, "print(1)")
    code = put_code(local, train__py="print(1)", **{name: "pandas"})
    request["HyperParameters"]["sagemaker_submit_directory"] = code
    reason = train(local, request)["FailureReason"]
    assert f"ClientError: The code has a {name.replace('__', '.')}" in reason


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("absent.py", "The code has no 'absent.py'"),
        ("../train.py", "leaves its directory"),
        ("/etc/passwd", "The code has no '/etc/passwd'"),
    ],
)
def test_program_that_is_not_in_the_code_is_named(
    local: LocalSageMaker, program: str, words: str
) -> None:
    request = script_request(local, "print(1)", sagemaker_program=program)
    assert words in train(local, request)["FailureReason"]


def test_scikit_learn_without_a_script_says_what_is_missing(local: LocalSageMaker) -> None:
    request = script_request(local, "print(1)")
    request["HyperParameters"] = {}
    assert "name it in sagemaker_program" in train(local, request)["FailureReason"]


def test_code_of_an_isolated_job_comes_by_a_channel(local: LocalSageMaker) -> None:
    local.s3.put_object(
        Bucket=BUCKET, Key="isolated/sourcedir.tar.gz", Body=archive(train__py="print('here')")
    )
    place = "/opt/ml/input/data/code/sourcedir.tar.gz"
    request = script_request(local, "print(1)", sagemaker_submit_directory=f'"{place}"')
    source = channel("code")
    source["DataSource"]["S3DataSource"]["S3Uri"] = f"s3://{BUCKET}/isolated/"
    request["InputDataConfig"].append(source)
    job = train(local, request | {"EnableNetworkIsolation": True})
    assert job["TrainingJobStatus"] == "Completed"
    assert "here" in lines(local, job)


def test_script_that_is_stopped_leaves_what_it_has_written(local: LocalSageMaker) -> None:
    script = """
        import os, pathlib, time
        pathlib.Path(os.environ["SM_MODEL_DIR"], "half").write_text("1")
        print("begun", flush=True)
        time.sleep(600)
        """
    request = script_request(local, script)
    local.sagemaker.create_training_job(**request)
    job = {"TrainingJobName": request["TrainingJobName"]}
    describe = local.sagemaker.describe_training_job
    wait_until(lambda: describe(**job), lambda seen: seen["SecondaryStatus"] == "Training")
    wait_until(lambda: {"log": lines(local, job)}, lambda seen: "begun" in seen["log"])
    local.sagemaker.stop_training_job(**job)
    ended = wait_for_training(local, job["TrainingJobName"])
    assert ended["TrainingJobStatus"] == "Stopped"
    key = f"output/{job['TrainingJobName']}/output/model.tar.gz"
    assert local.s3.head_object(Bucket=BUCKET, Key=key)["ContentLength"] > 0


def test_script_does_not_get_variables_that_run_other_code(local: LocalSageMaker) -> None:
    request = script_request(local, "import os; print(os.environ.get('PYTHONSTARTUP'))")
    job = train(local, request | {"Environment": {"PYTHONSTARTUP": "/tmp/other.py", "MINE": "1"}})
    assert "None" in lines(local, job)
    assert any("does not get PYTHONSTARTUP" in line for line in lines(local, job))


def test_xgboost_without_a_script_trains_by_itself(local: LocalSageMaker) -> None:
    request = script_request(local, "print(1)", XGBOOST)
    request["HyperParameters"] = HYPERPARAMETERS
    assert train(local, request)["FinalMetricDataList"]
