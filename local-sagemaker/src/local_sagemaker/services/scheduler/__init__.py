"""EventBridge Scheduler: moto keeps the schedules, here they fire.

Delivered are state machines (StartExecution), SageMaker pipelines, Lambda functions and SQS queues;
a schedule with another target is refused. A flexible time window is used at its start.
"""
