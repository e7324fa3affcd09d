"""What an execution has asked of its endpoint, kept where its recovery finds it."""

from __future__ import annotations

from typing import ClassVar

from tuning.variables.variable import Variable


class Deployment(Variable):
    """An endpoint config of the execution, and what it replaces: the content of FILE.

    DeployEndpoint writes it before CreateEndpoint or UpdateEndpoint. `previous` is the config that
    served before, empty for a first endpoint. `proven` says that the endpoint serves the config and
    has answered real rows: from then on nothing is to be undone.
    """

    FILE: ClassVar = "deployment.json"  # in the execution's folder

    endpoint_config_name: str
    previous: str = ""
    proven: bool = False
