"""The sender of frames."""

import json
import threading
import time

import wire
from ends import End


class Server:
    """Sends the frames that it was given, one after the other, and says goodbye.

    With "repeat" each, and the goodbye, is sent again and again until next() is called: publishers
    have no other way to know that somebody has it, and with a high-water mark of 1 drop much.
    """

    def __init__(self, settings, report):
        self._settings = settings
        self._report = report
        self._steps = threading.Semaphore(0)
        self._end = End(settings, sends=True)
        report("open", ports=self._end.ports())

    def next(self):
        self._steps.release()

    def run(self):
        settings, end = self._settings, self._end
        port = settings.get("as", end.ports()[0]) if settings.get("multiserver") else None
        deadline = time.monotonic() + settings.get("limit", 60)
        time.sleep(settings.get("pause", 0))
        answered, retries = {}, settings.get("max_retries", 3)
        for n, frame in enumerate(settings["frames"]):
            parts = wire.frame_message(frame, settings, end.pattern, port)
            if end.pattern == 2:
                self._publish(parts, deadline)
                continue
            end.send(parts)
            answer = end.receive(settings.get("request_timeout", 4))
            if answer is None:
                retries -= 1
                self._report("sent", n=n, answered=False)
                if retries == 0:
                    end.close(0)
                    self._report("end", reason="retries")
                    return
                end.reopen()
                continue
            self._report("sent", n=n, answered=True, **self._read(answer, answered))
        farewells = self._goodbye(port, answered, deadline)
        end.close(0 if end.pattern == 2 else 1000)
        self._report("end", reason="goodbye", answers=farewells)

    def _publish(self, parts, deadline):
        if self._settings.get("repeat"):
            self._repeat(parts, deadline)
        else:
            self._end.send(parts)
            time.sleep(self._settings.get("interval", 0))

    def _repeat(self, parts, deadline):
        self._end.send(parts)
        while not self._steps.acquire(timeout=0.02):
            if time.monotonic() > deadline:
                raise TimeoutError(f"nobody took {parts[0]}")
            self._end.send(parts)

    def _read(self, parts, answered):
        if not (self._settings.get("bidirectional") or self._settings.get("multiclient")):
            return {"text": parts[0].decode(), "parts": len(parts)}
        header = json.loads(parts[0])
        fields = {"return_type": header["return_type"], "header": header, "parts": len(parts)}
        if self._settings.get("multiclient"):
            answered[str(header["port"])] = True
            fields["port"] = header["port"]
        if header["return_type"] == "ndarray":
            fields["returned"] = wire.checked(
                header["compression"], header["array_dtype"], header["array_shape"], parts[1],
                self._settings.get("hint"))
        else:
            fields["data"] = header["data"]
        return fields

    def _goodbye(self, port, answered, deadline):
        if self._settings.get("vanish"):
            return []
        if self._settings.get("repeat"):
            self._repeat(wire.goodbye_message(port), deadline)
            return []
        answers = []
        many = self._settings.get("multiclient")
        for _ in answered if many else [None]:
            self._end.send(wire.goodbye_message(port))
            if self._end.pattern < 2:
                answer = self._end.receive(self._settings.get("request_timeout", 4) / 5)
                answers.append(answer[0].decode("ascii") if answer else None)
        return answers
