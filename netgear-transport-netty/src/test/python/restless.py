"""Pushes messages of three parts as fast as they go, asking for signs of life all the time: python3 restless.py ENDPOINT COUNT"""
import sys

import zmq

context = zmq.Context()
socket = context.socket(zmq.PUSH)
socket.heartbeat_ivl = 1
socket.heartbeat_timeout = 60_000
socket.connect(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    size = 500 + number * 37 % 5000
    socket.send_multipart([b"%d" % number, b"x" * size, b"y" * size])
sys.stdin.read()  # answers to closed sockets would have the system throw away what is still on its way
