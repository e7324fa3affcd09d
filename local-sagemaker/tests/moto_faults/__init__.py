"""moto as it is, without local AWS: each test shows a fault or a gap that a patch mends.

A test that fails after an upgrade of moto tells that the fault is gone, and with it the need of the
patch that names the test in `local_sagemaker.services.moto_patches`.
"""
