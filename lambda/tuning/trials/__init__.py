"""The training jobs of a tuning job: what they found, which one wins, why others failed."""
