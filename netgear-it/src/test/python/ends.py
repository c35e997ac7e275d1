"""The sockets of both ends: who binds, which type, which options, what is secured."""

import json

import zmq

import certificates

SERVER_TYPES = {0: zmq.PAIR, 1: zmq.REQ, 2: zmq.PUB}
CLIENT_TYPES = {0: zmq.PAIR, 1: zmq.REP, 2: zmq.SUB}


class Recorder:
    """Writes every part of every message of both directions, as text where it is ASCII.

    ">" is from server to client, "<" the other way; behind it stands the number of parts.
    """

    def __init__(self, path, head):
        self._file = open(path, "w", encoding="ascii")
        self._file.write(f"head {json.dumps(head)}\n")

    def note(self, direction, parts):
        self._file.write(f"{direction} {len(parts)}\n")
        for part in parts:
            if all(32 <= byte < 127 for byte in part):
                self._file.write(f"text {part.decode('ascii')}\n")
            else:
                self._file.write("hex\n")
                for at in range(0, len(part), 48):
                    self._file.write(f"  {part[at:at + 48].hex()}\n")
        self._file.flush()


class End:
    """One end of a link in a context of its own, since a context has one ZAP handler."""

    def __init__(self, settings, sends):
        self.sends = sends
        self.pattern = settings.get("pattern", 1)
        self._settings = settings
        self._context = zmq.Context()
        self._handler = None
        self._keys = None
        mode = settings.get("secure", 0)
        address = settings.get("address", "127.0.0.1")
        if mode:
            self._keys = certificates.folders(settings["certs"])
            self._handler = certificates.authenticator(
                self._context, mode, self._keys[0], settings.get("allow", address))
        self._recorder = None
        if "record" in settings:
            self._recorder = Recorder(settings["record"], settings.get("head", {}))
        self._bound = settings.get("bind", not sends)
        self._endpoints = [f"{settings.get('protocol', 'tcp')}://{address}:{port or '*'}"
                           for port in settings.get("ports", [settings.get("port", 0)])]
        self.socket = None
        self.open()

    def open(self):
        types = SERVER_TYPES if self.sends else CLIENT_TYPES
        self.socket = self._context.socket(types[self.pattern])
        if self.pattern == 2:
            self.socket.set_hwm(1)
        if self.sends and self.pattern == 1:
            self.socket.setsockopt(zmq.REQ_RELAXED, 1)
            self.socket.setsockopt(zmq.REQ_CORRELATE, 1)
        if not self.sends and self.pattern == 2:
            self.socket.setsockopt(zmq.SUBSCRIBE, b"")
        if self._keys:
            certificates.secure(self.socket, self.sends, *self._keys)
        for i, endpoint in enumerate(self._endpoints):
            if self._bound:
                self.socket.bind(endpoint)
                self._endpoints[i] = self.socket.last_endpoint.decode().rstrip("\0")
            else:
                self.socket.connect(endpoint)

    def ports(self):
        return [int(endpoint.rsplit(":", 1)[1]) for endpoint in self._endpoints]

    def reopen(self):
        self.socket.close(linger=0)
        self.open()

    def send(self, parts):
        self.socket.send_multipart(parts)
        if self._recorder:
            self._recorder.note(">" if self.sends else "<", parts)

    def receive(self, seconds):
        """The parts of the next message, or None when the time is over."""
        if not self.socket.poll(max(0, seconds) * 1000):
            return None
        parts = self.socket.recv_multipart()
        if self._recorder:
            self._recorder.note("<" if self.sends else ">", parts)
        return parts

    def close(self, linger_ms):
        if self._handler:
            self._handler.stop()
        self.socket.close(linger=linger_ms)
        self._context.term()
