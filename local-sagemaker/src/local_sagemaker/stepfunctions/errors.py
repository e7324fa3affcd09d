"""Errors as Step Functions puts them on the wire: the class name is the error code.

Most name one thing, in words that Step Functions always uses for it: ExecutionDoesNotExist(arn)
reads "Execution Does Not Exist: '<arn>'".
"""

from __future__ import annotations

from typing import ClassVar

from local_sagemaker.protocol.api_errors import ApiError


class StepFunctionsError(ApiError):
    """Base of what a client of Step Functions gets as an error answer."""

    words: ClassVar[str] = "{}"

    def __init__(self, what: str = "") -> None:
        super().__init__(self.words.format(what))


class ValidationException(StepFunctionsError):
    """A request that breaks the API description, or a rule that has no error of its own."""


class MissingRequiredParameter(StepFunctionsError):
    """UpdateStateMachine without anything to change."""


class AccessDeniedException(StepFunctionsError):
    """A role that Step Functions may not take on."""


class ConflictException(StepFunctionsError):
    """An alias that is there already, a revision that is not the current one, a version in use."""


class ResourceNotFound(StepFunctionsError):
    """An alias, a Map Run or a tagged resource that is not there."""


class InvalidArn(StepFunctionsError):
    """No ARN, or that of another kind of resource, or no role's."""


class InvalidName(StepFunctionsError):
    """A name with a character that names do not have."""

    words = "Invalid Name: '{}'"


class InvalidDefinition(StepFunctionsError):
    """A definition that is not of the Amazon States Language."""


class InvalidExecutionInput(StepFunctionsError):
    """An execution's input that is not JSON."""

    words = "Invalid State Machine Execution Input: '{}'"


class InvalidLoggingConfiguration(StepFunctionsError):
    """A level without a log group, several log groups, or one that is not there."""

    words = "Invalid Logging Configuration: {}"


class InvalidOutput(StepFunctionsError):
    """SendTaskSuccess with an output that is not JSON."""

    words = "Invalid Output: '{}'"


class InvalidToken(StepFunctionsError):
    """A token of a page or of a task that was never given out."""

    words = "Invalid Token: '{}'"

    def __init__(self, what: str = "Invalid token") -> None:
        super().__init__(what)


class InvalidEncryptionConfiguration(StepFunctionsError):
    """A key that is missing, or given where there is none to give."""

    words = "Invalid Encryption Configuration: {}"


class StateMachineAlreadyExists(StepFunctionsError):
    """Another state machine has this name."""

    words = "State Machine Already Exists: '{}'"


class StateMachineDoesNotExist(StepFunctionsError):
    """A state machine that is not there, or a version of it."""

    words = "State Machine Does Not Exist: '{}'"


class StateMachineDeleting(StepFunctionsError):
    """A state machine whose executions end before it is gone."""

    words = "State Machine is deleting: '{}'"


class StateMachineTypeNotSupported(StepFunctionsError):
    """An operation that is for the other type of state machines."""

    words = "This operation is not supported by this type of state machine"


class ExecutionAlreadyExists(StepFunctionsError):
    """Another execution has this name."""

    words = "Execution Already Exists: '{}'"


class ExecutionDoesNotExist(StepFunctionsError):
    """An execution that is not there."""

    words = "Execution Does Not Exist: '{}'"


class ExecutionNotRedrivable(StepFunctionsError):
    """RedriveExecution of one that runs, or that went well."""


class ActivityDoesNotExist(StepFunctionsError):
    """An activity that is not there."""

    words = "Activity Does Not Exist: '{}'"


class TaskDoesNotExist(StepFunctionsError):
    """A task token of an execution that is gone."""

    words = "Task does not exist: '{}'"


class TaskTimedOut(StepFunctionsError):
    """The token of a task that is over: answered, out of time, or stopped."""

    words = "Task Timed Out: '{}'"

    def __init__(self, what: str = "Provided task does not exist anymore") -> None:
        super().__init__(what)


class TooManyTags(StepFunctionsError):
    """More than 50 tags."""

    words = "A resource can have at most 50 tags: '{}'"
