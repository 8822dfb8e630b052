"""Calling functions and making them: built-ins, the caller's own, and functions as values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.text import Text
from engine.feel.builtins.registry import BUILTINS, call_builtin
from engine.feel.compiler.core import Compiler, construct
from engine.feel.errors import FeelError
from engine.feel.operations.typing import coerce
from engine.feel.runtime import Closure, Env, Run
from engine.feel.syntax.tree import Node
from engine.feel.values import Function, take_in


@construct("call")
def _call(compiler: Compiler, node: Node) -> Closure:
    callee, *rest = node.children
    arguments = compiler.compile_all(rest)
    if callee.kind != "name":
        return _call_value(compiler.compile(callee), arguments, node.value)
    name: str = callee.value
    if name in BUILTINS:
        compiler.functions.add(name)
        return _call_builtin(name, arguments, node.value)
    # The name is called, not read: it counts among the functions only.
    read = frozenset(compiler.variables)
    value = compiler.compile(callee)
    slots, bound = compiler.meaning(name)
    compiler.variables.intersection_update(read)
    if not bound:
        compiler.functions.add(name)
    return _call_named(name, value, arguments, node.value, bound or bool(slots))


def _call_builtin(name: str, arguments: tuple[Closure, ...], names: tuple[str, ...] | None) -> Closure:
    def run(env: Env) -> Any:
        return call_builtin(env.run, name, [argument(env) for argument in arguments], names)

    return run


def _call_value(callee: Closure, arguments: tuple[Closure, ...], names: tuple[str, ...] | None) -> Closure:
    def run(env: Env) -> Any:
        return invoke(env.run, callee(env), [argument(env) for argument in arguments], names)

    return run


def _call_named(name: str, value: Closure, arguments: tuple[Closure, ...], names: tuple[str, ...] | None, inner: bool) -> Closure:
    def run(env: Env) -> Any:
        own = env.run.context.functions.get(name)
        values = [argument(env) for argument in arguments]
        if own is not None:
            return call_own(name, own, values, names)
        if not inner and name not in env.scope:
            return env.run.null(f"没有名为“{name}”的函数。", f"there is no function named “{name}”.")
        function = value(env)
        if type(function) is not Function:
            return env.run.null(f"“{name}”不是函数。", f"“{name}” is no function.")
        return invoke(env.run, function, values, names)

    return run


def call_own(name: str, own: Callable[..., Any], values: list[Any], names: tuple[str, ...] | None) -> Any:
    """Call a function of the caller's; a wrong number of arguments is a refusal, as its own FeelError is."""
    if names is not None:
        raise FeelError(Text(f"函数“{name}”的参数不能写名称。", f"The arguments of the function “{name}” take no names."))
    try:
        found = own(*values)
    except TypeError as problem:
        # What goes wrong within the function has happened farther down than here.
        if problem.__traceback__ is None or problem.__traceback__.tb_next is not None:
            raise
        raise FeelError(
            Text(
                f"函数“{name}”不能用 {len(values)} 个参数调用。",
                f"The function “{name}” cannot be called with {len(values)} arguments.",
            )
        ) from None
    return take_in(found, name)


def invoke(run: Run, function: Any, values: list[Any], names: tuple[str, ...] | None = None) -> Any:
    """Call a function value with positional or named arguments; null when it is none or they do not fit."""
    if type(function) is not Function:
        return run.null("这里调用的不是函数。", "what is called here is no function.")
    if names is not None:
        if set(names) != set(function.parameters) or len(names) != len(set(names)):
            return run.null(
                f"函数的参数名应为 {', '.join(function.parameters)}。",
                f"the arguments should be {', '.join(function.parameters)}.",
            )
        given = dict(zip(names, values, strict=True))
        values = [given[parameter] for parameter in function.parameters]
    return function.call(run, values)


@construct("function")
def _function(compiler: Compiler, node: Node) -> Closure:
    formals = node.value
    parameters, types = tuple(name for name, _ in formals), tuple(declared for _, declared in formals)
    body_node = node.children[0]
    with compiler.bound(*parameters):
        body = compiler.compile(body_node)
    size, depth = body_node.size, body_node.depth + 2

    def make(env: Env) -> Function:
        def call(run: Run, values: list[Any]) -> Any:
            if len(values) != len(parameters):
                return run.null(f"函数需要 {len(parameters)} 个参数。", f"the function takes {len(parameters)} arguments.")
            local = dict(env.local)
            for name, declared, value in zip(parameters, types, values, strict=True):
                fitting, value = coerce(run, value, declared)
                if not fitting:
                    return run.null(f"参数“{name}”的类型不符。", f"the argument “{name}” is of the wrong type.")
                local[name] = value
            run.charge(size + (len(local) >> 4))
            run.enter(depth)
            try:
                return body(Env(env.scope, local, run))
            finally:
                run.leave(depth)

        return Function("", parameters, call, types)

    return make


@construct("external")
def _external(compiler: Compiler, node: Node) -> Closure:
    compiler.compile(node.children[0])

    def make(env: Env) -> Any:
        return env.run.null("不支持外部函数。", "external functions are not supported.")

    return make
