"""A client for the tiny arXiv that knows nothing of paperlens: plain HTTP and plain XML."""

import http.client
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlencode, urlsplit

from paperlens.demo import sample_day
from paperlens.demo.server import Route, TinyArxiv

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "rec": "http://arxiv.org/OAI/arXiv/",
}
SAMPLE = sample_day()
ASKED = "cs.CV+cs.LG+cs.CL"
Answer = tuple[int, dict[str, str], bytes]

TARGETS: dict[Route, str] = {
    "feed": f"/atom/{ASKED}",
    "api": f"/api/query?{urlencode({'id_list': ','.join(p.id for p in SAMPLE.papers)})}",
    "oai": "/oai?verb=ListRecords&metadataPrefix=arXiv",
    "pdf": "/pdf/2611.90012v1",
}


def get(server: TinyArxiv, target: str, **headers: str) -> Answer:
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=5)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers=named)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def xml(answer: Answer) -> ET.Element:
    return ET.fromstring(answer[2])


def search(server: TinyArxiv, **query: object) -> Answer:
    return get(server, f"/api/query?{urlencode(query)}")


def ids(feed: ET.Element) -> list[str]:
    found = [entry.findtext("a:id", "", NS) for entry in feed.findall("a:entry", NS)]
    return [re.sub(r".*(?:abs/|arXiv\.org:)", "", name) for name in found]


def harvest(server: TinyArxiv, **query: object) -> ET.Element:
    return xml(get(server, f"/oai?{urlencode(query)}"))


def shape(element: ET.Element) -> list[tuple[str, list[str]]]:
    """Names and attributes of the children, in order, each run of the same once."""
    steps: list[tuple[str, list[str]]] = []
    for child in element:
        step = (child.tag, sorted(child.attrib))
        if not steps or steps[-1] != step:
            steps.append(step)
    return steps
