"""What a language is called in a prompt: models know "Chinese" better than "zh"."""

import re

_CALLED = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "yue": "Cantonese", "zh": "Simplified Chinese",
    "zh-hk": "Traditional Chinese", "zh-mo": "Traditional Chinese", "zh-tw": "Traditional Chinese",
    "zh-hant": "Traditional Chinese", "pt-br": "Brazilian Portuguese", "en-gb": "British English",
}  # fmt: skip
_LONGEST = 40


def called(language: str) -> str:
    """Its name in English, with the code; a name of the user's own stays as it is."""
    spelled = " ".join(language.split())[:_LONGEST]
    code = re.sub(r"[-_.@].*", "", spelled.lower())
    name = _CALLED.get(spelled.lower().replace("_", "-")) or _CALLED.get(code)
    return f"{name} ({spelled})" if name else spelled
