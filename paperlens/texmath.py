"""Light math as Unicode: what a title or an abstract holds between two dollar signs.

`unicode_math` answers None as soon as it meets something that does not fit on a line of text;
the caller then leaves the formula as its author wrote it.
"""

import re
import unicodedata


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_LETTERS = _table(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ "
    "upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π "
    "Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ nabla ∇ partial ∂ infty ∞ emptyset ∅ "
    "varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ Re ℜ Im ℑ aleph ℵ sum ∑ prod ∏ int ∫ oint ∮ "
    "top ⊤ bot ⊥ angle ∠ triangle △ square □ Box □ star ⋆ ast * dagger † ddagger ‡ prime ′ "
    "circ ∘ bullet • ldots … dots … cdots ⋯ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ "
    "lbrace { rbrace } Vert ‖ vert | colon : degree ° imath ı jmath ȷ deg deg R ℝ Real ℝ Reals ℝ "
    "N ℕ Z ℤ Q ℚ C ℂ E 𝔼"
)
_OPERATORS = _table(
    "times × cdot · pm ± mp ∓ div ÷ oplus ⊕ otimes ⊗ odot ⊙ cap ∩ cup ∪ setminus ∖ wedge ∧ land ∧ "
    "vee ∨ lor ∨ bigoplus ⨁ bigotimes ⨂ bigcup ⋃ bigcap ⋂ rtimes ⋊ ltimes ⋉ slash /"
)
_RELATIONS = _table(
    "le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ neq ≠ ne ≠ equiv ≡ approx ≈ simeq ≃ cong ≅ "
    "sim ∼ propto ∝ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ in ∈ notin ∉ ni ∋ subset ⊂ "
    "subseteq ⊆ supset ⊃ supseteq ⊇ perp ⊥ parallel ∥ mid | to → rightarrow → leftarrow ← "
    "leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ iff ⇔ mapsto ↦ "
    "longrightarrow ⟶ hookrightarrow ↪ uparrow ↑ downarrow ↓ vdash ⊢ models ⊨ coloneqq ≔"
)
_OUTSIDE = _set(  # of formulas, where authors forget the dollars
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma "
    "tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell infty "
    "times pm cdot approx sim leq geq le ge neq rightarrow to"
)
_ALL_SIGNS = _LETTERS | _OPERATORS | _RELATIONS
SIGNS = {name: sign for name, sign in _ALL_SIGNS.items() if name in _OUTSIDE}
_FUNCTIONS = _set(
    "log ln lg exp sin cos tan cot sec arcsin arccos arctan sinh cosh tanh min max inf sup lim "
    "limsup liminf arg argmin argmax det dim ker gcd Pr mod bmod hom"
)
_SPANS = _set(
    "mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm pmb text textrm "
    "textbf textit textsf texttt textsc mbox operatorname ensuremath rm bf it cal"
)
_STRUCK = _set("mathbb mathds")
_HATS = _table(
    "hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304 overline \u0304 vec \u20d7 "
    "dot \u0307 ddot \u0308 acute \u0301 grave \u0300 check \u030c breve \u0306"
)
_DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_PLAIN = (
    _table("% % & & _ _ # # $ $ { { } } | ‖")
    | dict.fromkeys([",", ";", ":", " ", "quad", "qquad"], " ")
    | dict.fromkeys(["!", "/", "displaystyle", "left", "right"], "")
    | dict.fromkeys(["big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr"], "")
)

_RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*′†‡°βγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′†‡°ᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
) | {"∘": "°", "⊤": "ᵀ"}
_LOWERED = dict(
    zip(
        "0123456789+-=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)

_FRACTIONS = _set("frac tfrac dfrac")
_SPACING = _set("hspace vspace kern")
_TAKES_AN_ARGUMENT = _SPANS | _STRUCK | _HATS.keys() | _FRACTIONS | _SPACING | {"sqrt", "unicode"}

COMMANDS = frozenset(  # those that are known to set something, and do nothing else
    _LETTERS.keys()
    | _OPERATORS.keys()
    | _RELATIONS.keys()
    | _FUNCTIONS
    | _PLAIN.keys()
    | _TAKES_AN_ARGUMENT
)

_TOKEN = re.compile(r"\\(?P<name>[A-Za-z]+|.)|(?P<one>.)", re.DOTALL)
_DEEPEST = 12


def unicode_math(formula: str) -> str | None:
    """The formula as text, or None if it has more to it than a line of text can show."""
    if re.match(r"\d[^\\]*\s[(\[]?[A-Za-z]{2}", formula):
        return None  # "$5 (or 4$": prices that happen to make a pair
    tokens = [found["one"] or "\\" + found["name"] for found in _TOKEN.finditer(formula)]
    try:
        turned, _ = _row(tokens, 0, 0)
    except _TooMuch:
        return None
    space_meant = " " if formula.endswith(("\\,", "\\ ", "~")) else ""
    return re.sub(r"\s+", " ", turned).strip() + space_meant or None


class _TooMuch(Exception):
    """The formula has something that this module does not know."""


def _row(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """What stands from `at` to the end of the group, and the place after it."""
    if depth > _DEEPEST:
        raise _TooMuch
    turned = ""
    while at < len(tokens):
        if tokens[at] == "}":
            if depth == 0:
                raise _TooMuch
            return turned, at + 1
        piece, at = _piece(tokens, at, depth)
        turned = _joined(turned, piece)
    if depth:
        raise _TooMuch
    return turned, at


def _joined(before: str, piece: str) -> str:
    """A function's name keeps a space from its neighbours."""
    if piece in _FUNCTIONS and before and (before[-1].isalnum() or before[-1] in ")]}"):
        return f"{before} {piece}"
    word = before.rpartition(" ")[2]
    if word in _FUNCTIONS and piece and piece[0].isalnum() and piece not in _RAISED_OR_LOWERED:
        return f"{before} {piece}"
    return before + piece


_RAISED_OR_LOWERED = frozenset(_RAISED.values()) | frozenset(_LOWERED.values())


def _piece(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    token = tokens[at]
    if token == "{":
        return _row(tokens, at + 1, depth + 1)
    if token in "^_":
        inner, at = _argument(tokens, at + 1, depth)
        return _script(token, inner), at
    if token in {"&", "#", "%", "\\"}:
        raise _TooMuch
    if token == "'":
        return "′", at + 1
    if token == "~" or not token.startswith("\\"):
        return " " if token in "~\n" else token, at + 1
    return _command(token[1:], tokens, at + 1, depth)


def _command(name: str, tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    if name in _LETTERS:
        return _LETTERS[name], _past_space(tokens, at)
    if name in _OPERATORS:
        spaced = at > 1 and tokens[at - 2] == " "
        return _OPERATORS[name], at if spaced else _past_space(tokens, at)
    if name in _RELATIONS:
        return f" {_RELATIONS[name]} ", at
    if name in _FUNCTIONS:
        return name, at
    if name in _PLAIN:
        return _PLAIN[name], at
    return _around(name, tokens, at, depth)


def _around(name: str, tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """A command that does something to what follows it."""
    if name not in _TAKES_AN_ARGUMENT:
        raise _TooMuch
    inner, at = _argument(tokens, at, depth)
    if name in _FRACTIONS:
        below, at = _argument(tokens, at, depth)
        return f"{_held(inner)}/{_held(below)}", at
    if name == "sqrt":
        return f"√{_held(inner)}", at
    if name in _STRUCK:
        return _struck(inner), at
    if name in _HATS:
        return _hatted(inner, _HATS[name]), at
    if name == "unicode":
        return _numbered(inner), at
    return "" if name in _SPACING else inner, at


def _numbered(inner: str) -> str:
    """A character by its number: `x2013` is a dash."""
    digits = inner.removeprefix("x")
    if not re.fullmatch(r"[0-9A-Fa-f]{2,5}", digits) or not chr(int(digits, 16)).isprintable():
        raise _TooMuch
    return chr(int(digits, 16))


def _hatted(inner: str, hat: str) -> str:
    if hat == _HATS["bar"] and 1 < len(inner) <= 4 and inner.isalnum():
        return "".join(letter + "\u0305" for letter in inner)
    if len(inner) != 1:
        raise _TooMuch
    return unicodedata.normalize("NFC", inner + hat)


def _past_space(tokens: list[str], at: int) -> int:
    r"""The space that only ends a command's name: `\Delta t` is Δt."""
    follows = at + 1 < len(tokens) and tokens[at] == " " and tokens[at + 1].isalnum()
    return at + 1 if follows else at


def _argument(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    while at < len(tokens) and tokens[at] == " ":
        at += 1
    if at >= len(tokens) or tokens[at] in {"}", "^", "_", "["} or depth > _DEEPEST:
        raise _TooMuch
    turned, at = _piece(tokens, at, depth + (tokens[at] != "{"))
    return turned.strip(), at


def script(sign: str, inner: str) -> str | None:
    """What stands high (^) or low (_), where there are characters for it."""
    table = _RAISED if sign == "^" else _LOWERED
    compact = inner.replace(" ", "")
    is_short = len(compact) <= 4 or not any(map(str.isalpha, compact))
    if compact and is_short and all(letter in table for letter in compact):
        return "".join(table[letter] for letter in compact)
    return None


def _script(sign: str, inner: str) -> str:
    if not inner:
        return ""
    held = inner if inner.isalnum() or len(inner) == 1 else f"({inner})"
    return script(sign, inner) or sign + held


def _struck(inner: str) -> str:
    if len(inner) != 1 or not "A" <= inner <= "Z":
        raise _TooMuch
    return _DOUBLE_STRUCK.get(inner) or chr(ord("𝔸") + ord(inner) - ord("A"))


def _held(inner: str) -> str:
    return inner if inner.isalnum() or len(inner) <= 1 else f"({inner})"
