"""The two nodes that the site's pages need beyond those of docutils, and how HTML writes them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes

PAGE = re.compile(r'href="([\w./-]+)\.html(["#])')  # links inside a picture, counted from the site's root


class element(nodes.General, nodes.Element):
    """An HTML element around its children: ``tag``, and ``attributes`` beyond classes and ids."""


class picture(nodes.General, nodes.Element):
    """An inline SVG, as its text ``svg``: no words of it are searched, its links are counted from the site's root."""


def made(tag: str, classes: str, *children: nodes.Node, **attributes: str) -> element:
    """An element of HTML with its classes (separated by spaces) and children.

    >>> made("summary", "title", nodes.Text("Proof"))["tag"]
    'summary'
    """
    return element("", *children, tag=tag, classes=classes.split(), attributes=attributes)


def open_element(writer: Any, node: element) -> None:
    """Writes the start tag; docutils escapes the values of its attributes."""
    writer.body.append(writer.starttag(node, node["tag"], "", **node["attributes"]))


def close_element(writer: Any, node: element) -> None:
    """Writes the end tag."""
    writer.body.append(f"</{node['tag']}>\n")


def open_picture(writer: Any, node: picture) -> None:
    """Writes the SVG, each link to a page of the site as this builder links it from here."""

    def link(match: re.Match[str]) -> str:
        uri = writer.builder.get_relative_uri(writer.builder.current_docname, match[1])
        return f'href="{uri}{match[2]}' if uri or match[2] == "#" else 'href="#"'

    writer.body.append(PAGE.sub(link, node["svg"]) + "\n")


def close_picture(writer: Any, node: picture) -> None:
    """Nothing is left to write."""


def setup(app: Any) -> None:
    """Tells Sphinx how HTML writes the two nodes."""
    app.add_node(element, html=(open_element, close_element))
    app.add_node(picture, html=(open_picture, close_picture))
