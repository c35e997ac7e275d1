"""An end on libzmq that does what it is told: python3 zmtp_end.py TYPE [OPTION=NUMBER ...]

Binds to a free port and prints its endpoint, then obeys lines: "send HEX ...", "receive", which prints the parts, "SUBSCRIBE HEX", "UNSUBSCRIBE HEX".
A part without bytes is "-". With the option "deny=1" nobody is let in (RFC 27).
"""
import sys
import threading

import zmq

kind = sys.argv[1]
options = dict(option.split("=") for option in sys.argv[2:])
context = zmq.Context()


def deny():
    handler = context.socket(zmq.REP)
    handler.bind("inproc://zeromq.zap.01")
    while True:
        request = handler.recv_multipart()
        handler.send_multipart([request[0], request[1], b"400", b"not today", b"", b""])


socket = context.socket(getattr(zmq, kind))
socket.linger = 0
socket.rcvtimeo = 10_000
if options.pop("deny", None):
    threading.Thread(target=deny, daemon=True).start()
    socket.zap_domain = b"anything"
for name, value in options.items():
    socket.setsockopt(getattr(zmq, name), int(value))
socket.bind("tcp://127.0.0.1:*")
print(socket.last_endpoint.rstrip(b"\0").decode(), flush=True)
envelope = []
for line in sys.stdin:
    word, *parts = line.split()
    parts = [b"" if part == "-" else bytes.fromhex(part) for part in parts]
    if word == "send":
        socket.send_multipart(envelope + parts)
    elif word == "receive":
        parts = socket.recv_multipart()
        if kind == "ROUTER":  # who asked, the number, and the delimiter go back with the answer
            delimiter = parts.index(b"")
            envelope, parts = parts[:delimiter + 1], parts[delimiter + 1:]
        print(" ".join(part.hex() or "-" for part in parts), flush=True)
    else:
        socket.setsockopt(getattr(zmq, word), parts[0])
        socket.poll(500)  # a connection that has come meanwhile is told, too
