"""What stands in an answer and says nothing: placeholders, slots that were left open, refusals.

In the languages that models answer in; each pattern runs on untrusted text in linear time.
"""

import re

_PLACEHOLDER = re.compile(
    r"\W*(?:x{2,}|tbd|tba|todo|n/?a|none|null|nil|unknown|undefined|placeholder|example|dummy"
    r"|string|text|sentence|summary|content|answer|value|foo|bar|same as above|lorem ipsum.*"
    r"|to be (?:determined|added|filled|completed|announced)(?: in| later)?"
    r"|(?:key |main |first |second |third |next )?(?:point|take-?away|item|contribution|step"
    r"|keyword|tag|result|finding|sentence)s?[ _#]{0,2}(?:\d{1,2}|one|two|three|four|five|[a-e])?"
    r"|not (?:available|provided|specified|applicable|mentioned|given|stated|found)"
    r"|no (?:information|data|summary|content)(?: (?:available|provided|given))?"
    r"|insert .{0,200}|(?:your|the) .{0,100} (?:here|goes here)|fill in.{0,100}"
    r"|待补充|待定|待填写?|待续|暂无|暂缺|暂无(?:信息|内容|数据)|无|未知|未提及|未提供|未说明"
    r"|占位符?|示例|某某|同上|略|省略|不适用|[请請]?(?:填写|补充|填寫|補充).{0,40}"
    r"|未定|不明|なし|該当なし|該当せず|記載なし|省略|後日追記|없음|미정|해당 ?없음|추후.{0,20}"
    r"|keine angaben?|unbekannt|nicht (?:angegeben|verfügbar|bekannt|zutreffend)|folgt|k\. ?a"
    r"|non (?:précisée?s?|disponible|spécifiée?s?|applicable)|à compléter|inconnu|aucune?"
    r"|no (?:disponible|especificado|aplica)|desconocido|por (?:completar|determinar)|ninguno"
    r"|não (?:disponível|especificado)|a definir|da completare|non specificato"
    r"|неизвестно|не указано|нет данных|отсутствует)?\W*"
    r"|\W{0,3}[\[<{【（][^\[\]<>{}【】（）]{0,200}[\]>}】）]\W*",
    re.IGNORECASE,
)
_OPEN_SLOT = re.compile(
    r"(?<![\w-])(?:x{3,}(?![\w-])|x{1,3}(?:\.x{1,3})?\s?%)"
    r"|[\[<{【(（]\s?(?:(?:insert|your|fill in|specify|describe|todo|tbd|tba|placeholder"
    r"|to be added|hier einfügen|à compléter|por completar)\b|待|请填|填写|补充|此处|某)"
    r"[^\[\]<>{}【】（）()]{0,100}[\]>}】)）]",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\W*(?:i(?:['’]m| am) (?:very |so |really )?(?:sorry|unable|not able|afraid)"
    r"|i (?:cannot|can['’]t|can not|could not|couldn['’]t|won['’]t|must decline"
    r"|do(?:n['’]t| not) have|have no (?:access|information)|don['’]t see)\b"
    r"|(?:sorry|apologies)[,.!]|my apologies|i apologi[sz]e"
    r"|as an? (?:ai|artificial|large language)\b"
    r"|unfortunately,? i\b|please (?:provide|share|paste|send)\b"
    r"|(?:no|the) (?:paper|text|abstract|document)(?:['’]s)?(?: text| content)? (?:was|were|is) "
    r"(?:not |missing|provided)"
    r"|there is (?:no|not enough|insufficient) (?:text|information|context)"
    r"|很?抱歉|对不起|不好意思|我(?:无法|不能|没办法|没有足够)|作为(?:一个|一名)?(?:ai|人工智能|大?语言模型)"
    r"|请(?:提供|发送|粘贴)|對不起|我無法|請提供"
    r"|申し訳|すみません|ごめん|お手伝いできません|죄송|미안|도와드릴 수 없|제공해 ?주"
    r"|es tut mir (?:sehr )?leid|tut mir leid|entschuldigung|leider kann ich"
    r"|ich kann (?:das|dies|ihnen|ihre|dir|diese|nicht|keine)|als ki\b"
    r"|bitte (?:geben|senden|stellen) sie"
    r"|(?:je suis )?désolée?\b|je ne (?:peux|suis)"
    r"|malheureusement,? je|en tant qu['’]"
    r"|veuillez fournir"
    r"|lo siento|lamento|no puedo|lamentablemente,? no|como (?:una? )?(?:ia|modelo de lenguaje)"
    r"|por favor,? proporcion|desculpe|sinto muito|não posso|infelizmente,? (?:não|eu)"
    r"|mi dispiace|non posso|purtroppo,? non posso|het spijt me|ik kan (?:niet|dit|u|je|geen)"
    r"|извините|простите|к сожалению,? я|я не могу|как языковая модель|عذرا|آسف|لا أستطيع)",
    re.IGNORECASE,
)


def is_placeholder(text: str) -> bool:
    return _PLACEHOLDER.fullmatch(text) is not None


def open_slots(text: str) -> list[str]:
    """Places in a text that should have been filled in."""
    return [found[0] for found in _OPEN_SLOT.finditer(text)]


def is_refusal(text: str) -> bool:
    return _REFUSAL.match(text) is not None
