"""deployment.json: what recovery needs to know of an endpoint."""

from tuning.variables.deployment import Deployment


def test_document_has_the_members_that_people_read_in_the_data_bucket():
    deployment = Deployment("retune-1", previous="retune-0")
    assert deployment.to_document() == {
        "EndpointConfigName": "retune-1",
        "Previous": "retune-0",
        "Proven": False,
    }


def test_what_is_written_is_what_is_read():
    for deployment in (Deployment("retune-1"), Deployment("retune-1", "retune-0", proven=True)):
        assert Deployment.parse(deployment.to_document()) == deployment
