"""EventBridge: rules deliver to their targets, and AWS's own events reach the default bus.

Differences from AWS, on purpose:
- Targets are Lambda functions, state machines, SNS topics and SQS queues, and what moto delivers
  to: log groups, buses, archives. Others are refused.
- A delivery that fails for a while is tried again for a minute instead of 24 hours.
"""
