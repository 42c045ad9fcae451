"""The project's Sphinx extension: theorems as objects, and the few shapes that MyST has not."""

from __future__ import annotations

from typing import Any

from gradproof_docs import badges, directives, domain, gallery, nodes

VERSION = 1  # of what the extension writes: raised with every change, or old doctrees would be used again


def setup(app: Any) -> dict[str, Any]:
    """Adds nodes, domain, roles and directives; each page can be read and written in a process of its own."""
    for part in (nodes, domain, badges, directives, gallery):
        part.setup(app)
    return {"version": "1", "env_version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
