"""The receiver of frames."""

import json
import random
import string
import time

import wire
from ends import End


class Client:
    """Takes frames, checks them, answers where the pattern does, ends with the last goodbye.

    In bidirectional mode "returns" lists what the application hands to each of its calls for a
    frame; what the last call left behind is answered, so with "lag" n frame i is answered with
    number i - n. A null in it leaves what was there before.
    """

    def __init__(self, settings, report):
        self._settings = settings
        self._report = report
        self._end = End(settings, sends=False)
        self._device = settings.get("device") or "".join(
            random.choices(string.ascii_uppercase + string.digits, k=8))
        self._left_behind = None
        self._speakers = set()
        report("open", ports=self._end.ports())

    def run(self):
        settings, end = self._settings, self._end
        limit, frames, reason = settings.get("frames", 1 << 30), 0, "limit"
        silence = settings.get("limit", 60)
        deadline = time.monotonic() + silence
        while frames < limit:
            parts = end.receive(deadline - time.monotonic())
            if parts is None:
                reason = "timeout"
                break
            header = json.loads(parts[0])
            if header["terminate_flag"]:
                if self._farewell(header):
                    reason = "goodbye"
                    break
                continue
            self._answer(frames, header)
            self._take(header, parts)
            frames += 1
        end.close(1000)
        self._report("end", reason=reason, frames=frames)

    def _answer(self, n, header):
        settings = self._settings
        if settings.get("multiserver"):
            self._speakers.add(str(header["port"]))
        if self._end.pattern == 2:
            return
        many = settings.get("multiclient")
        if not (settings.get("bidirectional") or many):
            self._end.send(wire.plain_answer(self._device))
            return
        returns = settings.get("returns", [])
        at = max(0, n - settings.get("lag", 0))
        if at < len(returns) and returns[at] is not None:
            self._left_behind = returns[at]
        port = settings.get("as", self._end.ports()[0]) if many else None
        self._end.send(wire.data_answer(self._left_behind, settings, port))

    def _take(self, header, parts):
        if len(parts) != 2:
            raise ValueError(f"a frame of {len(parts)} parts")
        fields = wire.checked(header["compression"], header["dtype"], header["shape"], parts[1],
                              header["message"])
        self._report("frame", message=header["message"], pattern=header["pattern"],
                     port=header.get("port"), keys=list(header), **fields)

    def _farewell(self, header):
        """Whether that was the last."""
        many = self._settings.get("multiserver")
        if many:
            port = str(header["port"])
            if port not in self._speakers:
                return False
            self._speakers.remove(port)
        if self._end.pattern == 1:
            text = wire.TEXT_OF_GOODBYE_TO_MANY if many else wire.TEXT_OF_GOODBYE
            self._end.send([text.encode("ascii")])
        return not self._speakers
