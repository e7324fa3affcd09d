"""One schedule for all models of a stack that has more of them than schedules."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Aws, CfnResource, Duration, aws_iam, aws_s3, aws_s3_assets
from constructs import Construct
from tuning.names import dispatcher
from tuning.variables.shared_models import ModelsPlace, SharedModel, SharedModels

from configuration.models import Model
from configuration.settings import Settings
from stacks.dispatcher_permissions import start_due_models
from stacks.function_schedule import FunctionSchedule
from stacks.functions import Functions
from stacks.model_schedules import NEVER
from stacks.resource_names import ResourceNames

_FUNCTION = "StartDueModels"
_MINUTES = 5  # that a model starts late, at most
FILE = "retune:models"  # metadata of the schedule: the object's file in the cloud assembly


class Dispatcher(Construct):
    """The models' documents and schedules in one object, and a function that starts who is due.

    The models have no alarms of their own.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        models: Sequence[Model],
        bucket: aws_s3.IBucket,
        functions: Functions,
        names: ResourceNames,
    ) -> None:
        super().__init__(scope, id)
        asset = self._asset([_shared(model, settings) for model in models])
        place = ModelsPlace(bucket=asset.s3_bucket_name, key=asset.s3_object_key)
        read = aws_iam.PolicyStatement(
            actions=["s3:GetObject"],
            resources=[f"arn:{Aws.PARTITION}:s3:::{place.bucket}/{place.key}"],
        )
        self.function = functions.add(
            _FUNCTION,
            statements=[read, *start_due_models(bucket, names)],
            environment={"STATE_MACHINE_ARN": names.state_machine},
        )
        plan_tuning = functions.by_state["PlanTuning"]
        plan_tuning.add_environment("MODELS_WITHOUT_ALARMS", "true")
        for reader in (
            plan_tuning,
            functions.by_fleet_state["ListModels"],
            functions.measure_models,
        ):
            reader.add_to_role_policy(read)
        schedule = FunctionSchedule(
            self,
            "Due",
            settings=settings,
            function=self.function,
            name=dispatcher(settings.name_prefix),
            description="Retune: starts the models that are due",
            every=Duration.minutes(_MINUTES),
            document=place.to_document(),
        )
        made = schedule.schedule.node.default_child
        assert isinstance(made, CfnResource)
        made.add_metadata(FILE, asset.asset_path)

    def _asset(self, models: Sequence[SharedModel]) -> aws_s3_assets.Asset:
        """The CDK copies the file at once."""
        content = SharedModels(models=tuple(models)).to_document()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "models.json"
            file.write_text(json.dumps(content))
            return aws_s3_assets.Asset(self, "Models", path=str(file))


def _shared(model: Model, settings: Settings) -> SharedModel:
    schedule = model.schedule or NEVER
    return SharedModel(
        document=model.document,
        expression=schedule.expression,
        time_zone=schedule.time_zone,
        state=schedule.state if settings.schedules_enabled else "DISABLED",
    )
