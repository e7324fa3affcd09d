"""The form that all parts of an execution input share."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic.alias_generators import to_pascal
from pydantic_core import PydanticKnownError

# The greatest numbers of the types integer, long and float of SageMaker's API description.
INTEGER, LONG, FLOAT = 2**31 - 1, 2**63 - 1, 3.4e38


class SageMakerModel(BaseModel):
    """Fields have SageMaker's own names in documents; a field that is unknown is refused.

    Numbers are finite: neither JSON nor SageMaker has others. None of them is `true`, which Python
    takes for 1.
    """

    model_config = ConfigDict(
        alias_generator=to_pascal,
        extra="forbid",
        allow_inf_nan=False,
        frozen=True,
        hide_input_in_errors=True,
        field_title_generator=lambda name, field: str(field.alias or to_pascal(name)),
    )

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_truth_values(cls, value: Any, info: ValidationInfo) -> Any:
        annotation = cls.model_fields[str(info.field_name)].annotation
        types = (annotation, *get_args(annotation))
        if isinstance(value, bool) and int in types:
            raise PydanticKnownError("int_type")
        if isinstance(value, bool) and float in types:
            raise PydanticKnownError("float_type")
        return value

    @classmethod
    def names(cls) -> set[str]:
        """The names of the fields in a document."""
        return {str(field.alias) for field in cls.model_fields.values()}

    def to_sagemaker(self) -> Any:
        """The part of a SageMaker request that this is, without what is not given.

        A dictionary: the caller knows which of tuning.request_types it is.
        """
        return self.model_dump(by_alias=True, exclude_none=True)
