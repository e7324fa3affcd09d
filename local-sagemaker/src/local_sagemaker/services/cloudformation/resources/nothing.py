"""Types without any effect here: they describe the stack or wait for something outside it."""

from __future__ import annotations

from typing import Any

from local_sagemaker.services.cloudformation.resources.resource import Resource


class Nothing(Resource):
    """AWS::CDK::Metadata, AWS::CloudFormation::WaitCondition and its handle."""

    def make(self) -> None:
        self.attributes = {"Data": "{}"}  # what a WaitCondition has heard

    def change(self, properties: dict[str, Any]) -> None:
        """There is nothing to change."""

    def remove(self) -> None:
        """There is nothing to remove."""
