"""The key files of CURVE in their folders, and who may connect."""

import os
import shutil

import zmq.auth
from zmq.auth.thread import ThreadAuthenticator


def folders(location):
    """(public_keys, private_keys), filled with new keys where one is missing."""
    if os.path.basename(os.path.normpath(location)) != ".vidgear":
        location = os.path.join(location, ".vidgear")
    keys = os.path.join(location, "keys")
    public, private = os.path.join(keys, "public_keys"), os.path.join(keys, "private_keys")
    for folder in (public, private):
        os.makedirs(folder, exist_ok=True)
    complete = all(
        os.path.exists(os.path.join(public, f"{who}.key"))
        and os.path.exists(os.path.join(private, f"{who}.key_secret"))
        for who in ("server", "client"))
    if not complete:
        for who in ("server", "client"):
            zmq.auth.create_certificates(keys, who)
            shutil.move(os.path.join(keys, f"{who}.key"), os.path.join(public, f"{who}.key"))
            shutil.move(os.path.join(keys, f"{who}.key_secret"),
                        os.path.join(private, f"{who}.key_secret"))
    return public, private


def authenticator(context, mode, public, address):
    """A started ZAP handler: mode 1 takes any client's key, mode 2 those in the public folder."""
    handler = ThreadAuthenticator(context)
    handler.start()
    handler.allow(address)
    handler.configure_curve(
        domain="*", location=zmq.auth.CURVE_ALLOW_ANY if mode == 1 else public)
    return handler


def secure(socket, sends, public, private):
    """Keys for a socket: the sender of frames is CURVE's client, the receiver its server."""
    who = "client" if sends else "server"
    own = zmq.auth.load_certificate(os.path.join(private, f"{who}.key_secret"))
    socket.curve_publickey, socket.curve_secretkey = own
    if sends:
        socket.curve_serverkey = zmq.auth.load_certificate(os.path.join(public, "server.key"))[0]
    else:
        socket.curve_server = True
