"""SageMaker's built-in XGBoost algorithm as two programs: `train` and `serve`.

They keep the contract of the container images (directories, hyperparameters, log lines, HTTP API)
on the XGBoost library installed here, whatever version of the image is asked for; `versions` holds
what differs between the images.
"""
