"""The image URIs of the SDK for the regions and versions that are asked for."""

import json
import sys
from pathlib import Path

from sagemaker.core import image_uris

given = json.loads(sys.argv[1])
Path(sys.argv[2]).write_text(
    json.dumps(
        {
            algorithm: {
                f"{region} {version}": image_uris.retrieve(algorithm, region, version=version)
                for region in regions
                for version in given["versions"][algorithm]
            }
            for algorithm, regions in given["regions"].items()
        }
    )
)
