"""A real browser for tests and pictures: headless Chromium, spoken to over a pair of pipes.

Its DevTools protocol is JSON between NULs, so nothing needs to be installed but the browser itself.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 20.0
# Chromium hears at number 3 and answers at 4, and only a process itself can number its pipes.
_BECOME = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    " os.execv(sys.argv[3], sys.argv[3:])"
)
_KEYS = {"Enter": 13, "Escape": 27, " ": 32}


def installed() -> str | None:
    """Where Chromium is, if it is."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page, seen by a reader who can type, click and look; `events` is what it reported."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back, self._held = to, back, b""
        self._number, self._session = 0, ""
        self.events: list[dict[str, Any]] = []

    def begin(self) -> None:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """A command of the protocol, and its answer."""
        self._number += 1
        told = {"id": self._number, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        os.write(self._to, json.dumps(told).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                assert "error" not in message, (method, message)
                answer: dict[str, Any] = message["result"]
                return answer
            self.events.append(message)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            piece = os.read(self._back, 1 << 20)
            assert piece, "Chromium has gone"
            self._held += piece
        told, _, self._held = self._held.partition(b"\0")
        message: dict[str, Any] = json.loads(told)
        return message

    def open(self, address: str) -> None:
        self.ask("Page.navigate", url=address)
        here = json.dumps(address.partition("#")[0])
        self.until(f"location.href.split('#')[0] === {here} && document.readyState === 'complete'")

    def look(self, width: int, height: int, *, dark: bool = False, scale: float = 1) -> None:
        """The window's size, and what the system says of light and dark."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=width < 500,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str) -> Any:
        """The value of an expression, awaited."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({script})"):
            assert time.monotonic() < end, f"never: {script}"
            time.sleep(0.01)

    def press(self, key: str) -> None:
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        told = {
            "key": key,
            "text": text,
            "windowsVirtualKeyCode": _KEYS.get(key, ord(key[0].upper())),
        }
        self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **told)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def click(self, selector: str) -> None:
        """In its middle, as with a mouse."""
        place = self.run(
            "(({x, y, width, height}) => ({x: x + width / 2, y: y + height / 2}))"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def picture(self) -> bytes:
        """What the window shows, as a PNG."""
        return b64decode(self.ask("Page.captureScreenshot", format="png")["data"])


@contextmanager
def tab(program: str) -> Iterator[Tab]:
    """A browser with one empty page; it and its profile go at the end."""
    with TemporaryDirectory(prefix="paperlens-chromium-", ignore_cleanup_errors=True) as profile:
        (hears, says), (back, answers) = os.pipe(), os.pipe()
        hears, answers = _out_of_the_way(hears), _out_of_the_way(answers)
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-extensions", "--disable-background-networking",
            "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={profile}",
        ]  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-c", _BECOME, str(hears), str(answers), *command],
            pass_fds=(hears, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": profile},
            cwd=Path(profile),
        )
        os.close(hears)
        os.close(answers)
        try:
            page = Tab(says, back)
            page.begin()
            yield page
        finally:
            os.close(says)
            process.terminate()
            process.wait(PATIENCE)
            os.close(back)


def _out_of_the_way(number: int) -> int:
    """The same end of a pipe under a number that is neither 3 nor 4."""
    moved = fcntl.fcntl(number, fcntl.F_DUPFD, 10)
    os.close(number)
    return moved
