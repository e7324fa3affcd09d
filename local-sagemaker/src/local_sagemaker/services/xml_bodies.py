"""Bodies of S3's requests that are XML, and not of the form that S3 describes: MalformedXML.

moto reads each with xmltodict, which makes a list of two elements, a dictionary of one and nothing
of an empty one, and then stumbles over what it has not thought of.
"""

from __future__ import annotations

from moto.s3.exceptions import MalformedXML
from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace
from local_sagemaker.services.refused_stumbles import refuse_stumble

READERS = (
    "_accelerate_config_from_body",
    "_acl_from_body",
    "_bucket_tagging_from_body",
    "_cors_from_body",
    "_encryption_config_from_body",
    "_inventory_config_from_body",
    "_legal_hold_status_from_xml",
    "_logging_from_body",
    "_mode_until_from_body",
    "_notification_config_from_body",
    "_ownership_rule_from_body",
    "_process_lock_config_from_body",
    "_replication_config_from_xml",
)
_STUMBLES = (AttributeError, LookupError, TypeError)


def install() -> None:
    for name in READERS:
        refuse_stumble(S3Response, name, _STUMBLES, MalformedXML)
    # An object's tags are read as a bucket's, which may be none.
    replace(S3Response, "_tagging_from_xml", S3Response._bucket_tagging_from_body)
