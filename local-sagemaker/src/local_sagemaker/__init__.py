"""A local AWS: SageMaker that trains, tunes and serves, and upon moto the services beside it.

Each folder is a room, and its docstring says what belongs there. `python -m local_sagemaker` runs
the server.
"""
