"""Keys in the system keyring: the one place where paperlens keeps a secret.

A provider's own environment variable is stronger, and is all there is on a machine without one.
"""

from functools import cache
from typing import TYPE_CHECKING

from paperlens.errors import UserError

if TYPE_CHECKING:
    from types import ModuleType

SERVICE = "paperlens"


@cache
def kept(provider: str) -> str | None:
    """A provider's key; None as well where there is no keyring, or it stays locked."""
    keyring, refusal = _keyring()
    try:
        secret = keyring.get_password(SERVICE, provider)
    except refusal:
        return None
    return str(secret) if secret else None


def keep(provider: str, key: str, instead: str) -> None:
    """`instead` says what to do where there is no keyring."""
    keyring, refusal = _keyring()
    try:
        keyring.set_password(SERVICE, provider, key)
    except refusal as error:
        raise _unusable(error, instead) from None


def forget(provider: str, instead: str) -> bool:
    """Whether there was a key to forget."""
    keyring, refusal = _keyring()
    try:
        if keyring.get_password(SERVICE, provider) is None:
            return False
        keyring.delete_password(SERVICE, provider)
    except refusal as error:
        raise _unusable(error, instead) from None
    return True


def _keyring() -> "tuple[ModuleType, tuple[type[Exception], ...]]":
    """The library, which takes a while to import, and how it refuses."""
    import keyring
    from keyring.errors import KeyringError

    return keyring, (KeyringError, OSError, RuntimeError)


def _unusable(error: Exception, instead: str) -> UserError:
    """Sorted by kind: what the keyring itself says may hold anything."""
    kind = type(error).__name__
    absent = kind in {"NoKeyringError", "InitError"}
    why = "there is no system keyring here" if absent else "the system keyring is locked or refuses"
    return UserError(f"{why} ({kind})", instead)
