"""What the service knows of an algorithm: its metrics, its hyperparameters and its image.

SageMaker describes a built-in algorithm (`builtin_algorithm`), the request one of somebody's own
(`own_algorithm`); `algorithm_specification` makes either of a request.
"""
