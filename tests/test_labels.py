"""The words of reports, and dates, in the languages that there are."""

from datetime import date

import pytest

from paperlens.reports.labels import CHINESE, ENGLISH, labels
from tests.conftest import Shell

DAY = date(2024, 4, 9)


def test_every_english_word_has_a_chinese_one() -> None:
    """No label of a Chinese report is missing, or empty, or left in English by mistake."""
    assert not ENGLISH.words.keys() - CHINESE.words.keys()
    latin = {key for key, word in CHINESE.words.items() if word.isascii()}
    assert latin == {"pdf", "doi"}
    placeholders = {key: word.count("{") for key, word in ENGLISH.words.items()}
    assert placeholders == {key: CHINESE.words[key].count("{") for key in ENGLISH.words}


def test_fields_of_the_built_in_templates_have_chinese_names() -> None:
    """What a summary says stands under a Chinese heading."""
    from paperlens.summaries.templates import load

    for name in ("brief", "deep", "notes"):
        for field in load(name, []).fields:
            assert not CHINESE.field(field.name).isascii(), field.name


@pytest.mark.parametrize("code", ["zh", "zh-CN", "zh_TW", "zh-Hant", "ZH", "zh_CN.UTF-8"])
def test_any_kind_of_chinese_has_chinese_labels(code: str) -> None:
    """A language is found by the code before its country, script or encoding."""
    assert labels(code) is CHINESE


@pytest.mark.parametrize("code", ["en", "en-GB", "de", "", "Klingon", "zha"])
def test_other_languages_have_english_labels(code: str) -> None:
    """A language without words of its own is labelled in English."""
    assert labels(code) is ENGLISH


def test_dates_are_written_as_the_language_writes_them() -> None:
    """Weekday, day, month, year in English order; year, month, day, weekday in Chinese."""
    told = {words.day(DAY) + "|" + words.short_date(DAY) for words in (ENGLISH, CHINESE)}
    assert told == {"Tuesday 9 April 2024|9 Apr 2024", "2024年4月9日 星期二|2024年4月9日"}
    assert ENGLISH.full_date(DAY) == "9 April 2024"


def test_a_report_in_chinese(reader: Shell) -> None:
    """`llm.language` zh labels the whole digest in Chinese."""
    reader("today")
    told = reader("export", "--to", "markdown", PAPERLENS_LLM_LANGUAGE="zh-CN").out
    assert told.startswith("# 2026年11月")
    assert "**摘要：**" in told
    assert "Abstract" not in told
