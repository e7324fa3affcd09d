"""A channel of data, as the execution input gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, GetJsonSchemaHandler, TypeAdapter, model_validator
from pydantic_core import CoreSchema

from tuning.execution_input.sagemaker_model import LONG, SageMakerModel
from tuning.execution_input.training import S3Uri

TRAIN, VALIDATION, TEST = "train", "validation", "test"  # names of channels


class ShuffleConfig(SageMakerModel):
    """Shuffles the objects of a channel in Pipe mode, in another order for each epoch."""

    seed: int = Field(ge=-LONG, le=LONG, description="The same seed gives the same orders.")


class Channel(SageMakerModel):
    """Where data lies and how training jobs get it. A URI alone is a channel of all defaults."""

    s3_uri: S3Uri = Field(alias="S3Uri")
    s3_data_type: Literal["S3Prefix", "ManifestFile"] = Field(
        default="S3Prefix",
        alias="S3DataType",
        description="Every object whose key begins so, or those that a manifest at S3Uri lists.",
    )
    s3_data_distribution_type: Literal["FullyReplicated", "ShardedByS3Key"] = Field(
        default="FullyReplicated",
        alias="S3DataDistributionType",
        description="Whether every instance gets all objects, or each a part of them.",
    )
    input_mode: Literal["File", "Pipe", "FastFile"] | None = Field(
        default=None, description="Without it, AlgorithmSpecification's, or File."
    )
    shuffle_config: ShuffleConfig | None = Field(default=None, description="Only with Pipe mode.")

    @model_validator(mode="before")
    @classmethod
    def _of_uri(cls, value: Any) -> Any:
        return {"S3Uri": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        document = handler.resolve_ref_schema(handler(core_schema))
        uri: Any = TypeAdapter(S3Uri).json_schema()
        return {"description": document.get("description", ""), "anyOf": [uri, document]}

    @classmethod
    def at(cls, uri: str) -> Channel:
        """The channel of all defaults."""
        return cls.model_validate(uri)

    def to_request(self, name: str, content_type: str) -> Any:
        """A member of InputDataConfig."""
        shuffle = self.shuffle_config
        return {
            "ChannelName": name,
            "ContentType": content_type,
            "DataSource": {
                "S3DataSource": {
                    "S3DataType": self.s3_data_type,
                    "S3Uri": self.s3_uri,
                    "S3DataDistributionType": self.s3_data_distribution_type,
                }
            },
            **({"InputMode": self.input_mode} if self.input_mode else {}),
            **({"ShuffleConfig": shuffle.to_sagemaker()} if shuffle else {}),
        }


def uris(channels: Mapping[str, Channel]) -> dict[str, str]:
    """Where each channel lies."""
    return {name: channel.s3_uri for name, channel in channels.items()}
