"""TeX in arXiv's metadata, as the characters it means."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperlens.tex import accents, readable


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Jim\'enez Guti\'errez", "Jiménez Gutiérrez"),
        (r"Jim{\'e}nez", "Jiménez"),
        (r"Jim\'{e}nez", "Jiménez"),
        (r"Jim{\'{e}}nez", "Jiménez"),
        (r"{\'Elodie}", "Élodie"),
        (r"Erd\H{o}s", "Erdős"),
        (r"\"{o} {\"o} \"o", "ö ö ö"),
        (r"\`a \^e \=u \.z", "à ê ū ż"),
        (r"\L{}ukasz \L ukasz {\L}ukasz", "Łukasz Łukasz Łukasz"),
        (r"S\o ren {\O}re", "Søren Øre"),
        (r"\v{c} \v c {\v c}", "č č č"),
        (r"\c c \c{C}evik", "ç Çevik"),
        (r"Tu\u{g}\c{c}e K{\i}z{\i}ltepe", "Tuğçe Kızıltepe"),
        (r"Gau\ss, Wei{\ss}e", "Gauß, Weiße"),
        (r"Mu\~noz, Mart{\'\i}n, \^{\i}le, na\"{\i}ve", "Muñoz, Martín, île, naïve"),
        (r"\AA ngstr\"om, {\aa}, \ae gir", "Ångström, å, ægir"),
        (r"\d{s} \k{a} \r{u} \b{d}", "ṣ ą ů ḏ"),
        ("Navier--Stokes --- a survey", "Navier–Stokes — a survey"),
        ("e\u0301", "é"),
    ],
)
def test_accents_and_letters_of_names_are_turned(written: str, meant: str) -> None:
    """Every way in which authors spell a letter in TeX gives that letter, composed."""
    assert accents(written) == meant
    assert readable(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        r"\cite{x} and \foo",
        r"$\int f \d t$",
        r"\'q is no letter",
        r"{\bf set}",
        "run it with --help",
        "----",
        "C:\\temp",
    ],
)
def test_accents_leave_all_else_alone(text: str) -> None:
    """Commands, math, options and paths are not names."""
    assert accents(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"$\alpha$-stable", "α-stable"),
        (r"in $\mathbb{R}^n$", "in ℝⁿ"),
        (r"$O(n \log n)$ or $O(n\log n)$", "O(n log n) or O(n log n)"),
        (r"$\mathcal{O}(1/\varepsilon^2)$", "O(1/ε²)"),
        (r"$10^{-3}$", "10⁻³"),
        (r"H$_2$O and $^{13}$C at 90$^\circ$", "H₂O and ¹³C at 90°"),
        (r"$x\in\mathbb{R}^{H\times W}$", "x ∈ ℝ^(H×W)"),
        (r"$\ell_1$, $\|x\|_2$, $x_{\text{max}}$", "ℓ₁, ‖x‖₂, xₘₐₓ"),
        (r"$\frac{1}{2}$, $\frac{a+b}{c}$, $\sqrt{T}$", "1/2, (a+b)/c, √T"),
        (r"$\tilde{O}(\sqrt{T})$ and $\hat x$", "Õ(√T) and x\u0302"),
        (r"$\Delta t \le 5$, $\sim$5, $3\times 10^5$", "Δt ≤ 5, ∼5, 3×10⁵"),
        (r"\(k\)-means", "k-means"),
        (r"$\kappa_{\text{in-plane}}=165^{+16}_{-14}\,$W", "κ_(in-plane)=165⁺¹⁶₋₁₄ W"),
        (r"\emph{very} \textbf{bold \textit{too}} {\it so} \text{x}", "very bold too so x"),
        ("``quotes'' in ``one $k$''", "“quotes” in “one k”"),
        (r"5\% of R\&D, snake\_case, et al.\ said", "5% of R&D, snake_case, et al. said"),
        ("Fig.~3 of Smith et~al.", "Fig. 3 of Smith et al."),
        (
            r"\href{https://x.edu/a}{https://x.edu/a}, \href{https://x.edu}{page}",
            "https://x.edu/a, page (https://x.edu)",
        ),
        (
            r"see $\href{https://x.edu/}{\text{project page}}$.",
            "see project page (https://x.edu/).",
        ),
        (
            r"ships\footnote{www.x.com} and \citep{he_2016, wu} (\eg, nets, \ie here)",
            "ships (www.x.com) and [he_2016, wu] (e.g., nets, i.e. here)",
        ),
        (
            r"of 3.72\,dB, Relia\-Avatar, 360{\deg}, CO\textsubscript{2}",
            "of 3.72 dB, ReliaAvatar, 360°, CO2",
        ),
        (r"$G: \R^k \to \R^n$, $0^{\circ}\hspace{-1mm}.1$, $\bar{xy}$", "G: ℝᵏ → ℝⁿ, 0°.1, x̅y̅"),
        (
            r"(SVS)$\unicode{x2013}$the, $<$600M, $ \alpha$, $10\times $ fewer",
            "(SVS)–the, <600M, α, 10× fewer",
        ),
        (r"shrinks to \epsilon at rate O(1/\epsilon^2)", "shrinks to ε at rate O(1/ε²)"),
        (
            "389.4 pc cm^-3, 2x10^-6, M^3RL, |U_{e3}|^{-1}",
            "389.4 pc cm⁻³, 2x10⁻⁶, M³RL, |Uₑ₃|⁻¹",
        ),
        (r"to be \[\frac{n}{2}\] times", "to be n/2 times"),
        (
            "the ''low-rank'' tasks, a ``10x increase\" of it",
            "the “low-rank” tasks, a “10x increase” of it",
        ),
    ],
)
def test_light_math_and_markup_become_text(written: str, meant: str) -> None:
    """Titles and abstracts can be read without knowing TeX."""
    assert readable(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "costs $5",
        "from $5 to $10, or US$5–US$10",
        "it costs $5 (or 4$)",
        "an unmatched $x and no more",
        r"$\begin{pmatrix} a & b \end{pmatrix}$",
        r"$\unknown{x}$",
        r"\emph{never closed",
        "a set {a, b} and a {placeholder}",
        "http://x.edu/~me, ~5 GB, 10~20",
        "`code` and f''(x)",
        "f'' and g''",
        "x^(*), a^b, 1.5^2.5, ^3, _{i}",
        r"C:\temp\alpha and \ours",
        r"\href{no end",
        r"$\unicode{x202E}$",
        "}{",
    ],
)
def test_what_cannot_be_turned_well_stays_as_it_was(text: str) -> None:
    """A price, an unknown command or a formula of two lines is never mangled."""
    assert readable(text) == text


@given(st.text(alphabet=st.characters(exclude_characters="\\$~`-{}", codec="utf-8")))
def test_plain_text_is_not_changed(text: str) -> None:
    """Text without TeX comes back as it was, but for composing its accents."""
    assert readable(text) == unicodedata.normalize("NFC", text)


@given(st.text(alphabet="$~`'-{}^_\"abcXYZ äж王 123&%().,<>=|[]", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    """Where there is no command, each letter and digit is still there, in its order."""

    def letters(told: str) -> list[str]:
        return [one for one in unicodedata.normalize("NFKD", told) if one.isalnum()]

    assert letters(readable(text)) == letters(text)


@given(st.text(alphabet="\\$~`'-{}^_\"abcHv oijtL1&%() \n", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    """Whatever an author wrote, there is an answer."""
    assert isinstance(readable(text), str)


@pytest.mark.parametrize(
    "unit",
    ["$", "{", "\\", "`", "~", "-", "\\emph{", "`` a", "$a ", "$^{", "{\\'e", "\\(a", "$\\frac",
     "\\v ", "a~", "``{\\bf ", "$x_", "\\t{", "``a''", "$\\hat{", "}", "$a$", "\\[a", "x^{a",
     "\\href{a}{", "\\href{a}{b{", "\\footnote{", "\\cite{", "''a", "``a ", "$1\\", "\\mu", "a_{b"],
)  # fmt: skip
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    """100,000 characters of any kind of nonsense take well under a second or so."""
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    readable(text)
    assert time.process_time() - started < 2
