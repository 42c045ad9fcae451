"""Signatures as they are typed: ``matrices: Matrices``, not what Python makes of that name."""

from __future__ import annotations

import inspect
from typing import Any

METHODS = ("method", "property")


class _Typed:
    """An annotation that prints as its source text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def typed(what: str, obj: Any) -> tuple[str, str] | None:
    """The parameters in parentheses, and the result (a class has none). None where Python knows no signature.

    >>> def area(width: Length, height: Length = 1) -> Area: ...
    >>> typed("function", area)
    ('(width: Length, height: Length = 1)', 'Area')
    """
    try:
        signature = inspect.signature(obj)
    except (TypeError, ValueError):
        return None
    parameters = [p.replace(annotation=_shown(p.annotation)) for p in signature.parameters.values()]
    if what in METHODS and parameters and parameters[0].name == "self":
        del parameters[0]
    silent = inspect.isclass(obj) or signature.return_annotation is signature.empty
    result = "" if silent else _text(signature.return_annotation)
    return str(inspect.Signature(parameters)), result


def _shown(annotation: Any) -> Any:
    return annotation if annotation is inspect.Parameter.empty else _Typed(_text(annotation))


def _text(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def process(
    app: Any, what: str, name: str, obj: Any, options: object, signature: str | None, result: str | None
) -> tuple[str, str] | None:
    """Autodoc's event ``autodoc-process-signature``: what it returns replaces the signature."""
    return typed(what, obj) if signature else None


def setup(app: Any) -> dict[str, object]:
    """This module as a Sphinx extension."""
    app.connect("autodoc-process-signature", process)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
