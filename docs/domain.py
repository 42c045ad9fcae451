"""Theorems as a domain of Sphinx: `{thm}` links to their pages, search and objects.inv know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

logger = logging.getLogger(__name__)


class Place(NamedTuple):
    """Where a theorem's statement box is."""

    docname: str
    anchor: str
    title: str


class TheoremRole(XRefRole):
    """`{thm}` outside any domain: Sphinx finds a role's domain by the colon in its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The role, as that of the domain."""
        self.name = "thm:ref"
        return super().run()


class TheoremDomain(Domain):
    """Each theorem under its slug."""

    name = "thm"
    label = "gradproof"  # as search says it: gradproof theorem
    object_types: ClassVar = {"theorem": ObjType("theorem", "ref")}
    roles: ClassVar = {"ref": XRefRole(innernodeclass=nodes.inline, warn_dangling=True)}
    dangling_warnings: ClassVar = {"ref": "no page of theorem %(target)s; write a slug that `gradproof list` shows"}
    initial_data: ClassVar = {"objects": {}}
    data_version = 1

    @property
    def objects(self) -> dict[str, Place]:
        """The theorems read so far."""
        return self.data.setdefault("objects", {})

    def note(self, slug: str, place: Place, location: nodes.Node) -> None:
        """Registers a statement box; a second one under the same slug is a warning."""
        if (other := self.objects.get(slug)) and other.docname != place.docname:
            logger.warning("theorem %s is already in %s; keep one of the two", slug, other.docname, location=location)
        self.objects[slug] = place

    def clear_doc(self, docname: str) -> None:
        """Forgets the theorems of a page that is read again."""
        self.data["objects"] = {slug: place for slug, place in self.objects.items() if place.docname != docname}

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:
        """Takes over what another process read."""
        self.objects.update({slug: place for slug, place in otherdata["objects"].items() if place.docname in docnames})

    def resolve_xref(
        self,
        env: Any,
        fromdocname: str,
        builder: Any,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to the theorem's page, by its title where the text names none; None for an unknown slug."""
        place = self.objects.get(target)
        if place is None:
            return None
        shown = contnode if node.get("refexplicit") else nodes.inline("", place.title, classes=["theorem-link"])
        anchor = place.anchor if place.docname == fromdocname else ""  # from elsewhere: the page from its title on
        return make_refnode(builder, fromdocname, place.docname, anchor, shown)

    def resolve_any_xref(
        self, env: Any, fromdocname: str, builder: Any, target: str, node: pending_xref, contnode: nodes.Element
    ) -> list[tuple[str, nodes.reference]]:
        """The same for `{any}`."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        return [("thm:ref", found)] if found is not None else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """What search and objects.inv list; priority 0: -1 would hide a theorem from search."""
        for slug, place in sorted(self.objects.items()):
            yield slug, place.title, "theorem", place.docname, place.anchor, 0


def setup(app: Any) -> None:
    """Adds the domain and its role."""
    app.add_domain(TheoremDomain)
    app.add_role("thm", TheoremRole(innernodeclass=nodes.inline, warn_dangling=True))
