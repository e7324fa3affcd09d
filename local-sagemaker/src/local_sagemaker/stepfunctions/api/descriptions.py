"""DescribeStateMachine and DescribeStateMachineForExecution."""

from __future__ import annotations

from dataclasses import replace

from local_sagemaker.stepfunctions.api.arns import StateMachineArn, state_machine_arn
from local_sagemaker.stepfunctions.api.labels import item_processor
from local_sagemaker.stepfunctions.api.lookup import started_and_execution
from local_sagemaker.stepfunctions.api.region import METADATA_ONLY, Document, Operation, Region
from local_sagemaker.stepfunctions.api.state_machine import StateMachineRevision
from local_sagemaker.stepfunctions.api.targets import target
from local_sagemaker.stepfunctions.definition.references import variable_references
from local_sagemaker.stepfunctions.errors import StateMachineDoesNotExist
from local_sagemaker.stepfunctions.json_text import to_text


class Descriptions:
    """What a state machine is, now or when an execution of it was started."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def operations(self) -> dict[str, Operation]:
        return {
            "DescribeStateMachine": self._describe,
            "DescribeStateMachineForExecution": self._describe_for_execution,
        }

    def _describe(self, request: Document) -> Document:
        """Of a version what was published, of an alias one of its versions."""
        with self._region.lock:
            arn = state_machine_arn(request["stateMachineArn"])
            if arn.label:
                return self._describe_map(arn, request)
            found = target(self._region, arn.text)
            machine, version = found.machine, found.version
            answer = {
                "stateMachineArn": version.arn if version else machine.arn,
                "name": machine.name,
                "status": "DELETING" if machine.is_deleting else "ACTIVE",
                "type": machine.type,
                "creationDate": version.creation_date if version else machine.creation_date,
            }
            if version and version.description is not None:
                answer["description"] = version.description
            return answer | _told(found.revision, request)

    def _describe_map(self, arn: StateMachineArn, request: Document) -> Document:
        """A distributed map's item processor."""
        machine, _ = self._region.state_machine(arn.text)
        processor = item_processor(machine.revision.chain.said, arn.label, machine.arn)
        if processor is None:
            raise StateMachineDoesNotExist(arn.text)
        answer = self._describe(request | {"stateMachineArn": machine.arn})
        definition = {"definition": to_text(processor)} if "definition" in answer else {}
        return answer | definition | {"stateMachineArn": arn.text, "label": arn.label}

    def _describe_for_execution(self, request: Document) -> Document:
        """Of an iteration the Map state's item processor."""
        started, execution = started_and_execution(self._region, request["executionArn"])
        revision, ran = started.revision, execution.revision
        answer = {
            "stateMachineArn": ran.arn,
            "name": ran.name,
            "updateDate": revision.date,
        }
        if execution.map_run_arn is not None:
            answer["mapRunArn"] = execution.map_run_arn
            answer["label"] = ran.arn.rpartition("/")[2]
            revision = replace(revision, definition=to_text(ran.chain.said))
        return answer | _told(revision, request)


def _told(revision: StateMachineRevision, request: Document) -> Document:
    """A definition goes with the variables that its states read, if they do."""
    answer: Document = {
        "roleArn": revision.role_arn,
        "loggingConfiguration": revision.logging,
        "tracingConfiguration": revision.tracing,
    }
    if revision.encryption is not None:
        answer["encryptionConfiguration"] = revision.encryption
    if revision.id is not None:
        answer["revisionId"] = revision.id
    if request.get("includedData") == METADATA_ONLY:
        return answer
    answer["definition"] = revision.definition
    references = variable_references(revision.definition)
    return answer | ({"variableReferences": references} if references else {})
