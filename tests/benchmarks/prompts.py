"""How long prompts are by real tokenizers: `python -m tests.benchmarks.prompts FILE.pdf...`

Without files, the demo's papers. LiteLLM carries the tokenizers; nothing is fetched.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from paperlens.document import Document, Reading
from paperlens.models import Paper
from paperlens.reading import Reader
from paperlens.settings import Pdf
from paperlens.summaries.prompts import messages
from paperlens.summaries.prompts.tokens import tokens
from paperlens.summaries.templates import Template, load

LIMITS = {"brief": 6000, "deep": 14000}
PAPERS = Path(__file__).parents[2] / "paperlens" / "demo" / "papers"
LANGUAGE = "zh"


def tokenizers() -> dict[str, Callable[[str], int]]:
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    import litellm.litellm_core_utils.tokenizers as shipped

    os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(shipped.__file__).parent)
    import tiktoken

    def counting(name: str) -> Callable[[str], int]:
        encoding: Any = tiktoken.get_encoding(name)
        return lambda text: len(encoding.encode(text, disallowed_special=()))

    return {name: counting(name) for name in ("cl100k_base", "o200k_base")}


def documents(files: list[Path]) -> list[Document]:
    with TemporaryDirectory() as cache:
        reader = Reader(Pdf(), Path(cache), lambda _paper, into: into)
        return [each.document for each in reader.open(files) if each.document]


def prompt(document: Document, template: Template) -> str:
    """All that is sent, the form of the answer included."""
    paper = Paper("2404.00001", document.title or "", (), "", ())
    reading = Reading(paper, document.text, "pdf", document=document)
    asked = messages(reading, template, LANGUAGE, show_schema=False)
    return "\n".join([*(each["content"] for each in asked), json.dumps(template.schema)])


def main() -> int:
    read = documents([Path(name) for name in sys.argv[1:]] or sorted(PAPERS.glob("*.pdf")))
    counters, is_over = tokenizers(), False
    for name in ("brief", "deep", "notes"):
        template = load(name, [])
        begin = time.perf_counter()
        prompts = [prompt(document, template) for document in read]
        took = (time.perf_counter() - begin) / max(1, len(read))
        limit = LIMITS.get(name, template.tokens)
        for tokenizer, count in counters.items():
            counts = sorted(map(count, prompts))
            too_long = sum(each > limit for each in counts)
            is_over |= too_long > 0
            reckoned = [tokens(each) / count(each) for each in prompts]
            lengths = f"median {counts[len(counts) // 2]:,}, longest {counts[-1]:,}"
            off = f"reckoned {min(reckoned):.2f} to {max(reckoned):.2f} of it"
            print(f"{name:<6} {tokenizer:<12} {len(counts)} papers: {lengths}, {off}")
            print(f"{'':<20}over {limit:,}: {too_long}; {took * 1000:.0f} ms a prompt")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
