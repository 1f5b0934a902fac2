"""HTML as the tests read it: strictly, as a tree of elements."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "link", "meta"}


class Node:
    """An element of a parsed page."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def text(self, without: str = "") -> str:
        """What it shows, the elements of one class left out."""
        parts = (
            c if isinstance(c, str) else "" if without and c.has(without) else c.text(without) for c in self.children
        )
        return "".join(parts)

    def has(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()

    def all(self, tag: str = "", name: str = "") -> list[Node]:
        """Every element inside of this tag and class."""
        nodes = [c for c in self.children if isinstance(c, Node)]
        own = [n for n in nodes if (not tag or n.tag == tag) and (not name or n.has(name))]
        return sorted([*own, *(inner for n in nodes for inner in n.all(tag, name))], key=lambda n: n.order)

    order = 0


class Page(HTMLParser):
    """Reads HTML strictly: a tag that closes what is not open fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)
        self.count = 0
        self.feed(text)
        self.close()
        assert self.at is self.root, f"<{self.at.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        node = Node(tag, dict(attrs), self.at)
        self.count += 1
        node.order = self.count
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Node:
    return Page(html).root
