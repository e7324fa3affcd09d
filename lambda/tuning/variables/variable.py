"""The form that all variables share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_pascal


class Variable(BaseModel):
    """A value that one state hands to others, as JSON whose names are in PascalCase.

    A member that is unknown is left out: an execution may have begun with an older version.
    """

    model_config = ConfigDict(
        alias_generator=to_pascal, validate_by_name=True, frozen=True, hide_input_in_errors=True
    )

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> Self:
        """From the payload of a task; raises pydantic's ValidationError, a defect of Retune."""
        return cls.model_validate(document)

    def to_document(self) -> dict[str, Any]:
        """As JSON knows it, without what there is not."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
