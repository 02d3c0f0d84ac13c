"""A factory of PDFs that are broken, hostile or odd: nothing is kept, each is made when asked for.

A maker writes one file. What a command says of each stands in the tests.
"""

import os
import socket
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pymupdf

Make = Callable[[Path], None]
SENTENCE = "The method reads every page of a paper and writes down what it says."
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
A4 = b"/MediaBox[0 0 595 842]"


def shown(text: str = SENTENCE, x: float = 72, y: float = 700, size: float = 11) -> bytes:
    """A content stream that paints one line."""
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def folded(start: bytes, piece: bytes = b"", times: int = 0) -> bytes:
    """A stream that unfolds to its start and very many times a piece, made without unfolding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = [packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for part in (start, piece)]
    check = zlib.adler32(start)
    for _ in range(times):
        check = zlib.adler32(piece, check)
    packed = b"\x78\xda" + parts[0] + parts[1] * times + packer.flush() + check.to_bytes(4, "big")
    return stream(packed, b"/Filter/FlateDecode")


def pdf(objects: Iterable[bytes], version: bytes = b"1.7") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    out = bytearray(b"%%PDF-%s\n" % version)
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, count = len(out), len(starts) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table))


def page(
    content: bytes,
    box: bytes = A4,
    font: bytes = HELVETICA,
    resources: bytes = b"",
    more: Iterable[bytes] = (),
) -> Make:
    """One page by hand. The objects in `more` are numbered from 6."""
    return file_of(
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s/Resources<</Font<</F 5 0 R>>%s>>>>"
                % (box, resources),
                content if content.startswith(b"<<") else stream(content),
                font,
                *more,
            ]
        )
    )


def file_of(content: bytes) -> Make:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def pages(*texts: str, **options: object) -> Make:
    """A sound PDF, a page for each text."""

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            for text in texts:
                document.new_page().insert_text((72, 90), text)
            document.save(path, **options)

    return make


def cut(make: Make, to: float) -> Make:
    """The beginning of a PDF: so much of it, from 0 to 1."""

    def make_less(path: Path) -> None:
        make(path)
        os.truncate(path, int(path.stat().st_size * to))

    return make_less


def scan(layer: str = "", stamp: str = "") -> Make:
    """A picture of a page, text that was recognised in it and is not painted, and a stamp."""

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            seen = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80), 0)
            seen.clear_with(240)
            for x in range(5, 55):
                seen.set_pixel(x, x, (0,))
            sheet = document.new_page()
            sheet.insert_image(sheet.rect, pixmap=seen, keep_proportion=False)
            sheet.insert_text((72, 90), layer, render_mode=3)
            sheet.insert_text((72, 820), stamp)
            document.save(path)

    return make


def nested_forms(depth: int, times: int) -> Make:
    """Forms that draw forms that draw forms: 9 of 10 in each ask for a billion steps."""
    boxed = b"/Type/XObject/Subtype/Form/BBox[0 0 600 850]"
    forms = [
        stream(b"/X Do " * times, boxed + b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(6, 6 + depth)
    ]
    last = stream(b"0 0 9 9 re f", boxed)
    return page(shown() + b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=[*forms, last])


def endless_page_tree(path: Path) -> None:
    """Pages whose kids are their parents."""
    path.write_bytes(
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 9/Parent 3 0 R>>",
                b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>",
            ]
        )
    )


def deep_page_tree(depth: int) -> Make:
    """One page below very many nodes."""
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
        for number in range(2, 2 + depth)
    ]
    last = 2 + depth
    return file_of(
        pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                *nodes,
                b"<</Type/Page/Parent %d 0 R%s/Contents %d 0 R"
                b"/Resources<</Font<</F %d 0 R>>>>>>" % (last - 1, A4, last + 1, last + 2),
                stream(shown()),
                HELVETICA,
            ]
        )
    )


def circular_stream(path: Path) -> None:
    """A stream whose length is the stream itself, and fonts that are their page."""
    make = page(b"<</Length 4 0 R>>stream\n%s\nendstream" % shown(), font=b"3 0 R")
    make(path)


def many_paths(count: int) -> Make:
    """A page with so many strokes."""
    strokes = (
        b"%d %d m %d %d l S\n" % (x := 80 + n * 37 % 400, y := 100 + n * 91 % 500, x + 3, y + 2)
        for n in range(count)
    )
    return page(folded(shown() + b"".join(strokes)))


def huge_image(side: int) -> Make:
    """A picture of one colour, small as a file and of so many pixels on a side."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8" % (side, side)
    )
    packed = folded(b"", b"\x40" * side * 3, side).replace(
        b"<</Filter", b"<<" + entries + b"/Filter", 1
    )
    return page(
        shown() + b"q 400 0 0 400 90 200 cm /X Do Q " + shown("Figure 1: One colour.", y=180),
        resources=b"/XObject<</X 6 0 R>>",
        more=[packed],
    )


def content_bomb(megabytes: int) -> Make:
    """A content stream of so many megabytes of nothing."""
    return page(folded(shown(), b" " * 1_000_000, megabytes))


def letters_bomb(megabytes: int) -> Make:
    """The same, of letters."""
    line = b"(" + b"a" * 990 + b") Tj\n"
    return page(folded(b"BT /F 1 Tf 72 700 Td\n", line * 1000, megabytes))


def scripts_and_attachments(path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 90), SENTENCE)
        document.embfile_add("evil.py", b"raise SystemExit('attached')")
        script = "<</Type/Action/S/JavaScript/JS(app.alert\\('hello'\\))>>"
        document.xref_set_key(document.pdf_catalog(), "OpenAction", script)
        document.save(path)


def without_unicode(path: Path) -> None:
    """A font embedded by glyph numbers, of which nothing says which letters they are."""
    with pymupdf.open() as document:
        sheet = document.new_page()
        sheet.insert_font("F0", fontbuffer=pymupdf.Font("cjk").buffer)
        sheet.insert_text((72, 90), "論文 " + SENTENCE, fontname="F0")
        for xref in range(1, document.xref_length()):
            if document.xref_get_key(xref, "ToUnicode")[0] != "null":
                document.xref_set_key(xref, "ToUnicode", "null")
        document.save(path)


def in_script(*paragraphs: str, direction: str = "ltr") -> Make:
    """Paragraphs in whatever script they are written, set by MuPDF in its own fonts."""
    told = "".join(f"<p dir='{direction}'>{text}</p>" for text in paragraphs)

    def make(path: Path) -> None:
        with pymupdf.open() as document:
            document.new_page().insert_htmlbox((72, 72, 520, 760), told)
            document.save(path)

    return make


def socket_at(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)
