"""The Map state of moto's interpreter, for the distributed ones."""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.api import (
    HistoryEventType,
    MapRunStartedEventDetails,
    MapRunStatus,
    MapStateStartedEventDetails,
)
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.state_map import StateMap
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.eval.states import ItemData, MapData

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.map_runs.definition import original
from local_sagemaker.services.stepfunctions.map_runs.failures import (
    RUNTIME,
    TOO_LONG,
    map_run_failed,
)
from local_sagemaker.services.stepfunctions.map_runs.item_batcher import MOST_BYTES, batches
from local_sagemaker.services.stepfunctions.map_runs.item_reader import read_items
from local_sagemaker.services.stepfunctions.map_runs.map_run import MapRun
from local_sagemaker.services.stepfunctions.map_runs.result_writer import results, write_results


def install() -> None:
    inline = StateMap._eval_execution

    def eval_either(state: Any, env: Any) -> None:
        said = original(state)
        if said is None:
            inline(state, env)
        else:
            _eval_distributed(state, env, said)

    replace(StateMap, "_eval_execution", eval_either)


def _eval_distributed(state: Any, env: Any, said: dict[str, Any]) -> None:
    """Puts the state's result on the stack; `said` is the state as its definition has it."""
    most = _value(state.max_concurrency_decl, env)
    given = None if "ItemReader" in said else _given_items(state, env)
    length = MapStateStartedEventDetails(length=len(given or []))
    _tell(env, "MapStateStarted", EventDetails(mapStateStartedEventDetails=length))
    machine = env.states.context_object.context_object_data["StateMachine"]["Id"]
    run = MapRun(
        state_machine_arn=machine,
        execution_arn=env.states.context_object.context_object_data["Execution"]["Id"],
        max_concurrency=most,
        tolerated_failure_count=_value(state.tolerated_failure_count_decl, env),
        tolerated_failure_percentage=_value(state.tolerated_failure_percentage_decl, env),
        label=said.get("Label"),
    )
    env.map_run_record_pool_manager.add(run)
    started = MapRunStartedEventDetails(mapRunArn=run.map_run_arn)
    _tell(env, "MapRunStarted", EventDetails(mapRunStartedEventDetails=started))
    try:
        output = _output(state, env, said, run, given)
    except FailureEventException as failure:
        if env.is_running():
            run.set_stop(MapRunStatus.FAILED)
            _tell(env, "MapRunFailed", failure.failure_event.event_details)
        raise
    if env.is_running():
        run.set_stop(MapRunStatus.SUCCEEDED)
        _tell(env, "MapRunSucceeded")
        _tell(env, "MapStateSucceeded")
    env.stack.append(output)


def _output(
    state: Any, env: Any, said: dict[str, Any], run: MapRun, given: list[Any] | None
) -> Any:
    language = said["QueryLanguage"]
    items = read_items(env, language, said["ItemReader"]) if given is None else given
    chosen = _selected(state, env, items)
    inputs = batches(env, language, said.get("ItemBatcher"), chosen)
    try:
        run.run(env, said, inputs)
    except FailureEventException:
        if "ResultWriter" in said:
            write_results(env, language, said["ResultWriter"], run)
        raise
    if "ResultWriter" in said:
        return write_results(env, language, said["ResultWriter"], run)
    output = results(run)
    if len(json.dumps(output, ensure_ascii=False).encode()) > MOST_BYTES:
        cause = (
            f"The state/task '{state.name}' returned a result with a size exceeding the maximum "
            "number of bytes service limit."
        )
        raise map_run_failed(env, TOO_LONG, cause)
    return output


def _given_items(state: Any, env: Any) -> list[Any]:
    """The array of the state's input; in JSONata without Items that is the input itself."""
    if state.items_path:
        state.items_path.eval(env=env)
        items = env.stack.pop()
    else:
        items = _value(state.items, env) if state.items else env.states.get_input()
    if not isinstance(items, list):
        cause = f"Map state input must be an array but was: {type(items).__name__}"
        raise map_run_failed(env, RUNTIME, cause)
    return items


def _selected(state: Any, env: Any, items: list[Any]) -> list[Any]:
    """Each item as the ItemSelector, once called Parameters, makes it."""
    selector = state.item_selector or state.parameters
    if selector is None:
        return items
    chosen = []
    for index, item in enumerate(items):
        frame = env.open_inner_frame()
        item_data = ItemData(Index=index, Value=item)
        frame.states.context_object.context_object_data["Map"] = MapData(Item=item_data)
        frame.states.reset(env.states.get_input())
        frame.stack = [env.states.get_input()]
        chosen.append(_value(selector, frame))
        env.delete_frame(frame)
    return chosen


def _value(component: Any, env: Any) -> Any:
    component.eval(env=env)
    return env.stack.pop()


def _tell(env: Any, event: str, details: Any = None) -> None:
    """Into the history of the parent."""
    env.event_manager.add_event(
        context=env.event_history_context,
        event_type=HistoryEventType(event),
        event_details=details,
        update_source_event_id=event != "MapStateSucceeded",
    )
