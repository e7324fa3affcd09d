"""What Retune and local SageMaker both know must be the same: both are asked, and must agree.

Each side has its own tables, since neither imports the other. A case is generated, put to both,
and a difference is a failure that names the case.
"""
