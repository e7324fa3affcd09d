"""Programs that do what SageMaker's own container images do, without Docker.

A folder is an algorithm, the files beside it are what algorithms share. They know the contract of a
container (`/opt/ml`, `/ping`, `/invocations`) and nothing of the service that starts them.
"""
