#!/usr/bin/python3
"""Records conversations between the two ends, byte for byte: record.py FOLDER [NAME...].

Without names it records all. The Java tests replay them without Python. Their first line says how a
Java end is to be opened. An end that says a port of its own calls itself PORT, whatever it has.
"""

import os
import sys
import threading

from client import Client
from server import Server

PATTERNS = {0: "pair", 1: "request-reply", 2: "publish-subscribe"}
MESSAGES = [None, "caf\u00e9 \u20ac \U0001f600 \"\\\n", 0, -1.5, 1e16, 123456789012345678901, True,
            {"camera": "north", "at": [1, 2.0, None, {}]}, []]
PORT = "7590"
SMALL = {"width": 3, "height": 18}  # the number of a picture covers its first 16 rows


def jpeg_frames():
    spaces = ["BGR", "RGB", "GRAY", "RGBA", "XBGR"]
    return [{"k": k, "space": spaces[k % len(spaces)], "width": 256, "height": 16,
             "message": message} for k, message in enumerate(MESSAGES)]


def raw_frames():
    frames = [{"k": k, "space": space, "jpeg": False, "message": message, **SMALL}
              for k, (space, message) in enumerate(zip(["BGR", "GRAY", "BGRA"], MESSAGES))]
    shapes = {"uint8": [7], "uint16": [2, 3], "int32": [2, 2, 2], "float32": [1, 2, 3, 1],
              "float64": [3, 1], "int8": [2, 2, 5], "bool": [4]}
    frames += [{"k": len(frames) + i, "dtype": dtype, "shape": shape}
               for i, (dtype, shape) in enumerate(shapes.items())]
    return frames


def returns(jpeg):
    values = [{"value": value} for value in MESSAGES]
    values[2] = {"frame": {"k": 9, "space": "GRAY", "width": 256, "height": 16} if jpeg
                 else {"k": 9, "space": "BGR", "jpeg": False, **SMALL}}
    values[5] = {"frame": {"k": 11, "space": "BGR", "width": 256, "height": 16} if jpeg
                 else {"k": 11, "dtype": "float32", "shape": [2, 3]}}
    return values


def conversations():
    for pattern, label in PATTERNS.items():
        for jpeg in (True, False):
            kind = "jpeg" if jpeg else "raw"
            frames = jpeg_frames() if jpeg else raw_frames()
            yield f"{label}-{kind}", pattern, {}, {}, frames
            if pattern < 2:
                yield (f"{label}-bidirectional-{kind}", pattern, {"bidirectional": True},
                       {"bidirectional_mode": True}, frames[:len(MESSAGES)])
    few = jpeg_frames()[:4]
    for pattern, mode in ((1, "multi-server"), (2, "multi-server"), (1, "multi-client")):
        plain = {mode.replace("-", ""): True, "as": PORT}
        options = {mode.replace("-", "") + "_mode": True}
        yield f"{PATTERNS[pattern]}-{mode}", pattern, plain, options, few
        if pattern == 1:
            yield (f"{PATTERNS[pattern]}-{mode}-bidirectional", pattern,
                   {**plain, "bidirectional": True}, {**options, "bidirectional_mode": True}, few)


def record(path, pattern, settings, options, frames):
    ended = {}

    def report(event, **fields):
        if event == "end":
            ended.update(fields)
        if event == "open":
            ended["ports"] = fields["ports"]

    jpeg = frames[0].get("jpeg", True)
    common = {"pattern": pattern, "limit": 10, **settings}
    returned = returns(jpeg) if settings.get("bidirectional") else []
    client = Client({**common, "returns": returned}, report)
    port = ended.pop("ports")[0]
    head = {"pattern": pattern, "options": {**options, "jpeg_compression": jpeg}}
    server = Server({**common, "port": port, "frames": frames, "pause": 0.5, "interval": 0.1,
                     "record": path, "head": head}, lambda event, **fields: None)
    thread = threading.Thread(target=server.run)
    thread.start()
    client.run()
    thread.join()
    if ended["reason"] != "goodbye" or ended["frames"] != len(frames):
        raise RuntimeError(f"{path} is incomplete: {ended}")


def main():
    folder, wanted = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    for name, *conversation in conversations():
        if wanted and name not in wanted:
            continue
        record(os.path.join(folder, name + ".txt"), *conversation)
        print(name)


if __name__ == "__main__":
    main()
