"""Everything but SageMaker: moto, and one adapter for each service that it only half answers."""
