"""Why a model did not answer, in sentences of our own.

What providers say is never repeated, as it may hold keys, addresses or parts of the paper. Errors
are told apart by their class names and status, so that nothing here needs LiteLLM.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from paperlens.summaries.providers import Key

LONGEST_WAIT = 60.0
_UNREACHED = frozenset(
    ("ConnectError", "ConnectionRefusedError", "gaierror", "UnsupportedProtocol")
)


@dataclass(eq=False)
class Failed(Exception):
    """A model did not answer. `refused`: nor would it about another paper; `passing`: it may later.

    `unfit_form`: the server may not bear the form that was asked of the answer.
    """

    sentence: str
    refused: bool = False
    passing: bool = False
    unfit_form: bool = False
    wait: float | None = None


def unplaced(model: str) -> Failed:
    """LiteLLM knows nobody who serves it."""
    return Failed(
        f'llm.model "{model}" names no provider: write provider/model, such as openai/{model}',
        refused=True,
    )


def keyless(model: str, key: Key) -> Failed:
    return Failed(f"{model} needs a key: set {key.where}", refused=True)


def garbled(model: str, key: Key) -> Failed:
    """Nothing but printable ASCII gets through HTTP."""
    return Failed(
        f"{model} cannot be asked: the key in {key.where} holds a space, a line break or a "
        "letter that no key has: set it again",
        refused=True,
    )


def told(error: Exception, model: str, key: Key, api_base: str, timeout: float) -> Failed:
    """The failure behind an exception that came out of LiteLLM."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    causes = {type(cause).__name__ for cause in _chain(error)}
    if "LiteLLMUnknownProvider" in kinds:
        return unplaced(model)
    if causes & _UNREACHED:
        where = f"at {_host(api_base)}" if api_base else f"for {model}"
        return Failed(
            f"no model server answers {where}: start it, or mend llm.api_base or the network",
            refused=True,
        )
    known = _by_class(model, timeout) | _by_status(model, key.where)
    code = getattr(error, "code", None)
    status = getattr(error, "status_code", None)
    name = next((each for each in (*kinds, code, status) if each in known), None)
    if name is not None:
        return replace(known[name], wait=_retry_after(error))
    if isinstance(status, int) and status >= 500:
        return Failed(
            f"{model} is in trouble ({status}): try again later",
            passing=True,
            wait=_retry_after(error),
        )
    return Failed(f"{model} could not be asked ({type(error).__name__}): try again later")


def _by_class(model: str, timeout: float) -> dict[object, Failed]:
    return {
        "Timeout": Failed(
            f"{model} did not answer within {timeout:g} s: raise llm.timeout or try again later",
            passing=True,
        ),
        "ContextWindowExceededError": Failed(
            f"the paper is too long for {model}: use a model with a larger window"
        ),
        "ContentPolicyViolationError": Failed(
            f"{model} will not handle this paper: use another model"
        ),
        "APIResponseValidationError": Failed(
            f"{model} sent half an answer: try again later", passing=True
        ),
    }


def _by_status(model: str, variable: str) -> dict[object, Failed]:
    broke = Failed(f"the account behind {variable} has no credit left: add some", refused=True)
    refused: dict[object, Failed] = {
        status: Failed(
            f"{model} refused the request ({status}): try another model", unfit_form=True
        )
        for status in (400, 422)
    }
    return {
        "insufficient_quota": broke,
        401: Failed(f"{model} refused the key (401): set {variable}", refused=True),
        402: broke,
        403: Failed(f"{model} is not open to this key (403): check {variable}", refused=True),
        404: Failed(f"there is no model {model} (404): mend llm.model", refused=True),
        429: Failed(
            f"{model} wants fewer requests (429): lower llm.concurrency or try again later",
            passing=True,
        ),
        **refused,
    }


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _host(address: str) -> str:
    """Without the name and password that an address can carry."""
    return address.rpartition("//")[2].partition("/")[0].rpartition("@")[2]


def _retry_after(error: Exception) -> float | None:
    """How long the server asks to wait; a date is measured by the server's own clock."""
    for each in _chain(error):
        response = getattr(each, "response", None)
        for headers in (
            getattr(each, "litellm_response_headers", None),
            getattr(response, "headers", None),
        ):
            value = ((headers or {}).get("retry-after") or "").strip()
            if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]+)?", value):
                return min(float(value), LONGEST_WAIT)
            until, now = _moment(value), _moment((headers or {}).get("date") or "")
            if until is not None and now is not None:
                return min(max(0.0, until - now), LONGEST_WAIT)
    return None


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
