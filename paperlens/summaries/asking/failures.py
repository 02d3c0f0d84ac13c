"""Why a model did not answer, in sentences of our own.

What providers say is never repeated, as it may hold keys, addresses or parts of the paper. Errors
are told apart by their class names and status, so that nothing here needs LiteLLM.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from paperlens.summaries.asking.providers import Key

LONGEST_WAIT = 120.0
_UNREACHED = frozenset(
    ("ConnectError", "ConnectionRefusedError", "ProxyError", "UnsupportedProtocol", "gaierror")
)

_OF_ANY_KIND = 500  # some servers say so of a form of answer that they do not know
_BROKEN_OFF = frozenset(("RemoteProtocolError", "ReadError", "WriteError", "IncompleteRead"))
_ANSWERED_WITH_A_STATUS = "HTTPStatusError"  # every other status is of LiteLLM's making
_NOT_INSTALLED = frozenset(("ImportError", "ModuleNotFoundError"))
_TOLD_BY_CODE = frozenset(("insufficient_quota", "invalid_api_key"))


@dataclass(eq=False)
class Failed(Exception):
    """A model did not answer. `refused`: nor would it about another paper; `passing`: it may later.

    `busy`: its server wants to be left alone by everybody, for `wait` seconds where it says so.
    `unfit_form`: the server may not bear the form that was asked of the answer. `too_long`: the
    model's window is smaller than what was sent.
    """

    sentence: str
    refused: bool = False
    passing: bool = False
    busy: bool = False
    unfit_form: bool = False
    too_long: bool = False
    wait: float | None = None


def unplaced(model: str) -> Failed:
    """LiteLLM knows nobody who serves it."""
    return Failed(
        f'llm.model "{model}" names no provider: write provider/model, such as openai/{model}',
        refused=True,
    )


def keyless(model: str, key: Key) -> Failed:
    return Failed(f"{model} needs a key: {key.remedy}", refused=True)


def garbled(model: str, key: Key) -> Failed:
    """Nothing but printable ASCII gets through HTTP."""
    return Failed(
        f"{model} cannot be asked: the key in {key.where} holds a space, a line break or a "
        f"letter that no key has: {key.remedy} again",
        refused=True,
    )


def told(error: Exception, model: str, key: Key, api_base: str, timeout: float) -> Failed:
    """The failure behind an exception that came out of LiteLLM."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    causes = {type(cause).__name__ for cause in _chain(error)}
    if "LiteLLMUnknownProvider" in kinds:
        return unplaced(model)
    if causes & _UNREACHED:
        return silent(model, api_base)
    if causes & _BROKEN_OFF:
        return half(model)
    known = _by_class(model, timeout) | _by_status(model, key)
    status = getattr(error, "status_code", None)
    name = next((each for each in (*kinds, _code(error), status) if each in known), None)
    failure = known[name] if name is not None else _by_road(status, causes, model)
    return _waiting(failure, model, error)


def _by_road(status: object, causes: set[str], model: str) -> Failed:
    """What no name tells: how far the request came, and the kind of status that it brought."""
    if _ANSWERED_WITH_A_STATUS not in causes:
        return lacking(model) if causes & _NOT_INSTALLED else unread(model)
    if isinstance(status, int) and status < 500:
        return Failed(f"{model} refused the request ({status}): mend llm.api_base or llm.model")
    return Failed(
        f"{model} is in trouble ({status}): try again later",
        passing=True,
        busy=True,
        unfit_form=status == _OF_ANY_KIND,
    )


def silent(model: str, api_base: str) -> Failed:
    where = f"at {_host(api_base)}" if api_base else f"for {model}"
    return Failed(
        f"no model server answers {where}: start it, or mend llm.api_base or the network",
        refused=True,
    )


def unusable(model: str, wanted: str, problem: str) -> Failed:
    """It answered twice, and neither was what was wanted."""
    return Failed(f"{model} gave no usable {wanted} ({problem}): try another model")


def cut_off(model: str) -> Failed:
    return Failed(
        f"{model} had no room to end its answer: raise what its server grants an answer, "
        "or use another model"
    )


def half(model: str) -> Failed:
    return Failed(f"{model} sent half an answer: try again later", passing=True)


def lacking(model: str) -> Failed:
    return Failed(
        f"LiteLLM lacks a package for {model}: see its page about that provider, or use another "
        "model",
        refused=True,
    )


def unread(model: str) -> Failed:
    """It answered, but not as models do: a web page, another protocol, fields of other kinds."""
    return Failed(
        f"{model} sent what is no answer of a model: look at llm.api_base, or try again later",
        passing=True,
        unfit_form=True,
    )


def declined(model: str) -> Failed:
    return Failed(f"{model} declined to answer: use another model")


def _waiting(failure: Failed, model: str, error: Exception) -> Failed:
    """With the time that the server asks for; one that asks for long is not asked again."""
    wait = _retry_after(error) if failure.passing else None
    if wait is not None and wait > LONGEST_WAIT:
        return Failed(
            f"{model} wants no request for {_spelled(wait)}: try again then, or use another model",
            refused=True,
        )
    return replace(failure, wait=wait)


def _spelled(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"


def _by_class(model: str, timeout: float) -> dict[object, Failed]:
    late = Failed(
        f"{model} did not answer within {timeout:g} s: raise llm.timeout or try again later",
        passing=True,
    )
    return {
        "Timeout": late,
        "Overdue": late,
        "ContextWindowExceededError": Failed(
            f"the paper is too long for {model}: use a model with a larger window", too_long=True
        ),
        "ContentPolicyViolationError": declined(model),
        "APIResponseValidationError": half(model),
    }


def _by_status(model: str, key: Key) -> dict[object, Failed]:
    broke = Failed(f"the account behind {key.where} has no credit left: add some", refused=True)
    wrong = Failed(f"{model} refused the key (401): {key.remedy}", refused=True)
    refused: dict[object, Failed] = {
        status: Failed(
            f"{model} refused the request ({status}): try another model", unfit_form=True
        )
        for status in (400, 422)
    }
    return {
        "insufficient_quota": broke,
        "invalid_api_key": wrong,
        401: wrong,
        402: broke,
        403: Failed(f"{model} is not open to this key (403): check {key.where}", refused=True),
        404: Failed(f"there is no model {model} (404): mend llm.model", refused=True),
        407: Failed(
            f"the proxy before {model} wants a password (407): put it into HTTPS_PROXY",
            refused=True,
        ),
        413: Failed(f"the paper is too long for {model} (413): use another model", too_long=True),
        429: Failed(
            f"{model} wants fewer requests (429): lower llm.concurrency or try again later",
            passing=True,
            busy=True,
        ),
        **refused,
    }


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _code(error: BaseException) -> str | None:
    """What the provider itself calls it, where that says more than the status does."""
    codes = (getattr(each, "code", None) for each in _chain(error))
    return next((code for code in codes if isinstance(code, str) and code in _TOLD_BY_CODE), None)


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
                return float(value)
            until, now = _moment(value), _moment((headers or {}).get("date") or "")
            if until is not None and now is not None:
                return max(0.0, until - now)
    return None


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
