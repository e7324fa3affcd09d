"""What the deployment's settings say of every run, as state machines hand it to functions.

The variables of a function have 4 KB together ("Lambda quotas"), a definition has 1 MB.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DeployedSettings:
    """The input that `{}` stands for, the setting `image_repositories`, and what every run must be.

    `required` is tuning.execution_input.requirements as JSON.
    """

    default_input: dict[str, Any] = field(default_factory=dict)
    image_repositories: tuple[str, ...] = ()
    required: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> DeployedSettings:
        document = json.loads(text)
        repositories = tuple(document["ImageRepositories"])
        return cls(document["DefaultInput"], repositories, document["Required"])

    def to_text(self) -> str:
        """As one line of JSON."""
        document = {
            "DefaultInput": self.default_input,
            "ImageRepositories": list(self.image_repositories),
            "Required": self.required,
        }
        return json.dumps(document)
