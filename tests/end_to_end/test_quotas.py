"""No tuning is paid for whose endpoint the account's quotas do not allow, as far as is known."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.leftovers import leftovers, packages
from tests.end_to_end.rollout import serving, subscribe, tiny, wait_for

KIND = "ml.c4.large"  # of which the local AWS of the tests has none for endpoints (pyproject.toml)
QUOTA = "The account's quota 'ml.c4.large for endpoint usage' is 0, and the endpoint needs 1."
SHARED = {"EndpointName": "retune-shared", "InstanceType": "ml.c4.xlarge"}  # of which it has two


def test_run_whose_endpoint_cannot_be_made_ends_before_tuning(
    deployment: Deployment, tmp_path: Path
) -> None:
    document = tiny(
        "retune-quotas", Endpoint={"EndpointName": "retune-quotas", "InstanceType": KIND}
    )
    ended = deployment.run(document)
    assert (ended["status"], ended["error"]) == ("FAILED", "InputRefused")
    assert QUOTA in ended["cause"]
    jobs = deployment.client("sagemaker").list_hyper_parameter_tuning_jobs()
    tags = deployment.client("sagemaker").list_tags
    assert not [
        job
        for job in jobs["HyperParameterTuningJobSummaries"]
        if {"Key": "retune:endpoint", "Value": "retune-quotas"}
        in tags(ResourceArn=job["HyperParameterTuningJobArn"])["Tags"]
    ]

    (tmp_path / "input.json").write_text(json.dumps(document))
    checked = subprocess.run(
        ["retune", "check", str(tmp_path / "input.json")],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, QUOTA in checked.stdout) == (2, True)


def test_quota_that_somebody_uses_up_meanwhile_leaves_what_serves_as_it_is(
    deployment: Deployment,
) -> None:
    heard = subscribe(deployment, "heard-of-quotas")
    deployment.run(tiny("retune-shared", Endpoint=SHARED))
    champion = serving(deployment, "retune-shared")
    execution = deployment.start(tiny("retune-shared", Endpoint=SHARED, Approval="Manual"))
    wait_for(deployment, execution, "AwaitApproval", "TaskSubmitted")
    take_an_instance(deployment, champion)
    (package,) = packages(deployment, execution)
    deployment.client("sagemaker").update_model_package(
        ModelPackageArn=package, ModelApprovalStatus="Approved"
    )
    failed = deployment.finish(execution)
    assert failed["error"] == "LimitReached", failed
    assert failed["cause"].startswith("DeployEndpoint: ")
    for words in ("ml.c4.xlarge for endpoint usage", "request at least 3", champion):
        assert words in failed["cause"]
    assert serving(deployment, "retune-shared") == champion
    assert leftovers(deployment, execution) == set()
    (message,) = heard(execution)
    assert message["MessageAttributes"]["Outcome"]["Value"] == "LimitReached"


def take_an_instance(deployment: Deployment, model: str) -> None:
    """Somebody else's endpoint of the same instance type."""
    sagemaker, name = deployment.client("sagemaker"), "somebody-elses"
    variant = {
        "VariantName": "Only",
        "ModelName": model,
        "InstanceType": SHARED["InstanceType"],
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    sagemaker.get_waiter("endpoint_in_service").wait(
        EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
