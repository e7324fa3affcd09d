"""The account: credentials, region, the CDK's bootstrap, quotas of the settings' instances."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError
from tuning.algorithms.images import image_uri
from tuning.aws.quotas import read_quotas

from retune.deployment.bootstrap import QUALIFIER
from retune.doctor.finding import Finding, bad, ok, warn
from retune.doctor.patient import Patient

_LEAST_VERSION = 6  # with the roles and the parameter that `cdk deploy` looks for
_ENOUGH = {"endpoint": 2}  # an update starts new instances beside the old ones


def credentials(patient: Patient) -> Iterator[Finding]:
    account, wanted = patient.aws.account, patient.settings.account
    if wanted is None or wanted == account:
        yield ok("credentials", f"They are of account {account}.")
    else:
        yield bad(
            "credentials",
            f"They are of account {account}, and the settings say {wanted}. Use a profile of that "
            "account, or correct retune.toml.",
        )


def region(patient: Patient) -> Iterator[Finding]:
    """Whether it is set, and SageMaker has its XGBoost there."""
    name = patient.aws.region
    if name is None:
        yield bad("region", "None is set. Set AWS_DEFAULT_REGION, or region in retune.toml.")
        return
    try:
        image_uri("xgboost", "3.0-5", name)
    except KeyError:
        yield warn("region", f"No XGBoost image of SageMaker is known in {name}. Use another one.")
    else:
        yield ok("region", f"{name}, where SageMaker's XGBoost image is.")


def bootstrap(patient: Patient) -> Iterator[Finding]:
    qualifier = patient.settings.bootstrap_qualifier or QUALIFIER
    name = f"/cdk-bootstrap/{qualifier}/version"
    try:
        answer = patient.aws.client("ssm").get_parameter(Name=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise
        fix = "`retune deploy` makes it, or your organisation does, with bootstrap_qualifier."
        yield bad("bootstrap", f"The CDK's is missing: there is no {name}. {fix}")
        return
    version = int(answer["Parameter"]["Value"])
    if version < _LEAST_VERSION:
        yield bad(
            "bootstrap",
            f"It is of version {version}, and the CDK needs {_LEAST_VERSION}. Run `cdk bootstrap`.",
        )
    else:
        yield ok("bootstrap", f"Version {version}, qualifier {qualifier}.")


def quotas(patient: Patient) -> Iterator[Finding]:
    """Of the settings' instance types. What a model needs more, is told of the model."""
    training, endpoint = (
        patient.settings.training_instance_type,
        patient.settings.endpoint_instance_type,
    )
    of_work = (
        ("training job", training),
        ("spot training job", training),
        ("transform job", training),
        ("endpoint", endpoint),
    )
    names = {work: f"{kind} for {work} usage" for work, kind in of_work}
    values = read_quotas(patient.aws.client("service-quotas"), names.values())
    for work, name in names.items():
        yield _quota(work, name, values.get(name))


def _quota(work: str, name: str, value: float | None) -> Finding:
    check, more = f"quota {work.split()[0]}", "Request more in Service Quotas."
    if value is None:
        return warn(check, f"'{name}' is not listed: look in Service Quotas.")
    said = f"'{name}' is {value:g}."
    if value < 1 and work == "spot training job":
        return warn(check, f"{said} EnableManagedSpotTraining needs more: Service Quotas.")
    if value < 1:
        return bad(check, f"{said} {more}")
    if value < _ENOUGH.get(work, 1):
        return warn(check, f"{said} An update starts a second fleet beside the first. {more}")
    return ok(check, said)
