"""AWS::S3::Bucket."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.services.cloudformation.resources.bucket_notifications import (
    notification_configuration,
)
from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource


class Bucket(Resource):
    """What of a bucket has an effect here: versions, encryption, tags, access, notifications; and
    where accesses would be logged, which is kept."""

    name_property = "BucketName"

    def is_taken(self) -> bool:
        """S3 lets the owner of a bucket create it again, in us-east-1."""
        return is_there(self.own_client("s3").head_bucket, "404", Bucket=self.name)

    def make(self) -> None:
        where = {"LocationConstraint": self.region}
        given = {} if self.region == "us-east-1" else {"CreateBucketConfiguration": where}
        self.client("s3").create_bucket(Bucket=self.name, **given)
        self.attributes = {
            "Arn": f"arn:aws:s3:::{self.name}",
            "DomainName": f"{self.name}.s3.amazonaws.com",
            "DualStackDomainName": f"{self.name}.s3.dualstack.{self.region}.amazonaws.com",
            "RegionalDomainName": f"{self.name}.s3.{self.region}.amazonaws.com",
            "WebsiteURL": f"http://{self.name}.s3-website-{self.region}.amazonaws.com",
        }
        self._configure(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        gone = self.properties.keys() - properties.keys()
        if "NotificationConfiguration" in gone:
            self._put("notification_configuration", NotificationConfiguration={})
        if "LoggingConfiguration" in gone:
            self._put("logging", BucketLoggingStatus={})
        if "VersioningConfiguration" in gone:
            self._put("versioning", VersioningConfiguration={"Status": "Suspended"})
        for name, method in (("Tags", "tagging"), ("CorsConfiguration", "cors")):
            if name in gone:
                getattr(self.client("s3"), f"delete_bucket_{method}")(Bucket=self.name)
        self._configure(properties)

    def remove(self) -> None:
        """One that is gone already is no fault; one that is not empty is refused by S3."""
        try:
            self.client("s3").delete_bucket(Bucket=self.name)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchBucket":
                raise

    def _configure(self, given: dict[str, Any]) -> None:
        if "VersioningConfiguration" in given:
            self._put("versioning", VersioningConfiguration=given["VersioningConfiguration"])
        if "BucketEncryption" in given:
            self._put("encryption", ServerSideEncryptionConfiguration=_encryption(given))
        if "PublicAccessBlockConfiguration" in given:
            block = given["PublicAccessBlockConfiguration"]
            self.call(
                "s3",
                "put_public_access_block",
                Bucket=self.name,
                PublicAccessBlockConfiguration=block,
            )
        if given.get("Tags"):
            self._put("tagging", Tagging={"TagSet": given["Tags"]})
        if "CorsConfiguration" in given:
            self._put("cors", CORSConfiguration=_cors(given["CorsConfiguration"]))
        if "LoggingConfiguration" in given:
            self._put("logging", BucketLoggingStatus=_logging(given["LoggingConfiguration"]))
        if "NotificationConfiguration" in given:
            told = notification_configuration(given["NotificationConfiguration"])
            self._put("notification_configuration", NotificationConfiguration=told)

    def _put(self, what: str, **members: Any) -> None:
        self.call("s3", f"put_bucket_{what}", Bucket=self.name, **members)


def _encryption(given: dict[str, Any]) -> dict[str, Any]:
    rules = given["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    names = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}
    return {"Rules": [{names.get(key, key): rule[key] for key in rule} for rule in rules]}


def _logging(given: dict[str, Any]) -> dict[str, Any]:
    names = {"DestinationBucketName": "TargetBucket", "LogFilePrefix": "TargetPrefix"}
    return {"LoggingEnabled": {names.get(key, key): given[key] for key in given}}


def _cors(given: dict[str, Any]) -> dict[str, Any]:
    names = {"ExposedHeaders": "ExposeHeaders", "Id": "ID", "MaxAge": "MaxAgeSeconds"}
    rules = given.get("CorsRules", [])
    return {"CORSRules": [{names.get(key, key): rule[key] for key in rule} for rule in rules]}
