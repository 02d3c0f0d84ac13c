"""Whether a text is in the language that was asked for, told by its letters and commonest words.

Short texts and texts that are mostly names are given the benefit of the doubt, and so is a language
that is not known here.
"""

import re
from collections import Counter
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAST_WORDS = 6
_LEAST_SIGNS = 10
_SCRIPTS = {
    "kana": re.compile("[\u3041-\u30ff]"),
    "han": re.compile("[\u3400-\u9fff\uf900-\ufaff]"),
    "hangul": re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "thai": re.compile("[\u0e00-\u0e7f]"),
}
_WRITTEN_IN = {
    "zh": ("han",), "yue": ("han",), "ja": ("kana", "han"), "ko": ("hangul",),
    "ru": ("cyrillic",), "uk": ("cyrillic",), "bg": ("cyrillic",), "el": ("greek",),
    "ar": ("arabic",), "fa": ("arabic",), "ur": ("arabic",), "he": ("hebrew",),
    "hi": ("devanagari",), "th": ("thai",),
}  # fmt: skip
_OF_CHINESE = re.compile("[的了这们为与个并是]")
_SIGNS_A_WORD = {"han": 2, "kana": 2, "thai": 4}
_COMMON = {
    "en": "the of and to in is that we for with this by on are as it which from an be can our "
    "these has have their using than not into its also at or between while",
    "de": "der die das und ist ein eine von mit für auf den dem des im nicht wir wird werden durch "
    "als auch bei sich sind einer eines zu zur zum dass diese dieser kann",
    "fr": "le la les des et une un de du est dans pour que qui par sur avec nous cette ce sont "
    "aux pas plus au ne se ces leur être",
    "es": "el la los las de que y en un una por con para se del es son al lo como más este esta "
    "su sus no sobre entre",
    "pt": "o os as de que e em um uma por com para se do da dos das é são ao como mais este esta "
    "seu sua não sobre entre no na",
    "it": "il lo la gli le di che e in un una per con del della dei delle è sono al come più "
    "questo questa non su tra nel nella si",
    "nl": "de het een en van is dat in op te met voor zijn niet wij we wordt worden door als ook "
    "bij deze dit kan om naar uit",
    "sv": "och att det som en ett på är av för med den till inte vi har kan om från de",
    "da": "og at det som en et på er af for med den til ikke vi har kan om fra de",
    "pl": "i w na z do się że nie jest to oraz przez dla jak od po za ich",
    "tr": "ve bir bu için ile olarak da de olan daha çok gibi en",
    "vi": "và của là một các trong cho được với này có không để từ những đã",
    "id": "dan yang di untuk dengan dari pada ini adalah dalam tidak kami ke oleh",
    "cs": "a v na se že je to s pro z do jako nebo které jsou",
    "fi": "ja on että se ei tämä ovat myös kuin joka sekä voidaan",
}
_NAMES = {
    "english": "en", "chinese": "zh", "mandarin": "zh", "japanese": "ja", "korean": "ko",
    "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "portuguese": "pt", "italian": "it", "russian": "ru", "dutch": "nl",
    "arabic": "ar", "hebrew": "he", "hindi": "hi", "greek": "el", "polish": "pl",
    "turkish": "tr", "中文": "zh", "日本語": "ja", "한국어": "ko", "русский": "ru",
}  # fmt: skip


def is_foreign(text: str, language: str) -> bool:
    """Whether the text is clearly in another language than this one."""
    wanted = code_of(language)
    if wanted not in _WRITTEN_IN and wanted not in _COMMON and len(wanted) != 2:
        return False
    signs = {script: len(each.findall(text)) for script, each in _SCRIPTS.items()}
    words = [word.lower() for word in _WORD.findall(text) if word.isascii() or _is_latin(word)]
    if wanted == "ja" and not signs["kana"] and _OF_CHINESE.search(text):
        return signs["han"] >= _LEAST_SIGNS
    if wanted in _WRITTEN_IN:
        return _is_in_other_script(signs, words, wanted)
    heard = sum(count / _SIGNS_A_WORD.get(script, 5) for script, count in signs.items())
    if sum(signs.values()) >= _LEAST_SIGNS and heard > len(words):
        return True
    return _is_in_other_words(words, wanted)


def code_of(language: str) -> str:
    """en-GB, English and EN are all en."""
    spelled = language.strip().lower()
    return _NAMES.get(spelled, re.split(r"[-_ (]", spelled)[0])


def _is_in_other_script(signs: dict[str, int], words: list[str], wanted: str) -> bool:
    own = sum(signs[script] for script in _WRITTEN_IN[wanted])
    foreign = sum(signs.values()) - own
    if wanted == "zh" and signs["kana"] >= _LEAST_SIGNS and signs["kana"] > own / 4:
        return True
    if foreign >= _LEAST_SIGNS and foreign > own:
        return True
    if own >= _LEAST_SIGNS and own > len(words):
        return False
    return _prose_of(words) is not None


def _is_in_other_words(words: list[str], wanted: str) -> bool:
    found = _prose_of(words)
    if found is None or found == wanted:
        return False
    counts = Counter(words)
    own = sum(counts[word] for word in _common().get(wanted, ()))
    other = sum(counts[word] for word in _common()[found])
    return other >= 3 and other > 2 * own


def _prose_of(words: list[str]) -> str | None:
    """The language whose commonest words make a good part of these; None where none does."""
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(words)
    hits = {name: sum(counts[word] for word in each) for name, each in _common().items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] >= max(2, 0.15 * len(words)) else None


def _is_latin(word: str) -> bool:
    return all(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in word)


@cache
def _common() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _COMMON.items()}
