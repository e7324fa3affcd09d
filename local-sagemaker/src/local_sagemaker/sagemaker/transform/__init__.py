"""Batch transform jobs: input split into requests, answers put together."""
