"""Search strategies of SageMaker Automatic Model Tuning: which hyperparameters to try next."""

from local_aws.search.search import Search, Suggestion, create_search

__all__ = ["Search", "Suggestion", "create_search"]
