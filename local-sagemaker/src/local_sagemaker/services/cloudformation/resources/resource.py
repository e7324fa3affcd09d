"""A resource of a stack: how it is made, changed, replaced and removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from local_sagemaker.services.cloudformation.acting import acting_client, own_client
from local_sagemaker.services.cloudformation.errors import template_error
from local_sagemaker.services.cloudformation.resources.shaped import as_shaped


@dataclass(frozen=True)
class Place:
    """Where a resource belongs."""

    kind: str
    logical_id: str
    stack_id: str
    stack_name: str
    region: str


class Resource:
    """Each type says how in `make`, `change` and `remove`, through the service's own API."""

    name_property: ClassVar[str | None] = None
    made_anew_for: ClassVar[tuple[str, ...]] = ()
    """Properties that cannot be others in place: the resource is replaced."""

    def __init__(self, name: str, properties: dict[str, Any], place: Place) -> None:
        self.name = name
        self.properties = properties
        self.place = place
        self.region = place.region
        self.attributes: dict[str, Any] = {}

    @property
    def physical_resource_id(self) -> str:
        """What Ref gives."""
        return self.name

    @property
    def is_left_behind(self) -> bool:
        """Whether there is something to remove although `make` has failed."""
        return bool(self.attributes)

    def is_taken(self) -> bool:
        """Whether somebody else's has this name, and `make` would take it over in silence."""
        return False

    def make(self) -> None:
        """Create the resource and fill in its attributes."""
        raise NotImplementedError

    def change(self, properties: dict[str, Any]) -> None:
        """Bring the resource in line with new properties, in place."""
        raise NotImplementedError

    def remove(self) -> None:
        """Delete the resource."""
        raise NotImplementedError

    def replace(self, properties: dict[str, Any]) -> None:
        """For `change` of what is no more than a relation: remove it and make it anew."""
        self.remove()
        self.properties = properties
        self.make()

    def has_to_be_replaced(self, properties: dict[str, Any]) -> bool:
        """Whether these properties need another resource in its place."""
        names = (*self.made_anew_for, *((self.name_property,) if self.name_property else ()))
        return any(self.properties.get(name) != properties.get(name) for name in names)

    def attribute(self, name: str) -> Any:
        """What Fn::GetAtt gives. Raises ValidationError."""
        if name not in self.attributes:
            raise template_error(
                f"resource {self.place.logical_id} does not support attribute type {name} in "
                "Fn::GetAtt"
            )
        return self.attributes[name]

    def client(self, service: str) -> Any:
        """With the rights of whom CloudFormation acts for."""
        return acting_client(service, self.region)

    def own_client(self, service: str) -> Any:
        """With the rights of CloudFormation itself, for what AWS asks no caller for."""
        return own_client(service, self.region)

    def call(self, service: str, method: str, **members: Any) -> Any:
        """Call an API with a template's values, each in the type that the API wants."""
        client = self.client(service)
        operation = client.meta.service_model.operation_model(
            client.meta.method_to_api_mapping[method]
        )
        return getattr(client, method)(**as_shaped(members, operation.input_shape))

    @classmethod
    def named_in(cls, properties: dict[str, Any], kind: str) -> str | None:
        """The name that a template gives to a resource of this type, if it gives one."""
        name = properties.get(cls.name_property) if cls.name_property else None
        return None if name is None else str(name)
