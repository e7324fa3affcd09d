"""Tags of what moto keeps, for conditions on aws:ResourceTag."""

from __future__ import annotations

from collections.abc import Callable

from moto.awslambda.models import lambda_backends
from moto.events.models import events_backends
from moto.kms.models import kms_backends
from moto.logs.models import logs_backends
from moto.s3.models import s3_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from local_sagemaker.services.permissions.attached import role_of, tags_of

Tags = dict[str, str]


def moto_tags_of(arn: str) -> Tags:
    """Empty for what has none, is not there, or is of a service whose tags nobody looks up here.

    Objects of a bucket have tags of their own, which are no aws:ResourceTag.
    """
    if arn.count(":") < 5:
        return {}
    _, _, service, region, account, name = arn.split(":", 5)
    find = _FINDERS.get(service)
    return find(arn, region, account, name) if find else {}


def _bucket(arn: str, _region: str, _account: str, name: str) -> Tags:
    partition, owner = s3_backends.bucket_accounts.get(name, ("", ""))
    if not owner:
        return {}
    return s3_backends[owner][partition].tagger.get_tag_dict_for_resource(arn)


def _function(arn: str, region: str, account: str, _name: str) -> Tags:
    function = lambda_backends[account][region].get_function_by_arn(arn)
    return dict(function.tags or {}) if function else {}


def _queue(_arn: str, region: str, account: str, name: str) -> Tags:
    queue = sqs_backends[account][region].queues.get(name)
    return dict(queue.tags) if queue else {}


def _topic(arn: str, region: str, account: str, _name: str) -> Tags:
    topic = sns_backends[account][region].topics.get(arn)
    return dict(topic._tags) if topic else {}


def _key(_arn: str, region: str, account: str, name: str) -> Tags:
    key_id = name.partition("/")[2]
    return kms_backends[account][region].tagger.get_tag_dict_for_resource(key_id)


def _log_group(arn: str, region: str, account: str, _name: str) -> Tags:
    tagger = logs_backends[account][region].tagger
    return tagger.get_tag_dict_for_resource(arn.removesuffix(":*"))


def _rule(arn: str, region: str, account: str, _name: str) -> Tags:
    return events_backends[account][region].tagger.get_tag_dict_for_resource(arn)


def _role(arn: str, _region: str, _account: str, _name: str) -> Tags:
    role = role_of(arn)
    return tags_of(role) if role else {}


_FINDERS: dict[str, Callable[[str, str, str, str], Tags]] = {
    "s3": _bucket,
    "lambda": _function,
    "sqs": _queue,
    "sns": _topic,
    "kms": _key,
    "logs": _log_group,
    "events": _rule,
    "iam": _role,
}
