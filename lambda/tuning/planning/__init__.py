"""From a checked input to the plan: every SageMaker request of the run, built before it starts."""
