"""Links into the AWS console, for people who read on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tuning.data.s3_location import S3Location

DOMAINS = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}

# The log group /aws/sagemaker/TrainingJobs, its streams filtered, in the code of CloudWatch's page.
_TRAINING_JOBS = (
    "#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3D"
)


@dataclass(frozen=True)
class Console:
    """The console of a region; without one, a link is the name that commands take."""

    region: str
    domain: str | None

    @classmethod
    def of(cls, arn: str, *, exists: bool) -> Console:
        """Where an execution or a job is; `exists` says whether in AWS, not somewhere else."""
        _, partition, _, region, *_ = arn.split(":")
        return cls(region, DOMAINS.get(partition) if exists else None)

    def execution(self, execution_id: str) -> str:
        """Of Step Functions."""
        place = f"#/v2/executions/details/{quote(execution_id, safe=':/')}"
        return self._link("states/home", "", place) or execution_id

    def object(self, uri: str) -> str:
        """Of an object in S3."""
        location = S3Location.of(uri)
        key = f"&prefix={quote(location.key)}"
        return self._link(f"s3/object/{location.bucket}", key, "") or uri

    def training_job_log(self, name: str) -> str | None:
        """Of the streams of a training job in CloudWatch Logs; None without a console."""
        return self._link("cloudwatch/home", "", f"{_TRAINING_JOBS}{name}")

    def _link(self, page: str, query: str, place: str) -> str | None:
        if self.domain is None:
            return None
        return f"https://{self.region}.{self.domain}/{page}?region={self.region}{query}{place}"
