"""The CDK app: `cdk synth`, `cdk deploy`, `cdk diff`, `cdk destroy` run this file."""

import os
import sys
from pathlib import Path

from aws_cdk import App, Environment

from configuration.faults import ConfigurationError
from configuration.models import model_folders
from configuration.settings import Settings
from configuration.settings_file import FILE, SettingsFile
from stacks.layers import LayerNotBuilt
from stacks.retune_stack import RetuneStack


def main() -> None:
    app = App()
    settings = SettingsFile.read(Path(FILE)).settings(app.node.get_all_context())
    RetuneStack(
        app,
        settings.name_prefix,
        settings=settings,
        models=model_folders(settings),
        env=_environment(settings),
        description="Retune: keeps a model tuned with SageMaker Automatic Model Tuning",
        tags={"application": "retune"},
    )
    app.synth()


def _environment(settings: Settings) -> Environment | None:
    """None for whatever account and region the credentials are of."""
    if settings.account is None and settings.region is None:
        return None
    return Environment(
        account=settings.account or os.environ.get("CDK_DEFAULT_ACCOUNT"),
        region=settings.region or os.environ.get("CDK_DEFAULT_REGION"),
    )


if __name__ == "__main__":
    try:
        main()
    except (ConfigurationError, LayerNotBuilt) as error:
        sys.exit(f"Retune cannot be synthesized.\n{error}")
