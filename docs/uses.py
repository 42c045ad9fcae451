"""Under a relation of the API reference: the theorems that are judged by it, as links."""

from __future__ import annotations

from typing import Any

from theory import theorem, theorems

LATE = 900  # after docs/docstrings.py, which would escape the links


def users(relation: object) -> tuple[str, ...]:
    """Slugs of the theorems that have a statement of this relation.

    >>> from theory.relations import InLaw
    >>> "gain_law" in users(InLaw)
    True
    """
    return tuple(slug for slug in theorems() if any(type(s.relation) is relation for s in theorem(slug).statements))


def process(app: Any, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Autodoc's event ``autodoc-process-docstring``: a last paragraph with the links."""
    if what == "class" and name.startswith("theory.relations.") and (found := users(obj)):
        lines += [f"**Theorems** {', '.join(f':thm:`{slug}`' for slug in found)}", ""]


def setup(app: Any) -> dict[str, object]:
    """This module as a Sphinx extension."""
    app.connect("autodoc-process-docstring", process, priority=LATE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
