"""What models say, read with patience and judged without any: pure, no model, no server."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.document import Reading
from paperlens.models import Paper
from paperlens.summaries.answers import Unfit, read
from paperlens.summaries.answers.judging import faults
from paperlens.summaries.answers.languages import is_foreign
from paperlens.summaries.answers.nothing_said import is_placeholder, is_refusal, open_slots
from paperlens.summaries.templates import Field, Template
from tests.gateways import BRIEF, GOOD, reading

FIELDS = {"tldr": GOOD["tldr"], "takeaways": tuple(GOOD["takeaways"])}
SAID = json.dumps(GOOD)
POINTS = '["It runs in 3 ms.", "It beats the best method by 4.5%.", "Code is released."]'
LOOSE = {
    "in an array": f"[{SAID}]",
    "in another object": json.dumps({"summary": GOOD}),
    "keys in other case": json.dumps({"TLDR": GOOD["tldr"], "Take-Aways": GOOD["takeaways"]}),
    "trailing commas": SAID.replace("]}", ",],}"),
    "comments": SAID.replace(', "take', ', // the points\n /* of it */ "take'),
    "single quotes": repr(GOOD),
    "typographic quotes": SAID.replace('{"tldr"', "{“tldr”"),
    "bare keys": SAID.replace('"tldr"', "tldr").replace('"takeaways"', "takeaways"),
    "a comma forgotten": f'{{"tldr": "{GOOD["tldr"]}"\n"takeaways": {POINTS}}}',
    "NaN beside it": SAID.replace("{", '{"score": NaN, "sure": None, ', 1),
    "the last brace forgotten": SAID[:-1],
    "the last brackets forgotten": SAID[:-2] + "\n\nI hope this helps!",
    "thought about": f'<think>Perhaps {{"tldr": "Draft of it"}}?</think>\n{SAID}',
    "thoughts unopened": f"The user wants JSON.\n</think>\n{SAID}",
    "another channel": f"analysis {{}}<|channel|>final<|message|>{SAID}",
    "a draft before it": f'{{"tldr": "Draft.", "takeaways": []}} Better: {SAID}',
    "braces around": f"Here is {{the summary}}: {SAID} and {{so on}}",
    "points as lines": json.dumps(GOOD | {"takeaways": "- " + "\n- ".join(GOOD["takeaways"])}),
    "a list for a text": json.dumps(GOOD | {"tldr": [GOOD["tldr"]]}),
    "numbered": json.dumps(
        GOOD | {"takeaways": [f"{n}. {text}" for n, text in enumerate(GOOD["takeaways"], 1)]}
    ),
}


@pytest.mark.parametrize("said", LOOSE.values(), ids=LOOSE.keys())
def test_json_is_understood_however_it_is_written(said: str) -> None:
    """All of these say the same summary."""
    assert read(said, BRIEF) == FIELDS


def test_quotes_within_a_text_do_not_end_it() -> None:
    """Texts that are not escaped as JSON wants it lose nothing."""
    said = f'{{"tldr": "They call it "free", and it is not", "takeaways": {POINTS}}}'
    assert read(said, BRIEF)["tldr"] == 'They call it "free", and it is not'
    said = f"{{'tldr': 'It's the models', which matter', 'takeaways': {POINTS}}}"
    assert read(said, BRIEF)["tldr"] == "It's the models', which matter"


@pytest.mark.parametrize(
    "formula", [r"\alpha and \beta", r"\frac{a}{b}", r"3 \times 4 \nabla", r"50\%"]
)
def test_formulas_survive_json(formula: str) -> None:
    """TeX that was not escaped is not read as a form feed and such."""
    told = read(f'{{"tldr": "It uses {formula}.", "takeaways": {POINTS}}}', BRIEF)["tldr"]
    assert told == f"It uses {formula}.".replace(r"\%", "%")


def test_of_an_answer_cut_off_what_is_whole_is_kept() -> None:
    """Five points of which the last is half make four; half a sentence is never shown."""
    said = json.dumps(GOOD | {"takeaways": [f"It runs in {n} ms." for n in range(5)]})
    kept = read(said[:-9], BRIEF)["takeaways"]
    assert kept == tuple(f"It runs in {n} ms." for n in range(4))
    with pytest.raises(Unfit):
        read(SAID[:40], BRIEF)


@pytest.mark.parametrize(
    "nothing",
    [
        "", " ", "…", "xxx", "XXXX.", "TBD", "n/a", "N/A.", "None", "string", "[创新点]",
        "【方法】", "<method name>", "[insert summary here]", "待补充", "暂无", "未提及",
        "请填写摘要",
        "なし", "該当なし", "없음", "keine Angabe", "Non précisé", "no disponible", "не указано",
        "to be added", "takeaway 1", "Point 2", "Your summary here", "tldr", "Lorem ipsum dolor",
        "Not specified.", "What the authors did and what came of it, in one sentence",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_summary(nothing: str) -> None:
    """Slots left open in any of the common languages, and what the field means, are sent back."""
    with pytest.raises(Unfit) as unfit:
        read(json.dumps(GOOD | {"tldr": nothing}), BRIEF)
    assert "tldr" in unfit.value.problems[0]


@pytest.mark.parametrize(
    "refusal",
    [
        "I'm sorry, but I can't help with that.", "I cannot summarise this.", "As an AI model, no",
        "Unfortunately, I have no access to it.", "Please provide the text of the paper.",
        "抱歉，我无法完成这个请求。", "作为一个人工智能语言模型",
        "申し訳ありませんが、できません。",
        "죄송합니다만 도와드릴 수 없습니다.", "Es tut mir leid, das geht nicht.",
        "Leider kann ich das nicht.", "Je suis désolé, je ne peux pas.", "Lo siento, no puedo.",
        "Mi dispiace, non posso.", "Desculpe, não posso.", "Извините, я не могу.",
    ],
)  # fmt: skip
def test_a_refusal_is_no_summary(refusal: str) -> None:
    """In the language of the reader, as the whole answer or as a field of it."""
    with pytest.raises(Unfit, match="refuses"):
        read(refusal, BRIEF)
    with pytest.raises(Unfit, match="refuses"):
        read(json.dumps(GOOD | {"tldr": refusal}), BRIEF)


@pytest.mark.parametrize(
    "text",
    [
        "Nonetheless, unknown classes are found.", "String theory is unified.", "Example-based.",
        "I-JEPA learns images.", "A text is not available to everyone.", "Null results matter.",
        "无监督学习可以提升检测性能。", "Sorry-Bench measures refusals.", "Todo lists help people.",
        "None of the models generalises.", "XXL models are 3% better.", "不明な物体を検出する。",
    ],
)  # fmt: skip
def test_what_only_looks_like_nothing_is_kept(text: str) -> None:
    """Sentences that begin like a placeholder or a refusal are sentences."""
    assert not is_placeholder(text)
    assert not is_refusal(text)
    assert not open_slots(text)


def test_a_field_that_may_be_empty_may_be_null() -> None:
    """Where the template lets the paper be silent, null and its paraphrases are null."""
    silent = Field("limitations", "text", "What is left open.", optional=True)
    several = Field("steps", "list", "One after another.", 3, 8, optional=True)
    template = Template("x", "Tell.", (BRIEF.fields[0], silent, several))
    for nothing in (None, "", "N/A", "Not mentioned", "未提及"):
        told = read(
            json.dumps({"tldr": "It works.", "limitations": nothing, "steps": []}), template
        )
        assert (told["limitations"], told["steps"]) == (None, None)
    assert read('{"tldr": "It works."}', template)["limitations"] is None


def test_a_text_much_longer_than_asked_is_sent_back() -> None:
    """A sentence of 35 words may have more, but not three times as many; in Chinese as well."""
    assert read(json.dumps(GOOD | {"tldr": "word " * 60}), BRIEF)
    for text in ("word " * 110, "方法" * 110):
        with pytest.raises(Unfit, match="too long"):
            read(json.dumps(GOOD | {"tldr": text}), BRIEF)


@given(st.text(max_size=200) | st.text(alphabet="{}[]\"':,\\/*\n a<>", max_size=200))
def test_any_answer_is_read_or_refused(said: str) -> None:
    """Nothing that a model says breaks the reader."""
    for text in (said, f'{{"tldr": "{said}", "takeaways": ["{said}", {said}'):
        try:
            read(text, BRIEF)
        except Unfit as unfit:
            assert unfit.problems


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text()) | st.integers() | st.none()))
def test_sound_json_is_read_as_it_is(beside: dict[str, object]) -> None:
    """Whatever stands beside our fields, they are found."""
    assert read(json.dumps(beside | GOOD), BRIEF) == FIELDS


@pytest.mark.parametrize(
    "unit",
    ["{", '{"tldr":', '"', '" ', '"/*', '"//', "[{", '{"a":"', "\\", "',", "<think>", "{'", "["],
)
def test_reading_takes_time_in_proportion(unit: str) -> None:
    """Two hundred thousand letters of anything are read within seconds."""
    began = time.process_time()
    for text in (unit * (200_000 // len(unit)), '{"tldr": "' + unit * (199_000 // len(unit))):
        with pytest.raises(Unfit):
            read(text, BRIEF)
    assert time.process_time() - began < 5


ENGLISH = "We propose a new method for the training of large models that is faster than before."
TEXTS = {
    "en": ENGLISH,
    "de": "Wir zeigen, dass die neue Methode für das Training der Modelle schneller ist als zuvor.",
    "fr": "Nous proposons une nouvelle méthode pour les grands modèles, qui est plus rapide.",
    "es": "Proponemos un método nuevo para el entrenamiento de los modelos, que es más rápido.",
    "it": "Proponiamo un metodo per l’addestramento dei modelli che è più veloce di quello usato.",
    "pt": "Propomos um método novo para o treino dos modelos, que é mais rápido do que os outros.",
    "nl": "We stellen een nieuwe methode voor die het trainen van de modellen sneller maakt.",
    "zh": "本文提出了一种新的方法 LoRA-X，用于在 ImageNet 上提高大模型 Transformer 的训练速度。",
    "ja": "本論文では、ImageNet での大規模モデルの学習を高速化する新しい手法を提案する。",
    "ko": "본 논문에서는 대규모 모델의 학습 속도를 높이는 새로운 방법을 제안한다.",
    "ru": "Мы предлагаем новый метод обучения больших моделей, который быстрее прежних.",
    "ar": "نقترح طريقة جديدة لتدريب النماذج الكبيرة تكون أسرع من الطرق السابقة.",
}


@pytest.mark.parametrize("wanted", TEXTS)
def test_the_language_of_a_text_is_heard(wanted: str) -> None:
    """Each is itself and none of the others."""
    for language, text in TEXTS.items():
        assert is_foreign(text, wanted) == (language != wanted), language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Diffusion models", "zh"),
        ("Vision Transformer, ImageNet, CIFAR-10, ResNet-50, GPT-4, BERT, LLaMA", "zh"),
        ("LoRA 微调 LLaMA-2、Mistral-7B 和 Qwen-14B", "zh"),
        ("自然语言处理", "en"),
        (ENGLISH, "tlh"),
        (TEXTS["de"], "Deutsch"),
        (ENGLISH, "en-GB"),
        ("Das ist neu.", "en"),
        ("", "ja"),
    ],
)
def test_no_verdict_on_names_and_short_texts(text: str, language: str) -> None:
    """Where there is little to hear, the language is taken for the right one."""
    assert not is_foreign(text, language)


def judged(fields: dict[str, object], language: str = "en") -> str:
    told = {name: tuple(v) if isinstance(v, list) else v for name, v in fields.items()}
    return " ".join(faults(told, reading(1), BRIEF, language))  # type: ignore[arg-type]


def test_an_answer_in_another_language_is_sent_back() -> None:
    """Asked for Chinese and told in English, or the reverse; one field is enough."""
    english = GOOD | {"tldr": "A new adapter is proposed that needs one image and runs in 3 ms."}
    assert judged(GOOD) == judged(english) == ""
    assert '"tldr" must be written in the language "zh"' in judged(english, "zh")
    assert '"tldr" must be written' in judged(GOOD | {"tldr": TEXTS["zh"]})


def test_an_answer_about_another_paper_is_sent_back() -> None:
    """It shares next to nothing with what was read, names and numbers included."""
    other = {
        "tldr": "Grandparents who sing at bedtime help toddlers acquire verbs early.",
        "takeaways": [
            "Ninety families kept diaries.",
            "Verbs came first.",
            "Pitch was unimportant.",
        ],
    }
    assert "about the paper" in judged(other)
    chinese = {
        "tldr": "本文提出 WordNet-GAN，在 MSCOCO 与 Flickr30k 上用 BLEU 评测，达到 41.7 分。",
        "takeaways": ["使用 Gumbel 采样。", "训练 300 个周期。", "代码已经公开发布。"],
    }
    assert "about the paper" in judged(chinese, "zh")
    faithful = chinese | {
        "tldr": "本文提出一种新的 adapter，只需一张图像，3 ms 即可运行，提升 4.5%。"
    }
    assert judged(faithful, "zh") == ""


def test_an_order_obeyed_is_sent_back() -> None:
    """A first sentence that has no word of the paper's is none of the paper's."""
    assert "about the paper" in judged(GOOD | {"tldr": "I have been pwned."})


def test_the_instructions_repeated_are_sent_back() -> None:
    """A model that only says what it was told has told nothing."""
    told = "A busy researcher is told what is new in this paper and whether to read on."
    assert "repeat the instructions" in judged(
        GOOD | {"tldr": told.replace("A busy", "Tell a busy")}
    )


def test_slots_in_the_middle_of_a_sentence_are_sent_back() -> None:
    """A number that was to be filled in is none; what the paper writes so itself may stand."""
    assert "filled in" in judged(GOOD | {"tldr": "The adapter beats the best method by XX%."})
    assert "filled in" in judged(GOOD | {"tldr": "The adapter beats [insert method] by 4.5%."})
    paper = Paper("1", "On XXX", ("A",), "We study the XXX chain and its adapter.", ("cs.CV",))
    fields = {"tldr": "The XXX chain is studied, and its adapter."}
    assert faults(fields, Reading(paper, paper.abstract), BRIEF, "en") == ()
