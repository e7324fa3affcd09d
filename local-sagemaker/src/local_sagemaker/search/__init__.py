"""Search strategies of SageMaker Automatic Model Tuning: which hyperparameters to try next."""

from local_sagemaker.search.search import Observation, Search, Suggestion, create_search

__all__ = ["Observation", "Search", "Suggestion", "create_search"]
