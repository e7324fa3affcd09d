"""AWS::CloudWatch::Dashboard."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.presence import is_there
from local_sagemaker.services.cloudformation.resources.resource import Resource


class Dashboard(Resource):
    """A dashboard with its body."""

    name_property = "DashboardName"

    def is_taken(self) -> bool:
        get = self.own_client("cloudwatch").get_dashboard
        return is_there(get, "ResourceNotFound", DashboardName=self.name)

    def make(self) -> None:
        self.change(self.properties)

    def change(self, properties: dict[str, Any]) -> None:
        self.call(
            "cloudwatch",
            "put_dashboard",
            DashboardName=self.name,
            DashboardBody=properties["DashboardBody"],
        )

    def remove(self) -> None:
        self.client("cloudwatch").delete_dashboards(DashboardNames=[self.name])
