"""The children of an XML element by name, for formats whose order and namespaces may change."""

from xml.etree.ElementTree import Element

from paperlens.sources.replies import local
from paperlens.unseen import one_line

Fields = dict[str, list[Element]]


def fields_of(*elements: Element) -> Fields:
    """The children of all these elements; names are in lower case, without their namespace."""
    found: Fields = {}
    for element in elements:
        for child in element:
            found.setdefault(local(child.tag), []).append(child)
    return found


def text_of(fields: Fields, *fields_by_preference: str) -> str:
    """The first text that is not empty, as one line."""
    for name in fields_by_preference:
        for element in fields.get(name, ()):
            if text := one_line("".join(element.itertext())):
                return text
    return ""
