"""The functions on contexts."""

from __future__ import annotations

from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.runtime import Run
from engine.feel.values import CONTEXT, kind, take_in


@builtin("get value(m: context, key: string)", "get value(context: context, key: string)")
def get_value(run: Run, context: dict[str, Any], key: str) -> Any:
    """The value under the key; null when it is missing."""
    return take_in(context.get(key), key)


@builtin("get value(context: context, keys: list)")
def get_nested(run: Run, context: dict[str, Any], keys: list[Any]) -> Any:
    """The value under a path of keys; null when one is missing."""
    value: Any = context
    for key in keys:
        if kind(value) != CONTEXT or not isinstance(key, str):
            return None
        value = take_in(value.get(key), key)
    return value if keys else None


@builtin("get entries(m: context)", "get entries(context: context)")
def get_entries(run: Run, context: dict[str, Any]) -> list[dict[str, Any]]:
    """A context of key and value for each entry."""
    run.items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context put(context: context, key: string, value: any)")
def put(run: Run, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The context with the value under the key."""
    run.items(len(context) + 1)
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any)")
def put_nested(run: Run, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    """The context with the value under a path of keys, which is made where it is missing."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise Fault("键须为非空的文本列表。", "the keys must be texts, and one at least.")
    run.items(len(keys))
    result = root = dict(context)
    for key in keys[:-1]:
        inner = result.get(key)
        if inner is not None and kind(inner) != CONTEXT:
            raise Fault(f"“{key}”不是上下文。", f"“{key}” is no context.")
        result[key] = result = dict(inner or {})
    result[keys[-1]] = value
    return root


@builtin("context merge(contexts: list)")
def merge(run: Run, contexts: list[Any]) -> dict[str, Any]:
    """All entries in one context; later ones win."""
    if not all(kind(one) == CONTEXT for one in contexts):
        raise Fault("列表中只能有上下文。", "the list may hold contexts only.")
    run.items(sum(map(len, contexts)))
    return {key: value for one in contexts for key, value in one.items()}


@builtin("context(entries: list)")
def context(run: Run, entries: list[Any]) -> dict[str, Any]:
    """A context from a list of keys and values; a key may stand once only."""
    result: dict[str, Any] = {}
    for entry in entries:
        if kind(entry) != CONTEXT or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise Fault("每项须有 key 和 value。", "each entry needs a key and a value.")
        if entry["key"] in result:
            raise Fault(f"键“{entry['key']}”重复。", f"the key “{entry['key']}” stands twice.")
        result[entry["key"]] = entry["value"]
    return result
