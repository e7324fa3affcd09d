"""A secret's name has the characters that Secrets Manager takes; the words are recorded on AWS."""

from __future__ import annotations

import re
from typing import Any

from moto.secretsmanager.exceptions import ValidationException
from moto.secretsmanager.models import SecretsManagerBackend

from local_sagemaker.services.patching import replace

_NAME = re.compile(r"[a-zA-Z0-9/_+=.@!-]+")


def install() -> None:
    create = SecretsManagerBackend.create_secret

    def create_secret(backend: Any, name: str, **more: Any) -> Any:
        if not _NAME.fullmatch(name):
            raise ValidationException(
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of "
                "the following: -/_+=.@!"
            )
        return create(backend, name=name, **more)

    replace(SecretsManagerBackend, "create_secret", create_secret)
