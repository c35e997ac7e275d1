"""A peer on libzmq: python3 echo.py TYPE bind|connect ENDPOINT COUNT

PAIR, REP: answers each message with its own parts, the first one in capitals.
PULL, SUB: receives, and prints one line for each message: number of parts, length and CRC of the last.
PUSH, PUB: sends COUNT messages of two parts, PUB without end.
REQ: asks COUNT times, and checks that it gets its own parts back.
Prints "ready" first and "done" last.
"""
import itertools
import sys
import time
import zlib

import zmq

kind, how, endpoint, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
context = zmq.Context()
socket = context.socket(getattr(zmq, kind))
socket.linger = 10_000
socket.rcvtimeo = 30_000
socket.sndtimeo = 30_000
if kind == "REQ":
    socket.setsockopt(zmq.REQ_CORRELATE, 1)
    socket.setsockopt(zmq.REQ_RELAXED, 1)
if kind == "SUB":
    socket.setsockopt(zmq.SUBSCRIBE, b"")
getattr(socket, how)(endpoint)
print("ready", flush=True)


def frame(number):
    return [b"header %d" % number, bytes([number % 256]) * (300_000 + number)]


def show(parts):
    print(len(parts), len(parts[-1]), zlib.crc32(parts[-1]), flush=True)


if kind in ("PAIR", "REP"):
    for _ in range(count):
        parts = socket.recv_multipart()
        socket.send_multipart([parts[0].upper()] + parts[1:])
elif kind in ("PULL", "SUB"):
    for _ in range(count):
        show(socket.recv_multipart())
elif kind == "REQ":
    for number in range(count):
        socket.send_multipart(frame(number))
        assert socket.recv_multipart() == frame(number)
elif kind == "PUSH":
    for number in range(count):
        socket.send_multipart(frame(number))
elif kind == "PUB":
    for number in itertools.count():
        socket.send_multipart(frame(number))
        time.sleep(0.01)
print("done", flush=True)
socket.close()
context.term()
