"""Links into the AWS console, for people who read on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tuning.data.s3_location import S3Location

_DOMAINS = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


@dataclass(frozen=True)
class Console:
    """The console of a region; without one, a link is the name that commands take."""

    region: str
    domain: str | None

    @classmethod
    def of(cls, execution_id: str, *, exists: bool) -> Console:
        """Where an execution is; `exists` says whether it is in AWS, and not somewhere else."""
        _, partition, _, region, *_ = execution_id.split(":")
        return cls(region, _DOMAINS.get(partition) if exists else None)

    def execution(self, execution_id: str) -> str:
        """Of Step Functions."""
        place = f"#/v2/executions/details/{quote(execution_id, safe=':/')}"
        return self._link("states/home", "", place) or execution_id

    def object(self, uri: str) -> str:
        """Of an object in S3."""
        location = S3Location.of(uri)
        key = f"&prefix={quote(location.key)}"
        return self._link(f"s3/object/{location.bucket}", key, "") or uri

    def _link(self, page: str, query: str, place: str) -> str | None:
        if self.domain is None:
            return None
        return f"https://{self.region}.{self.domain}/{page}?region={self.region}{query}{place}"
