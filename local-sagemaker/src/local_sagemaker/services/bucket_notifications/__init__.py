"""S3 tells queues, topics and functions what happens to a bucket's objects.

moto knows configurations and when something happens; here it is checked that the destinations are
there, and each is told. What S3 may do to a queue or a topic is not looked at
(local AWS enforces no policies); a function must have a permission for S3, as most often forgotten.
"""
