"""Many people who write at once, each a new dialogue from a new browser, until they are told to stop."""

import http.client
import re
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode

CODE = re.compile(r"<li>(\d{4})</li>")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TRIES = 20


@dataclass
class Writers:
    """What has come of every message so far.

    codes: of those that were acknowledged, as the page showed them. refused: statuses that said it was not stored.
    broken: lines that broke before any answer. mute: acknowledged, but the one page that shows the code never came.
    """

    host: str
    codes: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    mute: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, count: int) -> None:
        """Let them begin."""
        self._threads = [threading.Thread(target=self._person) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Each finishes what she has begun."""
        self._stop.set()
        for thread in self._threads:
            thread.join(120)

    def _person(self) -> None:
        while not self._stop.is_set():
            self._one_message()

    def _one_message(self) -> None:
        try:
            status, cookie = self._send()
        except (OSError, http.client.HTTPException) as why:
            with self._lock:
                self.broken.append(type(why).__name__)
            return
        if status != 303:
            with self._lock:
                self.refused.append(status)
            return
        code = self._code(cookie)
        with self._lock:
            if code:
                self.codes.append(code)
            else:
                self.mute += 1

    def _send(self) -> tuple[int, str]:
        line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            line.request("POST", "/sida/", urlencode({"deed": "write", "text": "Ett ord under bytet."}), FORM)
            answer = line.getresponse()
            answer.read()
            return answer.status, (answer.getheader("Set-Cookie") or "").partition(";")[0]
        finally:
            line.close()

    def _code(self, cookie: str) -> str:
        """The code on her page; where the line breaks she loads it again, as people do."""
        for _ in range(TRIES):
            line = http.client.HTTPConnection(self.host, timeout=60)
            try:
                line.request("GET", "/sida/", headers={"Cookie": cookie})
                answer = line.getresponse()
                page = answer.read().decode()
                if answer.status == 200:
                    return "".join(CODE.findall(page))
            except (OSError, http.client.HTTPException):
                continue
            finally:
                line.close()
        return ""
