"""A CloudFormation resource that is made, changed and removed through the service's own API."""

from __future__ import annotations

from typing import Any, ClassVar

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException

from local_sagemaker.protocol.callers import client_of


class Resource:
    """What moto's CloudFormation asks of a resource; each type says how in three methods."""

    name_property: ClassVar[str | None] = None
    attribute_names: ClassVar[tuple[str, ...]] = ()
    cf_resource_type: str  # moto sets these two
    logical_resource_id: str

    def __init__(self, name: str, properties: dict[str, Any], region: str) -> None:
        self.name = name
        self.properties = properties
        self.region = region
        self.attributes: dict[str, str] = {}

    @property
    def physical_resource_id(self) -> str:
        """What Ref gives."""
        return self.name

    def make(self) -> None:
        """Create the resource and fill in its attributes."""
        raise NotImplementedError

    def change(self, properties: dict[str, Any]) -> None:
        """Bring the resource in line with new properties, in place."""
        raise NotImplementedError

    def replace(self, properties: dict[str, Any]) -> None:
        """For `change` of what cannot change in place: remove it and make it anew."""
        self.remove()
        self.properties = properties
        self.make()

    def remove(self) -> None:
        """Delete the resource."""
        raise NotImplementedError

    def client(self, service: str) -> Any:
        return client_of("cloudformation", service, self.region)

    @classmethod
    def create_from_cloudformation_json(
        cls, name: str, template: dict[str, Any], account_id: str, region: str, **_: Any
    ) -> Resource:
        resource = cls(name, template["Properties"], region)
        resource.make()
        return resource

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Resource,
        new_resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
    ) -> Resource:
        properties = cloudformation_json["Properties"]
        named = properties.get(cls.name_property) if cls.name_property else None
        if named is None or named == original_resource.name:
            original_resource.change(properties)
            original_resource.properties = properties
            return original_resource
        replacement = cls(new_resource_name, properties, region_name)
        replacement.make()
        original_resource.remove()
        return replacement

    def delete(self, account_id: str, region: str) -> None:
        self.remove()

    def is_created(self) -> bool:
        return True

    @classmethod
    def has_cfn_attr(cls, attribute: str) -> bool:
        return attribute in cls.attribute_names

    def get_cfn_attribute(self, attribute: str) -> str:
        if attribute not in self.attributes:
            raise UnformattedGetAttTemplateException()
        return self.attributes[attribute]
