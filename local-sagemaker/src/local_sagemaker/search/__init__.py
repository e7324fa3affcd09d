"""Search strategies of SageMaker Automatic Model Tuning: which hyperparameters to try next.

Knows ranges and objective values, and nothing of jobs.
"""
