"""System keyrings for tests, chosen by PYTHON_KEYRING_BACKEND: one in a file, and a locked one."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class InAFile(KeyringBackend):
    """What is kept lies in the file that TEST_KEYRING names."""

    priority = 1.0  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return _all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        _file().write_text(json.dumps(_all() | {f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        left = _all()
        del left[f"{service}/{username}"]
        _file().write_text(json.dumps(left))


class Locked(KeyringBackend):
    """Nobody unlocks it."""

    priority = 1.0  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username} sk-in-an-error")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username} {password}")


def _file() -> Path:
    return Path(os.environ["TEST_KEYRING"])


def _all() -> dict[str, str]:
    told: dict[str, str] = json.loads(_file().read_text()) if _file().exists() else {}
    return told
