"""AWS::S3::BucketPolicy."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.json_text import as_text
from local_sagemaker.services.cloudformation.resources.resource import Resource


class BucketPolicy(Resource):
    """Kept with its bucket; local AWS does not enforce it."""

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        policy = as_text(properties["PolicyDocument"])
        self.client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=policy)

    def remove(self) -> None:
        try:
            self.client("s3").delete_bucket_policy(Bucket=self.properties["Bucket"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchBucket":
                raise
