"""A line between two network namespaces that can be made late, lossy and narrow, and be cut.

It carries IP packets between two TUN devices, so both ends are the kernel's own TCP. It does what
tc's netem does, on kernels without netem too. Commands come on standard input, one a line:

    delay SECONDS     each way
    loss FRACTION     of the packets, each way
    rate BITS         per second, each way; 0 for no limit
    cut | mend        nothing gets through, nor gets told | it does again

The line and its namespaces are gone when standard input ends, or on SIGTERM.

    python3 faulty_line.py NAME     namespaces NAME-a with 10.213.0.1 and NAME-b with 10.213.0.2
"""

import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
MTU = 1500
# What waits for a narrow line, as in the router in front of one; more is lost.
QUEUED_PACKETS = 64
NOT_POSSIBLE = 77


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


class Direction:
    """Packets on their way from one device to the other."""

    def __init__(self, source, target):
        self.source = source
        self.target = target
        self.free_at = 0.0
        self.waiting = []
        self.number = 0

    def take(self, line):
        packet = os.read(self.source, MTU + 100)
        now = time.monotonic()
        seconds = len(packet) * 8 / line.rate if line.rate else 0
        crowded = seconds and self.free_at - now > QUEUED_PACKETS * MTU * 8 / line.rate
        if line.is_cut or crowded or line.chance.random() < line.loss:
            return
        self.free_at = max(now, self.free_at) + seconds
        self.number += 1
        heapq.heappush(self.waiting, (self.free_at + line.delay, self.number, packet))

    def give(self):
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            packet = heapq.heappop(self.waiting)[2]
            try:
                os.write(self.target, packet)
            except OSError as e:
                print(f"a packet is lost: {e}", file=sys.stderr)

    def forget(self):
        self.waiting.clear()
        self.free_at = 0.0


class Line:
    def __init__(self, name):
        self.name = name
        self.namespaces = []
        self.delay = self.loss = self.rate = 0.0
        self.is_cut = False
        self.chance = random.Random(1)
        self.directions = []

    def open(self):
        devices = [self.end(which, address) for which, address in (("a", 1), ("b", 2))]
        self.directions = [Direction(*devices), Direction(*reversed(devices))]

    def end(self, which, address):
        namespace = f"{self.name}-{which}"
        run("ip", "netns", "add", namespace)
        self.namespaces.append(namespace)
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        # %d: the first number that is free; lines may be opened side by side.
        wish = struct.pack("16sH22x", b"netgear%d", IFF_TUN | IFF_NO_PI)
        given = fcntl.ioctl(device, TUNSETIFF, wish)[:16].rstrip(b"\0").decode()
        run("ip", "link", "set", given, "netns", namespace, "name", "line")
        inside = ("ip", "-n", namespace)
        run(*inside, "link", "set", "lo", "up")
        run(*inside, "link", "set", "line", "mtu", str(MTU), "up")
        run(*inside, "addr", "add", f"10.213.0.{address}/24", "dev", "line")
        return device

    def close(self):
        for namespace in self.namespaces:
            subprocess.run(("ip", "netns", "del", namespace))

    def obey(self, command):
        verb, *value = command.split()
        if verb in ("delay", "loss", "rate"):
            setattr(self, verb, float(value[0]))
        elif verb in ("cut", "mend"):
            self.is_cut = verb == "cut"
            for direction in self.directions:
                direction.forget()
        else:
            raise ValueError(f"unknown command {command!r}")
        print("done", flush=True)

    def serve(self):
        sources = {direction.source: direction for direction in self.directions}
        commands = b""
        while True:
            due = [d.waiting[0][0] for d in self.directions if d.waiting]
            wait = max(0.0, min(due) - time.monotonic()) if due else None
            ready, _, _ = select.select([0, *sources], [], [], wait)
            for number in ready:
                if number != 0:
                    sources[number].take(self)
                    continue
                more = os.read(0, 4096)
                if not more:
                    return
                *whole, commands = (commands + more).split(b"\n")
                for command in whole:
                    self.obey(command.decode())
            for direction in self.directions:
                direction.give()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line(sys.argv[1])
    try:
        try:
            line.open()
        except OSError as e:
            print(f"No line between network namespaces can be made here: {e}", file=sys.stderr)
            sys.exit(NOT_POSSIBLE)
        print("ready", flush=True)
        line.serve()
    finally:
        line.close()


main()
