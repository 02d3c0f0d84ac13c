"""What each section of a paper is about, told by its heading and by where it stands. Pure.

Templates name the topics that their fields read. A heading that says none of them, such as the name
of a new method, is about the method where it stands between what came before and what came out.
"""

import re
from collections.abc import Iterable, Sequence

from paperlens.document import Section

BEFOREHAND = frozenset(("introduction", "background", "related work"))
_AFTERWARDS = frozenset(("results", "discussion", "conclusion", "limitations"))
_HEADS = {
    "introduction": "introduc|motivation|einleitung|einführung|введение|引言|绪论"
    "|緒論|前言|はじめに|序論|まえがき|서론",
    "background": "background|preliminar|prerequisit|notation|grundlagen|antecedentes|fondements"
    "|背景|预备|予備|準備|배경",
    "related work": "related|previous w|prior w|prior art|literature|state of the art"
    "|verwandte arbeiten|stand der|état de l|travaux connexes|trabajos relacionados"
    "|相关(?:工作|研究)|関連研究|先行研究|関連|관련",
    "method": "method|approach|model|framework|architect|algorithm|formulat|our |proposed|implement"
    "|design|technique|ansatz|verfahren|modell|méthod|métod|metodo|метод|方法|模型|算法|手法|提案"
    "|方式|モデル|방법",
    "data": "data|corpus|corpora|observation|material|sample|participants|daten|données|datos"
    "|数据|データ|資料|데이터",
    "results": "result|experiment|evaluat|ablation|analys|finding|performance|comparison|compari"
    "|benchmark|empirical|illustrat|simulation|case stud|numerical|ergebnis|auswertung"
    "|résultat|expérien|resultado|risultat|результат|эксперимент|实验|結果|结果|评估|評価|実験|실험|결과",
    "discussion": "discuss|implication|broader impact|diskussion|discusión|обсуждение|讨论|討論"
    "|考察|논의",
    "limitations": "limitation|threats to validity|weakness|failure case|caveat|einschränkung"
    "|limites|limitaciones|局限|限界|한계",
    "conclusion": "conclu|summary|concluding|closing|future|outlook|final remarks|fazit|schluss"
    "|ausblick|zusammenfassung|conclusión|заключение|结论|結論|总结|まとめ|おわりに|むすび|결론",
    "matter": "acknowledg|funding|author contribution|competing|conflict of interest|disclosure"
    "|data availab|code availab|ethic|reproducib|checklist|danksagung|remerciement"
    "|致谢|謝辞|감사의",
}
_TOPICS = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in _HEADS.items()}
_HAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_ANYWHERE = {name: re.compile(words) for name, words in _HEADS.items()}
_TOLD_IN_APPENDICES = frozenset(("limitations",))


def topics_of(sections: Sequence[Section]) -> tuple[frozenset[str], ...]:
    """The topics of each section, with those of the section above it where it has none."""
    found: list[frozenset[str]] = []
    above: list[tuple[int, frozenset[str]]] = []
    for section in sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        own = _own(section)
        if not own and above:
            own = above[-1][1]
        above.append((section.level, own))
        found.append(own)
    return _with_unnamed(sections, found)


def tells(section: Section, topics: Iterable[str], wanted: str) -> bool:
    """Whether a section is what a field reads: by its topics, its kind, or words of its heading."""
    name = wanted.casefold()
    if name in topics or name == section.kind:
        return True
    return name not in _TOPICS and f" {name}" in f" {(section.heading or '').casefold()}"


def _own(section: Section) -> frozenset[str]:
    heading = (section.heading or "").casefold()
    patterns = _ANYWHERE if _HAN.search(heading) else _TOPICS
    found = frozenset(name for name, words in patterns.items() if words.search(heading))
    return found & _TOLD_IN_APPENDICES if section.kind == "appendix" else found


def _with_unnamed(
    sections: Sequence[Section], found: Sequence[frozenset[str]]
) -> tuple[frozenset[str], ...]:
    """With the body's sections of no topic told by their place."""
    ends = [place for place, topics in enumerate(found) if topics & _AFTERWARDS]
    end = ends[0] if ends else len(found)
    return tuple(
        topics if topics or section.kind != "body" else _by_place(section, place, end)
        for place, (section, topics) in enumerate(zip(sections, found, strict=True))
    )


def _by_place(section: Section, place: int, end: int) -> frozenset[str]:
    if section.heading is None:
        return frozenset(("introduction",))
    return frozenset(("method",)) if place < end else frozenset()
