"""A resource of a type that moto makes."""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.services.cloudformation.resources.json_text import with_objects
from local_sagemaker.services.cloudformation.resources.resource import Place, Resource
from local_sagemaker.services.cloudformation.resources.shaped import as_shaped


class MotoResource(Resource):
    """moto's classes know neither our clients nor replacement: they are asked in moto's ways."""

    def __init__(self, name: str, properties: dict[str, Any], place: Place) -> None:
        super().__init__(name, properties, place)
        self._model: Any = None

    @property
    def _class(self) -> Any:
        """What moto has for the type."""
        return parsing.resource_class_from_type(self.place.kind)

    @property
    def physical_resource_id(self) -> str:
        return str(getattr(self._model, "physical_resource_id", None) or self.name)

    def make(self) -> None:
        self._model = self._class.create_from_cloudformation_json(
            self.name,
            self._as_moto_has_it(self.properties),
            ACCOUNT,
            self.region,
            LogicalId=self.place.logical_id,
            StackId=self.place.stack_id,
            ResourceType=self.place.kind,
        )
        self._model.cf_resource_type = self.place.kind
        self._model.logical_resource_id = self.place.logical_id

    def change(self, properties: dict[str, Any]) -> None:
        update = self._class.update_from_cloudformation_json
        if hasattr(update, "__isabstractmethod__"):
            self.replace(properties)
            return
        self._model = update(
            original_resource=self._model,
            new_resource_name=self.name,
            cloudformation_json=self._as_moto_has_it(properties),
            account_id=ACCOUNT,
            region_name=self.region,
        )

    def remove(self) -> None:
        if hasattr(self._model, "delete"):
            try:
                self._model.delete(ACCOUNT, self.region)
            except (TypeError, AttributeError):
                pass  # a method of another purpose
            else:
                return
        delete = self._class.delete_from_cloudformation_json
        if not hasattr(delete, "__isabstractmethod__"):
            properties = self._as_moto_has_it(self.properties)
            delete(self.physical_resource_id, properties, ACCOUNT, self.region)

    def has_to_be_replaced(self, properties: dict[str, Any]) -> bool:
        kind = self.place.kind
        return self.named_in(self.properties, kind) != self.named_in(properties, kind)

    @classmethod
    def named_in(cls, properties: dict[str, Any], kind: str) -> str | None:
        name = properties.get(parsing.resource_name_property_from_type(kind))
        return None if name is None else str(name)

    def attribute(self, name: str) -> Any:
        try:
            return self._model.get_cfn_attribute(name)
        except (UnformattedGetAttTemplateException, NotImplementedError, AttributeError):
            return super().attribute(name)

    def _as_moto_has_it(self, properties: dict[str, Any]) -> dict[str, Any]:
        """moto hands most properties on to its API as they are, in whatever type they come."""
        shaped = as_shaped(properties, _shape_of_creation(self.place.kind))
        return {"Type": self.place.kind, "Properties": with_objects(shaped)}


@cache
def _shape_of_creation(kind: str) -> Any:
    """The members of Create..., as botocore describes them; None for a type that has no such."""
    _, service, resource = kind.split("::")
    try:
        model: Any = service_model(service.lower())
        return model.operation_model(f"Create{resource}").input_shape
    except (UnknownServiceError, OperationNotFoundError):
        return None
