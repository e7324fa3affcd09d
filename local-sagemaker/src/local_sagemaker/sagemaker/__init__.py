"""A SageMaker that trains, tunes and serves on this machine.

It follows the API's description in botocore and the developer guide. Where these are silent or a
laptop is different, it does this:

- Built-in XGBoost and Linear Learner run as processes, other images in Docker if there is one.
  Scripts in the XGBoost and scikit-learn images run in Docker too, and as processes without it.
- SageMaker's other, closed algorithms are refused, as are Pipe mode of any but XGBoost up to 1.7
  and Linear Learner, which read a pipe once, explained endpoints, inference components and
  DataProcessing of anything but CSV.
- In an inference pipeline the last container alone gets Accept. A shadow variant gets as many of
  the requests as its weight is of the other variant's. Asynchronous requests do not wait.
- A processing job runs a Python script in SageMaker's XGBoost or scikit-learn image as a process,
  anything else in Docker. Inputs, outputs and their paths have names of their own. Outputs are
  uploaded when the program has succeeded; one that takes too long ends as Stopped.
- The files of SageMaker Debugger's hook are in S3 when the container has ended, and its rules are
  evaluated then, six of them (containers/debugger/rules.py). Nothing is profiled.
- One host trains and one process serves a variant, whatever the instance count. Serverless
  variants are served in the same way.
- There are no waits for instances. Quotas count instances by type and kind of work, and all of a
  kind; those of an update count beside the instances that it replaces (sagemaker/quotas).
- A deployment splits the traffic, waits and watches its alarms, also while the old fleet waits for
  its termination; an alarm that is in ALARM before it begins aborts it. Canary and linear steps
  and rolling batches need two instances; a DeploymentConfig for serverless variants is refused.
- A model can be made from an approved version of a model package group only. A version has the
  tags of its group and takes none of its own.
- A job that completes without the objective metric counts as Failed for the tuning job; when no
  training job has one, the tuning job fails.
- A training job that is stopped counts with its last objective. It can be the best one only if it
  left a model, or if the tuning job has completed and no training job left one.
- A tuning job that reaches MaxRuntimeInSeconds ends as Stopped, one that meets a completion
  criterion as Completed; both stop their running training jobs.
- Ten training jobs in a row without an improvement of 1 % are convergence (tuning/completion.py);
  early stopping begins late (tuning/early_stopping.py); Hyperband is asynchronous, with brackets
  (tuning/hyperband.py); Autotune chooses as tuning/autotune.py says.
- Several definitions take turns, each with a search of its own; when one has no combinations left
  the others go on.
- Warm start learns with the Bayesian strategy. Parents may have ended as Completed or Stopped;
  their training jobs count against 750; a static value that changes counts as one change if it is
  a number and as two if it is text; identical data means the same image repository and S3 URIs.
- Managed spot capacity is always there: nothing is interrupted, and nothing is cheaper.
- Search knows training jobs, tuning jobs, pipelines and their executions, and refuses a property
  that they do not have. A resource without the property meets NotEquals, and is last when they are
  sorted by it.
- When a step of a pipeline fails, no other begins and those that run go on (pipelines/runner.py).
  A job that was stopped by somebody else fails its step.
- CompressionType NONE of a model is refused.
- Members that an operation does not have are refused, not dropped.
- Everything is in memory: a new server knows no jobs.
"""
