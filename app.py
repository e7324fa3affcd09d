"""The CDK app: `cdk synth`, `cdk deploy`, `cdk diff`, `cdk destroy` run this file."""

import os
import sys

from aws_cdk import App, Environment

from stacks.retune_stack import RetuneStack
from stacks.settings import Settings, SettingsError


def main() -> None:
    app = App()
    settings = Settings.from_context(app.node)
    environment = Environment(
        account=os.environ.get("CDK_DEFAULT_ACCOUNT"),
        region=settings.region or os.environ.get("CDK_DEFAULT_REGION"),
    )
    RetuneStack(
        app,
        settings.name_prefix,
        settings=settings,
        env=environment if settings.region else None,
        description="Retune: keeps a model tuned with SageMaker Automatic Model Tuning",
        tags={"application": "retune"},
    )
    app.synth()


if __name__ == "__main__":
    try:
        main()
    except SettingsError as error:
        sys.exit(f"Retune cannot be synthesized.\n{error}")
