"""What lies on pages becomes a document: this is the order in which a paper is understood.

Pure: pages in, a document out.
"""

from collections.abc import Sequence

from paperlens.document import Document
from paperlens.layout.floats import floats_of
from paperlens.layout.floats.teaser import with_teaser
from paperlens.layout.flow import flow_of
from paperlens.layout.front import front_of
from paperlens.layout.furniture import stamp, without_furniture
from paperlens.layout.headings import headings_of
from paperlens.layout.headings.outline import Outline
from paperlens.layout.hidden import visible
from paperlens.layout.hidden.sight import Place, doubts, settled
from paperlens.layout.lines import lines_of
from paperlens.layout.page import Box, Image, Ink, Page, Shape, Span, around
from paperlens.layout.prose import printable
from paperlens.layout.sections import sections_of
from paperlens.layout.typography import typography_of

__all__ = [
    "Box", "Image", "Ink", "Page", "Place", "Shape", "Span", "around", "compose", "doubts",
    "lines_of", "printable", "settled",
]  # fmt: skip


def compose(pages: Sequence[Page], outline: Outline = (), authors: Sequence[str] = ()) -> Document:
    """The paper that these pages print.

    `outline` is the PDF's own, level, title, page; `authors` are known names, which are no
    affiliations.
    """
    seen, notices = visible(pages)
    bare = without_furniture(seen)
    typography = typography_of(bare)
    found = floats_of(bare, typography)
    taken = frozenset(place for each in found for place in each.lines)
    flow = flow_of(bare, typography, taken)
    headings = headings_of(flow.lines, typography, outline)
    front = front_of(bare, flow, headings, typography, authors)
    return Document(
        title=front.title,
        pages=len(pages),
        sections=sections_of(flow.lines, headings, typography, front.skip),
        floats=with_teaser([each.float for each in found]),
        footnotes=flow.footnotes,
        affiliations=front.affiliations,
        keywords=front.keywords,
        addresses=tuple(dict.fromkeys(uri for page in pages for uri in page.links)),
        stamp=stamp(seen),
        notices=notices,
    )
