"""SageMaker's built-in Linear Learner as two programs: `train` and `serve`.

The algorithm's source is closed. What is here follows the developer guide (hyperparameters,
metrics, formats) and logs of the real container that people have published (log lines, names of
objectives, the automatic values of hyperparameters). The model is the same kind of model; its
file is not: AWS stores MXNet's format, these programs an archive of numpy arrays.
"""
