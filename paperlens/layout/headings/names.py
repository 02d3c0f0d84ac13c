"""What names of sections say about their kind, in the languages papers are written in. Pure.

A name never makes a head: it says what a head that was found by its looks stands over.
"""

import re

from paperlens.layout.headings.numbering import numbers_of

_ABSTRACT = re.compile(
    r"abstract|abstracttext|zusammenfassung|résumé|resumen|resumo|riassunto|sommario|samenvatting"
    r"|аннотация|摘要|要旨|概要|要約|초록"
)
_REFERENCES = re.compile(
    r"(?:selected|listof)?references?(?:andnotes|cited)?|notesandreferences|bibliography"
    r"|literature(?:cited)?|workscited|literatur(?:verzeichnis)?|références|bibliographie"
    r"|referencias|bibliografía|referências|bibliografia|riferimenti|литература"
    r"|参考文献|引用文献|文献|참고문헌"
)
_APPENDIX = re.compile(
    r"(?:(?:technical |online |mathematical )?append(?:ix|ices)|annex|anhang|annexe|anexo|apéndice"
    r"|appendice|supplement(?:ary|al)?\b|supporting information|附录|附錄|付録)",
    re.I,
)
_KEYWORDS = re.compile(
    r"(?:(?:author |additional )?key ?-?words?(?:(?: and |/| & )(?:key ?)?phrases?)?|index terms?"
    r"|schlüssel(?:wörter|worte)|mots[- ]cl(?:é|e)s|palabras clave|palavras[- ]chave|parole chiave"
    r"|ключевые слова|关键词|关键字|關鍵詞|キーワード|주제어)",
    re.I,
)
_LABEL_END = re.compile(r"\s*(?:[:.：．]\s*[—–-]?|[—–]|-{1,3})\s*|\s*\Z|\s{2,}")


def is_abstract(heading: str) -> bool:
    return _ABSTRACT.fullmatch(_letters(heading)) is not None


def is_references(heading: str) -> bool:
    spellings = (heading, _unnumbered(heading))
    return any(_REFERENCES.fullmatch(_letters(each)) for each in spellings)


def is_appendix(heading: str) -> bool:
    return _APPENDIX.match(heading) is not None or bool(
        numbers_of(heading) and _APPENDIX.match(_unnumbered(heading))
    )


def keywords_label(text: str) -> int:
    """How many letters of a line say that keywords follow; 0 where none do."""
    begin = len(text) - len(text.lstrip())
    name = _KEYWORDS.match(text, begin)
    end = _LABEL_END.match(text, name.end()) if name else None
    return end.end() if end else 0


def _unnumbered(heading: str) -> str:
    numbers = numbers_of(heading)
    return heading[numbers[0].length :] if numbers else heading


def _letters(heading: str) -> str:
    return "".join(filter(str.isalpha, heading.casefold()))
