"""Processing jobs that really run their program, without Docker and with it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.own_images import IMAGE as OWN_IMAGE
from tests.local_sagemaker.own_images import calls
from tests.local_sagemaker.processing import (
    CODE,
    OUTPUT,
    process,
    processing_request,
    put_script,
    s3_input,
    s3_output,
    start,
    wait,
)
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name
from tests.local_sagemaker.waiting import log_lines, wait_until

LOGS = "/aws/sagemaker/ProcessingJobs"
ROWS = "/opt/ml/processing/input/rows/rows.csv"


def uploaded(local: LocalSageMaker, name: str) -> dict[str, str]:
    """What lies in the job's output, by the rest of its key."""
    listed = local.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{name}/").get("Contents", [])
    return {
        entry["Key"].removeprefix(f"{name}/"): local.s3.get_object(Bucket=BUCKET, Key=entry["Key"])[
            "Body"
        ]
        .read()
        .decode()
        for entry in listed
    }


def test_program_reads_inputs_and_leaves_outputs_log_and_exit_message(
    local: LocalSageMaker,
) -> None:
    job = process(
        local,
        """
        import argparse, pathlib
        parser = argparse.ArgumentParser()
        for name in ("rows", "output", "message"):
            parser.add_argument(f"--{name}", type=pathlib.Path)
        given = parser.parse_args()
        count = len(given.rows.read_text().split())
        (given.output / "counts").mkdir()
        (given.output / "counts" / "rows.txt").write_text(str(count))
        given.message.write_text(f"{count} rows")
        print("counted", count)
        """,
        *("--rows", ROWS, f"--output={OUTPUT}", "--message=/opt/ml/output/message"),
    )
    name = job["ProcessingJobName"]
    assert job["ProcessingJobStatus"] == "Completed", job
    assert job["ExitMessage"] == "200 rows"
    assert uploaded(local, name) == {"counts/rows.txt": "200"}
    assert log_lines(local, LOGS, f"{name}/algo-1-") == ["counted 200"]
    assert job["CreationTime"] <= job["ProcessingStartTime"] <= job["ProcessingEndTime"]
    assert job["StoppingCondition"] == {"MaxRuntimeInSeconds": 86_400}
    events = [event.detail for event in local.events if event.arn == job["ProcessingJobArn"]]
    assert [event["ProcessingJobStatus"] for event in events] == ["InProgress", "Completed"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has mount namespaces")
def test_program_may_spell_out_paths_of_opt_ml(local: LocalSageMaker) -> None:
    """So may those that it starts; to others of this machine there is no such folder."""
    job = process(
        local,
        f"""
        import subprocess
        subprocess.run(["cp", "{ROWS}", "{OUTPUT}/copy.csv"], check=True)
        with open("{OUTPUT}/lines.txt", "w") as file:
            file.write(str(len(open("{ROWS}").readlines())))
        """,
    )
    assert job["ProcessingJobStatus"] == "Completed", job
    files = uploaded(local, job["ProcessingJobName"])
    assert files["lines.txt"] == "200"
    assert len(files["copy.csv"].split()) == 200
    assert not Path(OUTPUT).exists()


def test_program_installs_packages_for_its_job_alone(local: LocalSageMaker) -> None:
    """One that pip builds from its source, with what it has installed for the build."""
    job = process(
        local,
        """
        import pathlib, subprocess, sys
        backend = '''
        import pathlib, zipfile

        def wheel(folder, name, code):
            about = name + "-1.0.dist-info/"
            texts = {
                name + ".py": [code],
                about + "METADATA": ["Metadata-Version: 2.1", "Name: " + name, "Version: 1.0"],
                about + "WHEEL": ["Wheel-Version: 1.0", "Tag: py3-none-any"],
                about + "RECORD": [],
            }
            file = pathlib.Path(folder, name + "-1.0-py3-none-any.whl")
            with zipfile.ZipFile(file, "w") as archive:
                for text, lines in texts.items():
                    archive.writestr(text, chr(10).join(lines))
            return file.name

        def build_wheel(folder, config_settings=None, metadata_directory=None):
            return wheel(folder, "brought", "VALUE = 7")
        '''
        exec(backend)
        wheel(sys.argv[1], "backend", backend)
        settings = "[build-system]\\nrequires = ['backend']\\nbuild-backend = 'backend'"
        pathlib.Path(sys.argv[1], "pyproject.toml").write_text(settings)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index"]
        subprocess.run([*pip, "--find-links", *sys.argv[1:] * 2], check=True)
        import brought
        print(brought.VALUE)
        """,
        OUTPUT,
    )
    assert log_lines(local, LOGS, f"{job['ProcessingJobName']}/") == ["7"]
    assert importlib.util.find_spec("brought") is None


def test_program_finds_its_job_in_opt_ml_config(local: LocalSageMaker) -> None:
    job = process(
        local,
        """
        import os, pathlib, shutil, sys
        config = pathlib.Path(sys.argv[1])
        shutil.copytree(config, sys.argv[2], dirs_exist_ok=True)
        """,
        *("/opt/ml/config", OUTPUT),
    )
    files = uploaded(local, job["ProcessingJobName"])
    config = json.loads(files["processingjobconfig.json"])
    assert config["ProcessingJobName"] == job["ProcessingJobName"]
    assert config["ProcessingInputs"] == job["ProcessingInputs"]
    assert json.loads(files["resourceconfig.json"]) == {
        "current_host": "algo-1",
        "hosts": ["algo-1"],
    }


def test_program_runs_as_alone_as_in_its_image(
    local: LocalSageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its own folder and the Environment of its job, and nothing of the server's."""
    monkeypatch.setenv("OF_THE_DEVELOPER", "secret")
    environment = {"STAGE": "test", "DATA": ROWS, "PYTHONPATH": "/evil", "LD_PRELOAD": "/evil.so"}
    job = process(
        local,
        """
        import os, sys
        assert __name__ == "__main__"
        print(os.environ["STAGE"], open(os.environ["DATA"]).readline().count(","))
        print("path", sys.path[0] == os.path.dirname(__file__), os.getcwd() in sys.path)
        print([name for name in ("OF_THE_DEVELOPER", "PYTHONPATH") if name in os.environ])
        """,
        Environment=environment,
    )
    assert job["ProcessingJobStatus"] == "Completed"
    first, *lines = log_lines(local, LOGS, f"{job['ProcessingJobName']}/")
    assert "does not get PYTHONPATH, LD_PRELOAD of its Environment" in first
    assert lines == ["test 2", "path True False", "[]"]


def test_failed_program_tells_why_and_uploads_nothing(local: LocalSageMaker) -> None:
    job = process(
        local,
        """
        import sys
        open(sys.argv[1] + "/half.csv", "w").write("1,2")
        open(sys.argv[2], "w").write("The column 'age' is missing." + "é" * 1024)
        sys.exit(3)
        """,
        *(OUTPUT, "/opt/ml/output/message"),
    )
    assert job["ProcessingJobStatus"] == "Failed"
    assert job["FailureReason"] == "AlgorithmError: See job logs for more information"
    assert job["ExitMessage"].startswith("The column 'age' is missing.éé")
    assert len(job["ExitMessage"].encode()) in (1023, 1024)
    assert uploaded(local, job["ProcessingJobName"]) == {}


def test_message_that_is_no_text_fails_the_job(local: LocalSageMaker) -> None:
    script = 'import sys; open(sys.argv[1], "wb").write(b"\\xff")'
    job = process(local, script, "/opt/ml/output/message")
    assert job["FailureReason"] == "ClientError: /opt/ml/output/message is not UTF-8 encoded."


def test_links_are_not_followed(local: LocalSageMaker) -> None:
    script = """
        import os, sys
        os.symlink("/etc/hostname", sys.argv[1] + "/file")
        os.symlink("/etc", sys.argv[1] + "/folder")
        open(sys.argv[1] + "/own", "w").write("own")
        """
    job = process(local, script, OUTPUT)
    assert job["ProcessingJobStatus"] == "Completed"
    assert uploaded(local, job["ProcessingJobName"]) == {"own": "own"}


def test_script_that_is_missing_fails_the_job(local: LocalSageMaker) -> None:
    request = processing_request(new_name("process"))
    put_script(local, request["ProcessingJobName"], "")
    request["AppSpecification"]["ContainerEntrypoint"] = ["python3", f"{CODE}/other.py"]
    local.sagemaker.create_processing_job(**request)
    job = wait(local, request["ProcessingJobName"])
    assert job["ProcessingJobStatus"] == "Failed"
    (line,) = log_lines(local, LOGS, f"{job['ProcessingJobName']}/")
    assert "can't open file" in line


def test_input_without_objects_fails_the_job(local: LocalSageMaker) -> None:
    """Also where another input has brought something to the folder that it shares."""
    request = processing_request(new_name("process"))
    nothing = s3_input("nothing", "nothing/", "/opt/ml/processing/input")
    request["ProcessingInputs"] = [request["ProcessingInputs"][1], nothing]
    local.sagemaker.create_processing_job(**request)
    job = wait(local, request["ProcessingJobName"])
    assert f'No S3 objects found under S3 URL "s3://{BUCKET}/nothing/"' in job["FailureReason"]


@pytest.mark.parametrize(
    "local_path", [f"{CODE}/run.py", f"{CODE}/run.py/below"], ids=["file", "below"]
)
@pytest.mark.parametrize("member", ["ProcessingInputs", "ProcessingOutputConfig"])
def test_folder_that_is_a_file_of_an_input_fails_the_job(
    local: LocalSageMaker, member: str, local_path: str
) -> None:
    request = processing_request(new_name("process"))
    put_script(local, request["ProcessingJobName"], "")
    if member == "ProcessingInputs":
        request[member].append(s3_input("more", "data/train/", local_path))
    else:
        request[member]["Outputs"] = [s3_output("x", local_path)]
    local.sagemaker.create_processing_job(**request)
    job = wait(local, request["ProcessingJobName"])
    assert job["FailureReason"] == (
        f"ClientError: LocalPath {local_path} is, or lies below, a file of an input."
    )


def test_upload_that_fails_names_no_place_of_this_machine(local: LocalSageMaker) -> None:
    script = 'import sys; open(sys.argv[1] + "/rows", "w").write("1")'
    outputs = {"Outputs": [s3_output("x", S3Uri="s3://nobodys-bucket/x")]}
    job = process(local, script, OUTPUT, ProcessingOutputConfig=outputs)
    assert job["FailureReason"] == (
        "ClientError: Data upload failed: The specified bucket does not exist "
        "(s3://nobodys-bucket/x)"
    )


def test_job_ends_with_its_program_whatever_that_leaves_behind(local: LocalSageMaker) -> None:
    script = """
        import subprocess, sys
        subprocess.Popen(["sleep", "30"], start_new_session=True)
        print("done", end="")
        """
    job = process(local, script)
    assert job["ProcessingJobStatus"] == "Completed"
    assert log_lines(local, LOGS, f"{job['ProcessingJobName']}/") == ["done"]
    took = job["ProcessingEndTime"] - job["ProcessingStartTime"]
    assert took.total_seconds() < 25


FOREVER = """
    import time
    print("waiting")
    time.sleep(600)
    """


def test_stop_ends_the_program(local: LocalSageMaker) -> None:
    name = start(local, FOREVER)
    wait_until(lambda: {"lines": lines_of(local, name)}, lambda seen: "waiting" in seen["lines"])
    local.sagemaker.stop_processing_job(ProcessingJobName=name)
    assert wait(local, name)["ProcessingJobStatus"] == "Stopped"
    assert uploaded(local, name) == {}


def lines_of(local: LocalSageMaker, name: str) -> list[str]:
    try:
        return log_lines(local, LOGS, f"{name}/")
    except local.logs.exceptions.ResourceNotFoundException:
        return []


def test_program_that_takes_too_long_is_stopped(local: LocalSageMaker) -> None:
    job = process(local, FOREVER, StoppingCondition={"MaxRuntimeInSeconds": 2})
    assert job["ProcessingJobStatus"] == "Stopped"


def test_image_of_ones_own_runs_in_docker(local: LocalSageMaker, docker: Path) -> None:
    request = processing_request(new_name("process"), "one", "two")
    request["AppSpecification"] |= {"ImageUri": OWN_IMAGE, "ContainerEntrypoint": ["python3", "-u"]}
    request["NetworkConfig"] = {"EnableNetworkIsolation": True}
    put_script(local, request["ProcessingJobName"], "")
    local.sagemaker.create_processing_job(**request)
    wait(local, request["ProcessingJobName"])
    (run,) = calls(docker, "run")
    assert run[run.index("--entrypoint") + 1] == "python3"
    assert run[run.index("--network") + 1] == "none"
    assert run[run.index("--") :] == ["--", OWN_IMAGE, "-u", "one", "two"]
    mounted = {run[i + 1].rpartition(":")[2] for i, word in enumerate(run) if word == "--volume"}
    assert {"/opt/ml/processing", "/opt/ml/config", "/opt/ml/output"} <= mounted


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"ImageUri": OWN_IMAGE}, "is no image of SageMaker's XGBoost or scikit-learn"),
        ({"ContainerEntrypoint": ["bash", f"{CODE}/run.sh"]}, "that is given a Python script"),
        ({"ContainerEntrypoint": ["python3", f"{CODE}/../../../x.py"]}, "needs Docker"),
    ],
    ids=["image", "shell", "outside"],
)
def test_program_that_needs_docker_is_refused_without_it(
    local: LocalSageMaker, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], text: str
) -> None:
    monkeypatch.setenv("PATH", "")
    request = processing_request(new_name("process"))
    request["AppSpecification"] |= change
    code, message = refusal(local.sagemaker.create_processing_job, request)
    assert code == "ValidationException"
    assert text in message
    assert "use one of these with ContainerEntrypoint ['python3'," in message


