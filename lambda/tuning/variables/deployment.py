"""What an execution has asked of its endpoint, kept where its recovery finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Deployment:
    """An endpoint config of the execution, and what it replaces.

    DeployEndpoint writes it before CreateEndpoint or UpdateEndpoint. `previous` is the config that
    served before, empty for a first endpoint. `proven` says that the endpoint serves the config and
    has answered real rows: from then on nothing is to be undone.
    """

    FILE = "deployment.json"

    endpoint_config_name: str
    previous: str = ""
    proven: bool = False

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> Deployment:
        """From the content of FILE."""
        return cls(document["EndpointConfigName"], document["Previous"], document["Proven"])

    def to_document(self) -> dict[str, Any]:
        """The content of FILE."""
        return {
            "EndpointConfigName": self.endpoint_config_name,
            "Previous": self.previous,
            "Proven": self.proven,
        }
