"""A paper as summaries are held against it: taken apart once, looked up in many times."""

from collections.abc import Iterable
from dataclasses import dataclass

from paperlens.document import Reading
from paperlens.summaries.checking.addresses import addresses_in, without_addresses
from paperlens.summaries.checking.numbers import Numbers
from paperlens.summaries.checking.persons import Persons
from paperlens.summaries.checking.plain import plain
from paperlens.summaries.checking.spellings import Names
from paperlens.summaries.checking.support import Sentences
from paperlens.summaries.checking.wording import english_share
from paperlens.summaries.sentences import sentences
from paperlens.taxonomy import CATEGORIES

_ENGLISH, _READ_FOR_ENGLISH = 0.05, 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """What a summary may say: a paper's text, and the facts that stand beside it."""

    sentences: Sentences
    numbers: Numbers
    names: Names
    persons: Persons
    links: frozenset[str]
    is_english: bool

    @classmethod
    def of(cls, lead: Iterable[str], rest: Iterable[str] = ()) -> "Source":
        """`lead` is title and abstract, of which people make abbreviations; `rest` is the text."""
        leading = [plain(each) for each in lead if each]
        texts = list(dict.fromkeys([*leading, *(plain(each) for each in rest if each)]))
        whole = "\n\n".join(texts)
        links = {same for _, _, same in addresses_in(whole)}
        told = Sentences.of([each for text in texts for each in sentences(text)])
        return cls(
            told,
            Numbers.of([without_addresses(each) for each in told.texts]),
            Names.of(whole, " . ".join(leading), told.places),
            Persons.of(whole),
            frozenset(links),
            english_share(whole[:_READ_FOR_ENGLISH]) >= _ENGLISH,
        )


def source_of(reading: Reading) -> Source:
    """All that a paper says of itself, and what arXiv says of it; but not its references, whose
    numbers and names are other papers'."""
    paper, document = reading.paper, reading.document
    facts = (
        paper.id, *paper.authors, paper.comment, paper.journal_ref, paper.doi, paper.url,
        *(CATEGORIES.get(each, each) for each in paper.categories), *paper.categories,
        *reading.links.code, *reading.links.project, reading.affiliation,
        str(paper.day.year) if paper.day else None,
    )  # fmt: skip
    told: list[str | None] = [reading.text, "; ".join(each for each in facts if each)]
    if document:
        told += [document.text, *document.footnotes, *document.affiliations, *document.addresses]
        told += [text for each in document.floats for text in (each.caption, each.text)]
        told += [each.text for each in document.sections if each.kind == "front"]
        told += document.keywords or ()
    return Source.of([paper.title, paper.abstract], [each for each in told if each])
