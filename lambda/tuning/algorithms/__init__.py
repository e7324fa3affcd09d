"""What is known of SageMaker's built-in algorithms: hyperparameters, metrics, images.

The knowledge is data, a JSON file an algorithm; the code only reads it.
"""
