"""deployment.json: what recovery needs to know of an endpoint."""

from tuning.variables.deployment import Deployment


def test_document_has_the_members_that_people_read_in_the_data_bucket() -> None:
    deployment = Deployment(endpoint_config_name="retune-1", previous="retune-0")
    assert deployment.to_document() == {
        "EndpointConfigName": "retune-1",
        "Previous": "retune-0",
        "Proven": False,
    }
    assert Deployment.parse(deployment.to_document()) == deployment
