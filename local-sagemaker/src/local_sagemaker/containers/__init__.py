"""Programs that do what SageMaker's own container images do, without Docker.

A folder is an algorithm, but for `script_mode`, which runs scripts, and `debugger`, the hook of
SageMaker Debugger. The files beside them are what they share. They know the contract of a
container (`/opt/ml`, `/ping`, `/invocations`) and nothing of the service that starts them.
"""
