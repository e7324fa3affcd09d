"""A model that has served at an endpoint and may be brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tuning.endpoint.hosting_protection import HostingProtection
from tuning.tags import ENDPOINT_TAG, PREFIX_TAG


@dataclass(frozen=True)
class KeptChampion:
    """An endpoint config, which has the name of its model and of the training job that made it.

    `image` and `model_data_url` are empty when somebody has deleted the model.
    """

    name: str
    created: datetime
    tags: Mapping[str, str]
    serverless: bool
    image: str = ""
    model_data_url: str = ""
    protection: HostingProtection = field(default_factory=HostingProtection)

    @property
    def has_model(self) -> bool:
        return bool(self.model_data_url)

    def was_deployed_to(self, prefix: str, endpoint_name: str) -> bool:
        """Whether a run of the prefix has made it for the endpoint."""
        return (self.tags.get(PREFIX_TAG), self.tags.get(ENDPOINT_TAG)) == (prefix, endpoint_name)
