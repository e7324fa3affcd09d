"""Everything but SageMaker: moto, and an adapter for each service that it only half answers.

`adapters` installs them all. A part of moto is replaced by `patching` only, and every replaced part
stands in `moto_patches`.
"""
