"""SNS: topics reach SQS queues, Lambda functions and web addresses; mail is only logged."""
