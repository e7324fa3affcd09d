"""Every part of moto that local AWS replaces, and why.

None of these parts is public, so any upgrade of moto may move or mend them. MENDED are faults and
gaps of moto: the test of `tests/moto_faults` shows the fault on moto as it is, and fails once moto
is right; then the patch can go. HOOKS are no faults: local AWS must act at a place where moto does
not ask; the test of `tests/local_aws` shows that it does.
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


_ASL = "moto.stepfunctions.parser.asl"
_TASK = f"{_ASL}.component.state.exec.state_task"
_AWS_SDK = f"{_TASK}.service.state_task_service_aws_sdk.StateTaskServiceAwsSdk"

MENDED = (
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
        "moto.awslambda.models.LambdaFunction",
        ("__init__", "update_configuration", "get_configuration"),
        "LoggingConfig and DeadLetterConfig are lost.",
        "test_functions::test_log_group_and_dead_letter_queue_of_a_function_are_lost",
    ),
    Patch(
        "moto.awslambda.models.LambdaFunction",
        ("_set_function_code",),
        "Code that is no zip is accepted.",
        "test_functions::test_code_that_is_no_zip_is_accepted",
    ),
    Patch(
        "moto.cloudformation.models",
        ("yaml",),
        "A tag in a template makes objects of Python's: `!!python/object/apply` is a call.",
        "test_cloudformation::test_a_tag_in_a_template_is_a_call",
    ),
    Patch(
        "moto.cloudformation.responses",
        ("yaml",),
        "The same where a template is validated or summarized.",
        "test_cloudformation::test_a_tag_in_a_template_is_a_call",
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
        "moto.events.models.EventPatternParser",
        ("parse",),
        "A pattern that is no object is an AttributeError.",
        "test_stumbles::test_a_pattern_that_is_no_object_is_an_attribute_error",
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
        "moto.iam.models.IAMBackend",
        ("create_service_linked_role",),
        "A service that is no host's name is an IndexError.",
        "test_stumbles::test_a_service_that_is_no_hosts_name_is_an_index_error",
    ),
    Patch(
        "moto.cloudformation.responses.CloudFormationResponse",
        ("get_template_summary",),
        "The name of a stack set is not looked at.",
        "test_cloudformation::test_a_stack_set_has_no_summary",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("list_map_runs", "describe_map_run", "update_map_run"),
        "A map run that is not there is a TypeError; its list has no pages.",
        "test_stumbles::test_a_map_run_that_is_not_there_is_a_type_error",
    ),
    Patch(
        "moto.stepfunctions.parser.models.StepFunctionsParserBackend",
        ("describe_execution", "_get_executions"),
        "The iterations of a distributed Map are no executions.",
        "test_map_runs::test_iterations_of_a_distributed_map_are_no_executions",
    ),
    Patch(
        f"{_ASL}.component.state.exec.state_map.state_map.StateMap",
        ("_eval_execution",),
        "A distributed Map tolerates every failure, and writes no results.",
        "test_map_runs::test_a_distributed_map_tolerates_every_failure",
    ),
    Patch(
        "moto.cloudformation.models.CloudFormationBackend",
        ("execute_change_set",),
        "A change set that fails leaves its stack as if it had not begun: no roll-back, no reason.",
        "test_cloudformation::test_a_failed_change_set_leaves_the_stack_as_if_it_had_not_begun",
    ),
    Patch(
        "moto.cloudformation.models.Stack",
        ("create_resources", "update"),
        "A stack that cannot be made or updated stays as it was left: no roll-back, no reason.",
        "test_cloudformation::test_a_stack_that_cannot_be_made_is_being_created_for_ever",
    ),
    Patch(
        "moto.cloudformation.models.CloudFormationBackend",
        ("create_stack", "create_change_set"),
        "Whatever is named to hear of a stack is taken for a topic.",
        "test_cloudformation::test_a_stack_without_its_topic_cannot_be_deleted",
    ),
    Patch(
        "moto.cloudformation.models.Event",
        ("sendToSns",),
        "A stack whose topic is none cannot be deleted.",
        "test_cloudformation::test_a_stack_without_its_topic_cannot_be_deleted",
    ),
    Patch(
        "moto.cloudformation.models.CloudFormationBackend",
        ("delete_stack",),
        "A stack of which something cannot be deleted is forgotten; its change sets never are.",
        "test_cloudformation::test_a_stack_that_cannot_be_deleted_is_forgotten",
    ),
    Patch(
        "moto.cloudformation.models.Stack",
        ("stack_parameters",),
        "UsePreviousValue of an SSM parameter looks up its value as if that were its name.",
        "test_cloudformation::test_the_previous_value_of_an_ssm_parameter_is_looked_up_as_a_name",
    ),
    Patch(
        "moto.cloudformation.models.Stack",
        ("_parse_template",),
        "A resource of a type that moto lacks is skipped with a warning in the server.",
        "test_cloudformation::test_a_resource_type_that_nobody_knows_is_skipped",
    ),
    Patch(
        "moto.cloudformation.models.ChangeSet",
        ("_parse_template",),
        "The same for the templates of change sets.",
        "test_cloudformation::test_a_resource_type_that_nobody_knows_is_skipped",
    ),
    Patch(
        "moto.cloudformation.parsing",
        ("resource_class_from_type", "resource_name_property_from_type"),
        "Resource types are missing.",
        "test_cloudformation::test_resource_types_are_missing",
    ),
    Patch(
        "moto.cloudformation.parsing",
        ("parse_and_update_resource",),
        "A resource that cannot change in place is left as it was instead of replaced.",
        "test_cloudformation::test_what_cannot_be_updated_is_left_as_it_was",
    ),
    Patch(
        "moto.cloudformation.parsing.ResourceMap",
        ("_delete_resource",),
        "An update deletes a resource whose DeletionPolicy is Retain.",
        "test_cloudformation::test_a_retained_resource_is_deleted_when_it_leaves_the_template",
    ),
    Patch(
        "moto.cloudformation.parsing.ResourceMap",
        ("load_mapping",),
        "A resource that a template has again is not made again.",
        "test_cloudformation::test_a_resource_that_comes_back_is_not_made_again",
    ),
    Patch(
        "moto.cloudformation.responses.CloudFormationResponse",
        ("describe_change_set", "delete_change_set", "execute_change_set"),
        "Change sets of one name in two stacks are taken for each other.",
        "test_cloudformation::test_a_change_set_is_looked_up_without_its_stack",
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
        "moto.core.exceptions.AWSError",
        ("TYPE",),
        "Errors of the Step Functions interpreter reach the client without their code.",
        "test_executions::test_errors_of_the_interpreter_have_no_code",
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
        "moto.events.models.EventsBackend",
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
        "moto.iam.responses.IamResponse",
        ("simulate_principal_policy",),
        "The operation is missing.",
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
        ("create_from_cloudformation_json", "update_from_cloudformation_json"),
        "A bucket of a stack tells EventBridge nothing.",
        "test_cloudformation::test_a_bucket_of_a_stack_tells_eventbridge_nothing",
    ),
    Patch(
        "moto.s3.models.FakeBucket",
        ("delete_from_cloudformation_json",),
        "A stack is deleted whole although its bucket is not empty, and stays.",
        "test_cloudformation::test_a_bucket_that_is_not_empty_is_no_hindrance",
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
        "moto.sns.models.Subscription",
        ("publish",),
        "A function is told of an example, not of the topic; mail leaves no trace.",
        "test_notifications::test_a_function_is_told_of_no_topic_but_an_example",
    ),
    Patch(
        "moto.stepfunctions.models",
        ("stepfunctions_backends",),
        "A state machine that CloudFormation makes is unknown to the interpreter.",
        "test_executions::test_cloudformation_makes_machines_that_are_not_executed",
    ),
    Patch(
        "moto.stepfunctions.parser.models.StepFunctionsParserBackend",
        ("_validate_definition",),
        "A definition is accepted that leads to a state that is not there.",
        "test_executions::test_a_state_that_does_not_exist_may_come_next",
    ),
    Patch(
        "moto.stepfunctions.parser.models.StepFunctionsParserBackend",
        ("start_execution",),
        "An execution without a name is called None; name and length of input are not checked.",
        "test_executions::test_an_execution_without_a_name_stays_without",
    ),
    Patch(
        "moto.stepfunctions.parser.backend.execution.Execution",
        ("start",),
        "EventBridge is not told that an execution starts.",
        "test_executions::test_an_execution_tells_eventbridge_nothing",
    ),
    Patch(
        "moto.stepfunctions.parser.backend.execution.BaseExecutionWorkerCommunication",
        ("_reflect_execution_status",),
        "EventBridge is not told that an execution has ended.",
        "test_executions::test_an_execution_tells_eventbridge_nothing",
    ),
    Patch(
        "moto.stepfunctions.parser.backend.execution_worker.ExecutionWorker",
        ("_get_evaluation_environment",),
        "The context object has a start time that is no text, and no RedriveCount.",
        "test_executions::test_the_start_time_in_the_context_object_is_no_text",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("describe_execution",),
        "Members of the answer are missing.",
        "test_executions::test_a_description_lacks_the_details_of_its_input",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("list_executions",),
        "An execution that was out of time has no stopDate.",
        "test_executions::test_the_list_lacks_the_end_of_what_was_out_of_time",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("stop_execution",),
        "Error and cause of a stop are lost.",
        "test_executions::test_stopping_loses_the_error_and_the_cause",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("get_execution_history",),
        "The history has no pages and no reverse order.",
        "test_executions::test_history_has_no_pages",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("send_task_success",),
        "An answer to a task that has ended is taken for a success.",
        "test_tasks::test_a_task_that_has_ended_takes_another_answer",
    ),
    Patch(
        "moto.stepfunctions.responses.StepFunctionResponse",
        ("send_task_failure",),
        "The cause of a failure is lost.",
        "test_tasks::test_the_cause_of_a_failure_is_lost",
    ),
    Patch(
        "moto.sts.responses.TokenResponse",
        ("get_session_token", "get_federation_token"),
        "Everybody gets the keys of AWS's documentation.",
        "test_policies_and_objects::test_everybody_gets_the_session_of_the_documentation",
    ),
    Patch(
        f"{_ASL}.component.common.error_name.error_equals_decl.ErrorEqualsDecl",
        ("_eval_body",),
        "States.ALL catches what nothing catches on AWS.",
        "test_executions::test_a_fault_of_the_machine_is_caught_by_everything",
    ),
    Patch(
        f"{_ASL}.component.common.path.result_path.ResultPath",
        ("_eval_body",),
        "A result path into a text is States.Runtime, with a TypeError for its cause.",
        "test_executions::test_a_result_path_into_a_text_is_a_type_error",
    ),
    Patch(
        f"{_ASL}.component.state.choice.comparison.comparison_variable.ComparisonVariable",
        ("_eval_body",),
        "A Choice whose variable is not there takes its Default.",
        "test_executions::test_a_variable_that_is_not_there_is_no_fault_of_a_choice",
    ),
    Patch(
        f"{_ASL}.component.state.choice.state_choice.StateChoice",
        ("_eval_state",),
        "A Choice that nothing matches is States.Runtime, with a RuntimeError for its cause.",
        "test_executions::test_a_choice_that_nothing_matches_is_a_runtime_error",
    ),
    Patch(
        f"{_ASL}.utils.json_path",
        ("_is_singleton_array_access",),
        "A member of an element, `$.a[0].b`, is a list of one.",
        "test_executions::test_a_member_of_an_element_is_a_list",
    ),
    Patch(
        f"{_ASL}.component.common.string.string_expression.StringJSONata",
        ("_eval_body",),
        "JSONata needs a Java machine that moto does not start.",
        "test_executions::test_jsonata_is_not_evaluated",
    ),
    Patch(
        f"{_ASL}.component.common.string.string_expression.StringVariableSample",
        ("_eval_body",),
        "The same for expressions of one variable.",
        "test_executions::test_jsonata_is_not_evaluated",
    ),
    Patch(
        f"{_ASL}.parse.asl_parser.AmazonStateLanguageParser",
        ("parse",),
        "A definition is parsed anew for every execution, most of a second for a long one.",
        "test_executions::test_a_definition_is_parsed_for_every_execution",
    ),
    Patch(
        f"{_ASL}.component.state.exec.state_parallel.branches_decl",
        ("CustomErrorName",),
        "An error of States that leaves a branch of a Parallel becomes States.Runtime.",
        "test_executions::test_an_error_of_states_loses_its_name_when_it_leaves_a_branch",
    ),
    Patch(
        f"{_ASL}.component.state.exec.state_map.iteration.iteration_worker",
        ("CustomErrorName",),
        "The same for an iteration of a Map.",
        "test_executions::test_an_error_of_states_loses_its_name_when_it_leaves_a_branch",
    ),
    Patch(
        f"{_TASK}.state_task_factory",
        ("state_task_service_for",),
        "A task does not wait for a job of SageMaker's (`.sync`), nor name its errors.",
        "test_tasks::test_a_task_does_not_wait_for_a_job_of_sagemaker",
    ),
    Patch(
        f"{_TASK}.state_task.StateTask",
        ("_from_error",),
        "A connection that breaks has no error name of AWS's.",
        "test_tasks::test_a_connection_that_breaks_is_no_error_of_the_sdk",
    ),
    Patch(
        _AWS_SDK,
        ("_eval_service_task",),
        "A result with a time is no JSON; members are named as boto3 names them.",
        "test_tasks::test_a_result_with_a_time_is_no_json",
    ),
    Patch(
        _AWS_SDK,
        ("_get_boto_service_name",),
        "Services whose name is spelled with a hyphen are not found.",
        "test_tasks::test_a_service_of_two_words_is_not_found",
    ),
    Patch(
        _AWS_SDK,
        ("_normalise_service_error_name",),
        "An error names its service otherwise than the Java SDK does.",
        "test_tasks::test_an_error_does_not_spell_the_service_as_the_java_sdk_does",
    ),
)

HOOKS = (
    Patch(
        f"{_TASK}.service.state_task_service.StateTaskService",
        ("_eval_execution",),
        "The thread of a task remembers its machine and state ...",
        "test_faults::test_task_meets_faults_under_its_state_and_with_the_java_sdks_names",
    ),
    Patch(
        f"{_ASL}.utils.boto_client",
        ("boto3",),
        "... and its clients sign with them, so that a call tells who makes it.",
        "test_faults::test_task_meets_faults_under_its_state_and_with_the_java_sdks_names",
    ),
    Patch(
        f"{_ASL}.component.common.retry.retrier_decl",
        ("time",),
        "Pauses between retries are times the wait scale.",
        "test_wait_scale::test_wait_states_and_retries_take_a_part_of_their_seconds",
    ),
    Patch(
        f"{_ASL}.component.state.wait.wait_function.wait_function.WaitFunction",
        ("_wait_interval",),
        "Wait states are times the wait scale.",
        "test_wait_scale::test_wait_states_and_retries_take_a_part_of_their_seconds",
    ),
)

REPLACED = frozenset(name for patch in (*MENDED, *HOOKS) for name in patch.names)
