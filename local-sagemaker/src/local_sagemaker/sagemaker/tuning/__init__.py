"""Tuning jobs: the rules of their requests, and how they run training jobs until they end."""
