"""A SageMaker that trains, tunes and serves on this machine.

It follows the API's description in botocore and the developer guide. Where these are silent or a
laptop is different, it does this:

- Only built-in XGBoost and Linear Learner run; other images, Pipe mode, Autotune,
  AutoParameters, inference pipelines, asynchronous, shadow and explained endpoints, and
  DataProcessing are refused.
- One host trains and one process serves a variant, whatever the instance count. Serverless
  variants are served in the same way.
- There are no quotas and no waits for instances. A deployment moves all traffic at once; the
  waits and alarms of a DeploymentConfig are recorded, not acted on.
- A job that completes without the objective metric counts as Failed for the tuning job; when no
  training job has one, the tuning job fails.
- A training job that is stopped counts with its last objective; it can be the best one only if
  it left a model.
- Warm start is checked and finds the overall best; the search itself does not yet learn from the
  parents.
- Members that an operation does not have are refused, not dropped.
- Everything is in memory: a new server knows no jobs.
"""
