"""Runs a Python script over a folder in S3, as ScriptProcessor does."""

import json
import sys
from pathlib import Path

from sagemaker.core.helper.session_helper import Session
from sagemaker.core.processing import ScriptProcessor
from sagemaker.core.resources import ProcessingJob
from sagemaker.core.shapes import (
    ProcessingInput,
    ProcessingOutput,
    ProcessingS3Input,
    ProcessingS3Output,
)

ROWS, COUNTED = "/opt/ml/processing/input/rows", "/opt/ml/processing/counted"
SCRIPT = """
import sys
from pathlib import Path

source, target = map(Path, sys.argv[1:])
lines = sum(len(each.read_text().splitlines()) for each in source.iterdir())
(target / "lines.txt").write_text(str(lines))
"""

given = json.loads(sys.argv[1])
script = Path(sys.argv[2]).with_name("count.py")
script.write_text(SCRIPT)

processor = ScriptProcessor(
    role=given["role"],
    image_uri=given["image"],
    command=["python3"],
    instance_count=1,
    instance_type="ml.m5.large",
    sagemaker_session=Session(default_bucket=given["bucket"]),
)
processor.run(
    code=str(script),
    inputs=[
        ProcessingInput(
            input_name="rows",
            s3_input=ProcessingS3Input(
                s3_uri=f"s3://{given['bucket']}/data/train/",
                local_path=ROWS,
                s3_data_type="S3Prefix",
                s3_input_mode="File",
            ),
        )
    ],
    outputs=[
        ProcessingOutput(
            output_name="counted",
            s3_output=ProcessingS3Output(
                s3_uri=f"s3://{given['bucket']}/counted/",
                local_path=COUNTED,
                s3_upload_mode="EndOfJob",
            ),
        )
    ],
    arguments=[ROWS, COUNTED],
)
job = ProcessingJob.get(processor.latest_job.processing_job_name)
Path(sys.argv[2]).write_text(
    json.dumps(
        {
            "status": job.processing_job_status,
            "jobs": [each.processing_job_name for each in ProcessingJob.get_all()],
            "name": job.processing_job_name,
        }
    )
)
