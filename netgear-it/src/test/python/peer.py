#!/usr/bin/python3
"""Either end of the Python wire, written from its description alone, to test others against it.

    peer.py '{"role": "client", "pattern": 1, "port": 5555}'
    peer.py '{"role": "server", "pattern": 1, "port": 5555, "frames": [{"k": 0}, {"k": 1}]}'

Each argument, and each line of standard input, is an end as a JSON object; all run side by side,
each tells what happens to it in JSON lines that carry its "id". {"id": ..., "next": true} lets a
publisher that repeats its frame go on. The program ends when standard input and all ends have
ended, or after the number of seconds in PEER_LIMIT (300). With arguments, standard input is not
read unless one argument is "-".

Settings of both: role, id, pattern (0, 1, 2), address, port or ports, bind, bidirectional,
multiserver, multiclient, as (the port to call oneself), secure (0, 1, 2) with certs and allow,
jpeg, quality, dct, ups, record (a file) with head, limit (seconds). Of a server: frames, repeat,
pause and interval (seconds before and between publications), request_timeout, max_retries, vanish,
hint. Of a client: returns, lag, device, frames (how many).
"""

import json
import os
import sys
import threading
import traceback

from client import Client
from server import Server

ROLES = {"server": Server, "client": Client}


class Peer:
    def __init__(self):
        self._lock = threading.Lock()
        self._ends = {}
        self._threads = []

    def _report(self, name, event, **fields):
        line = json.dumps({"id": name, "event": event, **fields})
        with self._lock:
            print(line, flush=True)

    def command(self, text):
        settings = json.loads(text)
        name = settings.get("id", settings.get("role"))
        if settings.get("next"):
            if name in self._ends:
                self._ends[name].next()
            return
        thread = threading.Thread(target=self._run, args=(name, settings), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, name, settings):
        def report(event, **fields):
            self._report(name, event, **fields)

        try:
            end = ROLES[settings["role"]](settings, report)
            self._ends[name] = end
            end.run()
        except Exception as failure:  # told to whoever reads the lines, who decides
            report("failed", error=repr(failure), trace=traceback.format_exc())

    def wait(self):
        for thread in self._threads:
            thread.join()


def main():
    limit = threading.Timer(float(os.environ.get("PEER_LIMIT", "300")), lambda: os._exit(3))
    limit.daemon = True
    limit.start()
    peer = Peer()
    texts = sys.argv[1:]
    for text in texts:
        if text != "-":
            peer.command(text)
    if not texts or "-" in texts:
        for line in sys.stdin:
            peer.command(line)
    peer.wait()


if __name__ == "__main__":
    main()
