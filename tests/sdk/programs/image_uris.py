"""The image URIs of the SDK for the regions and versions that are asked for."""

import functools
import json
import sys
from pathlib import Path

from sagemaker.core import common_utils, image_uris

# The SDK reads botocore's table of regions anew for each image, of which there are hundreds.
common_utils._botocore_resolver = functools.cache(common_utils._botocore_resolver)

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
