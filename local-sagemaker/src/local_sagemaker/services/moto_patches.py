"""Every part of moto that local AWS replaces, and why.

None of these parts is public, so any upgrade of moto may move or mend them. All are faults and gaps
of moto: the test of `tests/moto_faults` shows the fault on moto as it is, and fails once moto is
right; then the patch can go. Besides, ec2_tables.py has moto read tables of EC2 later, which
changes no answer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patch:
    """`replaces` are attributes of one module or class of moto's; `test` is `file::function`."""

    owner: str
    replaces: tuple[str, ...]
    why: str
    test: str

    @property
    def names(self) -> list[str]:
        return [f"{self.owner}.{each}" for each in self.replaces]


PATCHES = (
    Patch(
        "moto.core.responses.BaseResponse",
        ("setup_class", "_get_action"),
        "What follows an & in a JSON body counts as a parameter, or as the operation.",
        "test_request_parameters::test_a_secret_is_written_to_another_that_its_text_names",
    ),
    Patch(
        "moto.core.responses.BaseResponse",
        ("get_region_from_url",),
        "A user agent or a URL names the region of a request, whatever it is signed for.",
        "test_request_parameters::test_a_user_agent_names_the_region",
    ),
    Patch(
        "moto.iam.models.IAMBackend",
        (
            "put_role_policy",
            "put_user_policy",
            "put_group_policy",
            "create_policy",
            "create_policy_version",
            "create_role",
            "update_assume_role_policy",
            "attach_role_policy",
        ),
        "Policies are as long, and roles have as many of them, as anybody likes.",
        "test_policy_sizes::test_policies_of_a_role_may_have_any_length",
    ),
    Patch(
        "moto.s3.models.S3Backend",
        ("put_bucket_policy",),
        "A bucket's policy has any length.",
        "test_policy_sizes::test_policies_of_bucket_topic_and_queue_may_have_any_length",
    ),
    Patch(
        "moto.sns.models.SNSBackend",
        ("create_topic", "set_topic_attribute"),
        "A topic's policy has any length.",
        "test_policy_sizes::test_policies_of_bucket_topic_and_queue_may_have_any_length",
    ),
    Patch(
        "moto.sqs.models.SQSBackend",
        ("create_queue", "set_queue_attributes"),
        "A queue's policy has any length.",
        "test_policy_sizes::test_policies_of_bucket_topic_and_queue_may_have_any_length",
    ),
    Patch(
        "moto.applicationautoscaling.models.ApplicationAutoscalingBackend",
        ("register_scalable_target",),
        "An endpoint's variant is accepted whether it is there or not.",
        "test_autoscaling::test_a_variant_need_not_exist_to_become_a_target",
    ),
    Patch(
        "moto.applicationautoscaling.models.ApplicationAutoscalingBackend",
        ("put_scaling_policy",),
        "A policy is accepted without a target.",
        "test_autoscaling::test_a_policy_needs_no_target",
    ),
    Patch(
        "moto.awslambda.models.LambdaBackend",
        ("invoke",),
        "Code runs in Docker only.",
        "test_functions::test_without_docker_no_code_runs",
    ),
    Patch(
        "moto.awslambda.responses.LambdaResponse",
        ("invoke",),
        "Whatever version is asked for, the latest one answers.",
        "test_functions::test_a_version_that_is_not_there_answers",
    ),
    Patch(
        "moto.awslambda.models.LambdaBackend",
        ("add_permission",),
        "Two statements of a policy have one id.",
        "test_functions::test_two_statements_have_one_id",
    ),
    Patch(
        "moto.awslambda.models.LayerVersion",
        ("__init__",),
        "A layer may be an object that is not there.",
        "test_functions::test_a_layer_may_be_what_is_not_there",
    ),
    Patch(
        "moto.awslambda.models.LambdaBackend",
        ("create_event_source_mapping",),
        "A queue's messages reach a function in Docker only, while their sender waits.",
        "test_functions::test_without_docker_no_message_reaches_a_function",
    ),
    Patch(
        "moto.s3.notifications",
        ("send_event", "send_test_event"),
        "A bucket reaches functions in Docker only, and tells less than S3.",
        "test_policies_and_objects::test_what_a_bucket_tells_lacks_who_did_it",
    ),
    Patch(
        "moto.s3.models.S3Backend",
        ("complete_multipart_upload",),
        "An upload in parts is told of twice.",
        "test_policies_and_objects::test_an_upload_in_parts_is_told_of_twice",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("put_object_tagging",),
        "Every object that is put is told to have new tags.",
        "test_policies_and_objects::test_an_object_without_tags_is_told_to_have_new_ones",
    ),
    Patch(
        "moto.s3.models.S3Backend",
        ("delete_object",),
        "Nobody is told of a delete marker.",
        "test_policies_and_objects::test_nobody_is_told_of_a_delete_marker",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("_notification_config_from_body",),
        "A bucket may be told to notify what is not there.",
        "test_policies_and_objects::test_a_bucket_may_be_told_to_notify_what_is_not_there",
    ),
    Patch(
        "moto.awslambda.models.LambdaFunction",
        ("__init__", "update_configuration", "get_configuration"),
        "LoggingConfig and DeadLetterConfig are lost, and a role's trust is not looked at.",
        "test_functions::test_log_group_and_dead_letter_queue_of_a_function_are_lost",
    ),
    Patch(
        "moto.awslambda.models.LambdaFunction",
        ("_set_function_code",),
        "Code that is no zip is accepted.",
        "test_functions::test_code_that_is_no_zip_is_accepted",
    ),
    Patch(
        "moto.awslambda.models.LambdaFunction",
        ("_get_layers_data",),
        "Layers of other accounts are not there.",
        "test_functions::test_layers_of_other_accounts_are_not_there",
    ),
    Patch(
        "moto.awslambda.models.LambdaFunction",
        ("update_url_config",),
        "The URL of a function that has none is an AttributeError.",
        "test_stumbles::test_the_url_of_a_function_that_has_none_is_an_attribute_error",
    ),
    Patch(
        "moto.logs.models.LogsBackend",
        ("put_delivery_destination",),
        "Any destination is accepted, and an AttributeError of every list from then on.",
        "test_stumbles::test_any_destination_of_deliveries_is_accepted_and_none_is_listed_after_it",
    ),
    Patch(
        "moto.logs.models.LogsBackend",
        ("put_subscription_filter",),
        "A filter's pattern may be anything, and counts for nothing; a function need not admit it.",
        "test_functions::test_a_subscription_sends_what_its_pattern_does_not_name",
    ),
    Patch(
        "moto.logs.models.LogStream",
        ("_send_log_events",),
        "A function is told in Docker only; one that is gone fails whoever writes.",
        "test_functions::test_who_writes_a_log_fails_by_a_function_that_is_gone",
    ),
    Patch(
        "moto.s3.models.S3Backend",
        ("delete_object_tagging",),
        "The tags of a version that is not there are an AttributeError.",
        "test_stumbles::test_tags_of_a_version_that_is_not_there_are_an_attribute_error",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("copy_object", "upload_part_copy"),
        "The source of a copy that names no key is a ValueError.",
        "test_stumbles::test_the_source_of_a_copy_that_names_no_key_is_a_value_error",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("_handle_range_header",),
        "A Range that is not written as one is a ValueError.",
        "test_stumbles::test_a_range_that_is_not_written_as_one_is_a_value_error",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("_acl_from_headers",),
        "A grant that is not written as one is an AttributeError.",
        "test_stumbles::test_a_grant_that_is_not_written_as_one_is_an_attribute_error",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("list_objects", "list_objects_v2", "list_object_versions", "list_multipart_uploads"),
        "Lists encode a part of what they name, or nothing.",
        "test_policies_and_objects::test_a_list_in_url_form_has_names_that_xml_cannot_carry",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        (
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
            "_tagging_from_xml",
        ),
        "XML of another form than S3's is an AttributeError, or another.",
        "test_stumbles::test_xml_of_another_form_is_an_attribute_error",
    ),
    Patch(
        "moto.s3.models.FakeKey",
        ("response_dict", "checksum_type"),
        "Of an object without a wish neither encryption nor type of checksum is told.",
        "test_policies_and_objects::test_an_object_has_no_encryption_and_no_type_of_checksum",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("_get_checksum",),
        "The same in the answer to its upload.",
        "test_policies_and_objects::test_an_object_has_no_encryption_and_no_type_of_checksum",
    ),
    Patch(
        "moto.dynamodb.responses.DynamoHandler",
        ("update_item",),
        "An update tells of the capacity that it consumed unasked.",
        "test_policies_and_objects::test_an_update_tells_unasked_what_it_consumed",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("setup_class",),
        "Of an object that is called a form nothing is left.",
        "test_policies_and_objects::test_of_an_object_that_is_called_a_form_nothing_is_left",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("_key_response",),
        "A key of more than 1,024 bytes is accepted.",
        "test_policies_and_objects::test_a_key_may_be_longer_than_s3_lets_it",
    ),
    Patch(
        "moto.sqs.models.SQSBackend",
        ("list_queues",),
        "A prefix of names is taken for a regular expression.",
        "test_stumbles::test_a_prefix_of_names_is_taken_for_a_regular_expression",
    ),
    Patch(
        "moto.events.models.EventsBackend",
        ("list_rules",),
        "The same for the names of rules.",
        "test_stumbles::test_a_prefix_of_names_is_taken_for_a_regular_expression",
    ),
    Patch(
        "moto.events.models.EventPattern",
        ("load", "matches_event"),
        "Match types that there are not are taken, and others read otherwise than AWS does.",
        "test_events::test_a_match_type_that_is_none_is_taken",
    ),
    Patch(
        "moto.events.responses.EventsHandler",
        ("test_event_pattern",),
        "TestEventPattern has no result.",
        "test_events::test_a_pattern_is_tested_without_a_result",
    ),
    Patch(
        "moto.dynamodb.models.DynamoDBBackend",
        ("execute_statement", "execute_transaction", "batch_execute_statement"),
        "A statement that ends too early is an IndexError, or another.",
        "test_stumbles::test_a_statement_that_ends_too_early_is_an_index_error",
    ),
    Patch(
        "moto.sqs.responses.SQSResponse",
        ("create_queue", "set_queue_attributes"),
        "An attribute that only SQS sets is an AttributeError, and any other is kept.",
        "test_stumbles::test_an_attribute_that_only_sqs_sets_is_an_attribute_error",
    ),
    Patch(
        "moto.awslambda.responses.LambdaResponse",
        ("invoke_async",),
        "InvokeAsync runs code in Docker only.",
        "test_functions::test_without_docker_no_code_runs_asynchronously",
    ),
    Patch(
        "moto.iam.models",
        ("get_account_id_from",),
        "To look for a key, IAM is made for every partition, each with all policies of AWS.",
        "test_policies_and_objects::test_looking_for_a_key_makes_the_iam_of_every_partition",
    ),
    Patch(
        "moto.iam.models.IAMBackend",
        ("create_service_linked_role",),
        "A service that is no host's name is an IndexError.",
        "test_stumbles::test_a_service_that_is_no_hosts_name_is_an_index_error",
    ),
    Patch(
        "moto.cloudformation.responses.CloudFormationResponse",
        (
            "RESPONSE_KEY_PATH_TO_TRANSFORMER",
            "create_change_set",
            "create_stack",
            "delete_change_set",
            "delete_stack",
            "describe_change_set",
            "describe_stack_events",
            "describe_stack_resource",
            "describe_stack_resources",
            "describe_stacks",
            "execute_change_set",
            "get_stack_policy",
            "get_template",
            "get_template_summary",
            "list_change_sets",
            "list_exports",
            "list_imports",
            "list_stack_resources",
            "list_stacks",
            "set_stack_policy",
            "update_stack",
            "update_termination_protection",
            "validate_template",
        ),
        "A stack that cannot be made is being created for ever: local AWS has stacks of its own.",
        "test_cloudformation::test_a_stack_that_cannot_be_made_is_being_created_for_ever",
    ),
    Patch(
        "moto.cloudformation.responses.CloudFormationResponse",
        ("create_stack_instances", "update_stack_instances", "update_stack_set"),
        "Stacks of a stack set are not updated, and would be of another CloudFormation.",
        "test_cloudformation::test_stacks_of_a_stack_set_stay_as_they_were",
    ),
    Patch(
        "moto.cloudwatch.models.Alarm",
        ("update_state",),
        "The actions of an alarm do not happen.",
        "test_alarms::test_an_alarm_tells_nobody_that_its_state_changed",
    ),
    Patch(
        "moto.cloudwatch.models.CloudWatchBackend",
        ("put_metric_alarm",),
        "An alarm never looks at its metric, and begins as OK.",
        "test_alarms::test_an_alarm_is_not_evaluated",
    ),
    Patch(
        "moto.events.models.EventsBackend",
        ("put_events",),
        "Anybody may send events in the name of AWS.",
        "test_events::test_anybody_may_send_in_the_name_of_aws",
    ),
    Patch(
        "moto.events.models.EventsBackend",
        ("put_rule",),
        "A schedule is accepted and never fires.",
        "test_events::test_a_schedule_that_never_fires_is_accepted",
    ),
    Patch(
        "moto.events.models.Rule",
        ("put_targets",),
        "A target is accepted that can never be reached.",
        "test_events::test_a_target_that_is_never_reached_is_accepted",
    ),
    Patch(
        "moto.events.models.Rule",
        ("send_to_targets",),
        "Events do not reach functions, topics and state machines.",
        "test_events::test_most_targets_are_not_reached",
    ),
    Patch(
        "moto.iam.policy_validation.IAMPolicyDocumentValidator",
        ("validate",),
        "A role's policy may have principals.",
        "test_policies_and_objects::test_a_managed_policy_may_name_principals",
    ),
    Patch(
        "moto.iam.policy_validation.IAMTrustPolicyDocumentValidator",
        ("validate",),
        "A trust policy need not say who is trusted.",
        "test_policies_and_objects::test_a_role_need_not_trust_anybody",
    ),
    Patch(
        "moto.iam.models.IAMBackend",
        ("create_role",),
        "A trust policy is not looked at when a role is made.",
        "test_policies_and_objects::test_a_role_need_not_trust_anybody",
    ),
    Patch(
        "moto.sts.responses.TokenResponse",
        ("get_caller_identity",),
        "Roles that services have taken on are nobody.",
        "test_policies_and_objects::test_a_function_is_a_user_called_moto",
    ),
    Patch(
        "moto.iam.responses.IamResponse",
        ("simulate_principal_policy", "simulate_custom_policy"),
        "The operations are missing.",
        "test_policies_and_objects::test_policies_cannot_be_simulated",
    ),
    Patch(
        "moto.s3.models",
        ("tempfile",),
        "Objects of up to 5 MiB stay in memory.",
        "test_policies_and_objects::test_an_object_of_four_megabytes_stays_in_memory",
    ),
    Patch(
        "moto.s3.responses.S3Response",
        ("put_object",),
        "Of two writes with a condition at the same moment both succeed.",
        "test_policies_and_objects::test_two_writes_at_the_same_moment_both_meet_their_condition",
    ),
    Patch(
        "moto.s3.models.FakeBucket",
        ("get_permission",),
        "Bucket policies are enforced without their conditions.",
        "test_policies_and_objects::test_a_condition_of_a_bucket_policy_is_not_looked_at",
    ),
    Patch(
        "moto.scheduler.models.EventBridgeSchedulerBackend",
        ("create_schedule", "update_schedule"),
        "A schedule is accepted that can never fire.",
        "test_scheduler::test_a_schedule_that_can_never_fire_is_accepted",
    ),
    Patch(
        "moto.scheduler.models.EventBridgeSchedulerBackend",
        ("delete_schedule_group",),
        "The default group goes, and with it every later schedule; one that is not there is a 500.",
        "test_scheduler::test_the_default_group_can_be_deleted",
    ),
    Patch(
        "moto.secretsmanager.models.SecretsManagerBackend",
        ("create_secret",),
        "A secret may be called anything.",
        "test_policies_and_objects::test_a_secret_may_be_called_anything",
    ),
    Patch(
        "moto.sns.models.Subscription",
        ("publish",),
        "A function is told of an example, not of the topic; mail leaves no trace; Publish fails "
        "by a subscriber that is gone.",
        "test_notifications::test_a_function_is_told_of_no_topic_but_an_example",
    ),
    Patch(
        "moto.sns.models.Subscription",
        ("get_post_data",),
        "Notifications are signed in version 2, whatever their topic says, without their subject.",
        "test_notifications::test_a_notification_is_signed_in_version_2_without_its_subject",
    ),
    Patch(
        "moto.sns.models.SNSBackend",
        ("publish",),
        "A topic that is not there is an endpoint; a FIFO topic misses its group in other words.",
        "test_notifications::test_a_topic_that_is_not_there_is_an_endpoint",
    ),
    Patch(
        "moto.sns.responses.SNSResponse",
        ("publish",),
        "A message to a FIFO topic has no sequence number.",
        "test_notifications::test_a_message_to_a_fifo_topic_has_no_number",
    ),
    Patch(
        "moto.sts.responses.TokenResponse",
        ("assume_role",),
        "Tags and managed policies of a session are forgotten, and its policy may be any text.",
        "test_policies_and_objects::test_a_session_may_have_any_policy",
    ),
    Patch(
        "moto.sts.responses.TokenResponse",
        ("get_session_token", "get_federation_token"),
        "Everybody gets the keys of AWS's documentation.",
        "test_policies_and_objects::test_everybody_gets_the_session_of_the_documentation",
    ),
)

REPLACED = frozenset(name for patch in PATCHES for name in patch.names)
