"""The CDK's own resources in an account and region, without which nothing is deployed there.

Which ones an app needs, its cloud assembly says: by the name of a parameter, which holds their
version and has their qualifier in it. So it does not matter who gives the qualifier (the settings,
`-c @aws-cdk/core:bootstrapQualifier`, cdk.json), nor what their stack is called.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from botocore.exceptions import ClientError

from configuration.settings import Settings
from retune.aws import Aws, is_local
from retune.deployment.cdk import run_cdk
from retune.deployment.deployed_template import Template
from retune.errors import FailedError, InputError
from retune.output.terminal import write

QUALIFIER = "hnb659fds"  # the CDK's own
QUALIFIER_KEY = "@aws-cdk/core:bootstrapQualifier"
_TOOLKIT = "CDKToolkit"
_OF_ACCOUNT = ":policy/"  # what precedes the name of a policy in its ARN
_OF_AWS = ":iam::aws:policy/"


def begin_bootstrap(
    aws: Aws, settings: Settings, context: Mapping[str, str]
) -> Future[None] | None:
    """On local AWS, where nobody else bootstraps, that goes on while the app is synthesized.

    None where there is nothing to do. An app whose qualifier is in cdk.json gets its own bootstrap
    later, by `bootstrap_if_missing`.
    """
    qualifier = settings.bootstrap_qualifier or context.get(QUALIFIER_KEY, QUALIFIER)
    if not is_local() or _is_there(aws, f"/cdk-bootstrap/{qualifier}/version"):
        return None
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(_bootstrap, aws, settings, qualifier)
    pool.shutdown(wait=False)
    return begun


def bootstrap_if_missing(
    aws: Aws,
    assembly: Path,
    settings: Settings,
    old: Template,
    begun: Future[None] | None = None,
) -> None:
    """Prepares account and region for the assembly; `old` is the deployed template.

    What has begun before is waited for.

    Raises:
        InputError: what is deployed has another bootstrap than the one that is missing.
        FailedError: it cannot be made.
    """
    if begun is not None:
        begun.result()
    parameter = _parameter(assembly, settings.name_prefix)
    if _is_there(aws, parameter):
        return
    _refuse_another(parameter, old)
    _bootstrap(aws, settings, _qualifier(parameter))


def _bootstrap(aws: Aws, settings: Settings, qualifier: str) -> None:
    own = []
    if qualifier != QUALIFIER:
        own += ["--qualifier", qualifier, "--toolkit-stack-name", f"{_TOOLKIT}-{qualifier}"]
    boundary = settings.permissions_boundary
    if boundary and _OF_AWS not in boundary:
        own += ["--custom-permissions-boundary", boundary.partition(_OF_ACCOUNT)[2]]
    # Away from the app, which would be synthesized.
    with tempfile.TemporaryDirectory() as elsewhere:
        try:
            run_cdk("bootstrap", aws.environment_name, *own, folder=Path(elsewhere))
        except FailedError as error:
            raise FailedError(
                f"{error} Who may, bootstraps {aws.environment_name}. If your organisation has "
                "done so with a qualifier of its own: bootstrap_qualifier in retune.toml."
            ) from error


def _parameter(assembly: Path, stack: str) -> str:
    manifest = json.loads((assembly / "manifest.json").read_text())
    return str(manifest["artifacts"][stack]["properties"]["bootstrapStackVersionSsmParameter"])


def _qualifier(parameter: str) -> str:
    """Of /cdk-bootstrap/<qualifier>/version."""
    return parameter.split("/")[2]


def _is_there(aws: Aws, parameter: str) -> bool:
    """Who may not look, lets the CDK look with its own role."""
    try:
        aws.client("ssm").get_parameter(Name=parameter)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "AccessDeniedException":
            write(f"Whether {parameter} is there may not be read: cdk deploy will tell.", err=True)
        elif code == "ParameterNotFound":
            return False
        else:
            raise
    return True


def _refuse_another(parameter: str, old: Template) -> None:
    """A second bootstrap beside the one that the stack was deployed with is hardly meant."""
    before = old.get("Parameters", {}).get("BootstrapVersion", {}).get("Default", parameter)
    if before != parameter:
        raise InputError(
            f"The stack was deployed by the CDK's bootstrap {_qualifier(before)}, and "
            f"{_qualifier(parameter)} is not in this account and region. Write "
            f'bootstrap_qualifier = "{_qualifier(before)}" into retune.toml.'
        )