def cluster(**members: Any) -> dict[str, Any]:
    config = {"InstanceType": "ml.m5.large", "VolumeSizeInGB": 10}
    return {"ProcessingResources": {"ClusterConfig": config | members}}


def inputs(*given: dict[str, Any]) -> dict[str, Any]:
    return {"ProcessingInputs": list(given)}


def outputs(*given: dict[str, Any]) -> dict[str, Any]:
    return {"ProcessingOutputConfig": {"Outputs": list(given)}}


DATASET = {"LocalPath": CODE, "RedshiftDatasetDefinition": {}}
PLACE = "/opt/ml/processing/a"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (cluster(InstanceCount=2), "InstanceCount 2: local AWS processes on one instance"),
        (cluster(InstancePreferences=[{"InstanceType": "ml.m5.large"}]), "has none for processing"),
        (cluster(SelectedInstanceCount=1), "SelectedInstanceCount is read-only"),
        (cluster(InstanceType=None), "InstanceType is required"),
        (inputs({"InputName": "a"}), "Input 'a': S3Input is required"),
        (inputs({"InputName": "a", "DatasetDefinition": {}}), "has no DatasetDefinition"),
        (inputs(s3_input("a", "a", PLACE) | {"AppManaged": True}), "leave AppManaged out"),
        (inputs(s3_input("a", "a", PLACE, S3InputMode="Pipe")), "set S3InputMode to File"),
        (inputs(s3_input("a", "a", PLACE, S3CompressionType="Gzip")), "is for Pipe mode"),
        (inputs(s3_input("a", "a", "/opt/ml/input/a")), "must begin with /opt/ml/processing/"),
        (inputs(s3_input("a", "a", f"{PLACE}/../..")), "leaves its directory"),
        (
            inputs(s3_input("a", "a", PLACE), s3_input("b", "b", f"{PLACE}/")),
            "LocalPaths must be unique; '/opt/ml/processing/a' is given twice",
        ),
        (
            inputs(s3_input("a", "a", PLACE), s3_input("a", "b", f"{PLACE}/b")),
            "InputNames must be unique; 'a' is given twice",
        ),
        (
            outputs({"OutputName": "a", "FeatureStoreOutput": {"FeatureGroupName": "g"}}),
            "Output 'a': local AWS has no FeatureStoreOutput",
        ),
        (outputs(s3_output("a", S3UploadMode="Continuous")), "set S3UploadMode to EndOfJob"),
        (outputs(s3_output("a", "/tmp/a")), "must begin with /opt/ml/processing/"),
    ],
)
def test_what_cannot_be_done_here_is_refused_by_name(
    local: LocalSageMaker, change: dict[str, Any], text: str
) -> None:
    request = processing_request(new_name("process")) | change
    code, message = refusal(local.sagemaker.create_processing_job, request)
    assert (code, text in message) == ("ValidationException", True), message
