"""AWS::S3::BucketPolicy."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resource import Resource


class BucketPolicy(Resource):
    """Kept with its bucket; local AWS does not enforce it."""

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self.client("s3").put_bucket_policy(
            Bucket=properties["Bucket"], Policy=json.dumps(properties["PolicyDocument"])
        )

    def remove(self) -> None:
        try:
            self.client("s3").delete_bucket_policy(Bucket=self.properties["Bucket"])
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchBucket":
                raise
