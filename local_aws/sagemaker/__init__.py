"""A SageMaker that trains, tunes and serves on this machine.

It follows the API's description in botocore and the developer guide. Where these are silent or a
laptop is different, it does this:

- Only built-in XGBoost runs; other images, Pipe mode, Autotune, AutoParameters, inference
  pipelines, asynchronous, shadow and explained endpoints, and DataProcessing of anything but CSV
  are refused.
- One host trains and one process serves a variant, whatever the instance count. Serverless
  variants are served in the same way.
- There are no quotas and no waits for instances.
- A deployment splits the traffic, waits and watches its alarms, also while the old fleet waits for
  its termination; an alarm that is in ALARM before it begins aborts it. Canary and linear steps
  and rolling batches need two instances; a DeploymentConfig for serverless variants is refused.
- A model can be made from an approved version of a model package group only. A version has the
  tags of its group and takes none of its own.
- A job that completes without the objective metric counts as Failed for the tuning job; when no
  training job has one, the tuning job fails.
- A training job that is stopped counts with its last objective; it can be the best one only if
  it left a model.
- Warm start is checked and finds the overall best; the search itself does not yet learn from the
  parents.
- Members that an operation does not have are refused, not dropped.
- Everything is in memory: a new server knows no jobs.
"""
