package io.netgear.transport.zmq;

import io.netgear.Peer;
import io.netgear.TransportException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import zmq.Ctx;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZMQ;
import zmq.io.Metadata;

/**
 * Decides, for each connection to a socket that is CURVE's server, whether its peer may come: the
 * handler that ZeroMQ's authentication protocol (ZAP 1.0) asks, on a thread of its own.
 *
 * <p>JeroMQ lets everyone in when it finds no handler. So whoever is let in here gets a stamp that
 * only this handler knows, which JeroMQ attaches to each of the peer's messages; and a message
 * without it goes nowhere.
 */
final class Doorkeeper {
  private static final String ENDPOINT = "inproc://zeromq.zap.01";
  private static final String STAMP = "NetGear-Admission";
  private static final int STAMP_BYTES = 16;
  private static final int QUESTION_PARTS = 7;
  private static final String VERSION = "1.0";
  private static final String CURVE = "CURVE";

  private final SocketBase socket;
  private final Protection protection;
  private final EventTeller teller;
  private final SealedTraffic traffic;
  private final Runnable onDeath;
  private final String stamp = newStamp();

  private Doorkeeper(
      Ctx context,
      Protection protection,
      EventTeller teller,
      SealedTraffic traffic,
      Runnable onDeath) {
    this.protection = protection;
    this.teller = teller;
    this.traffic = traffic;
    this.onDeath = onDeath;
    socket = context.createSocket(ZMQ.ZMQ_REP);
    SocketOptions.set(socket, ZMQ.ZMQ_LINGER, 0);
    if (!socket.bind(ENDPOINT)) {
      throw new TransportException(
          "Nobody can watch the door: JeroMQ's error " + socket.errno() + "; nothing was opened.");
    }
  }

  /**
   * Is at the door when this returns, and stays for as long as {@code context} lasts.
   *
   * @param onDeath called should it fail before
   */
  static Doorkeeper start(
      Ctx context,
      String name,
      Protection protection,
      EventTeller teller,
      SealedTraffic traffic,
      Runnable onDeath) {
    Doorkeeper keeper = new Doorkeeper(context, protection, teller, traffic, onDeath);
    Thread thread = new Thread(keeper::run, name + "-door");
    thread.setDaemon(true);
    thread.start();
    return keeper;
  }

  private static String newStamp() {
    byte[] random = new byte[STAMP_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Whether the peer that a message came from was let in. */
  boolean admitted(Metadata metadata) {
    return metadata != null && stamp.equals(metadata.get(STAMP));
  }

  private void run() {
    boolean ended = false;
    try {
      List<byte[]> question = question();
      while (question != null) {
        answer(question);
        question = question();
      }
      ended = true;
    } finally {
      socket.close();
      if (!ended) {
        onDeath.run();
      }
    }
  }

  /** The parts of the next question; null when the context ends. */
  private List<byte[]> question() {
    List<byte[]> parts = new ArrayList<>(QUESTION_PARTS);
    Msg part = socket.recv(0);
    while (part != null) {
      parts.add(part.data());
      if (!part.hasMore()) {
        return parts;
      }
      part = socket.recv(0);
    }
    return null;
  }

  private void answer(List<byte[]> question) {
    boolean complete = question.size() >= QUESTION_PARTS;
    String host = complete ? text(question.get(3)) : "";
    Optional<String> objection = complete ? objection(question, host) : Optional.of("no question");
    if (objection.isPresent()) {
      teller.refused(Peer.at("tcp://" + host), objection.get());
      traffic.turnedAway();
    } else {
      traffic.met();
    }
    Metadata admission = new Metadata();
    if (objection.isEmpty()) {
      admission.put(STAMP, stamp);
    }
    send(VERSION.getBytes(StandardCharsets.US_ASCII), true);
    send(complete ? question.get(1) : new byte[0], true);
    send((objection.isEmpty() ? "200" : "400").getBytes(StandardCharsets.US_ASCII), true);
    send((objection.isEmpty() ? "OK" : "No").getBytes(StandardCharsets.US_ASCII), true);
    // a user id would be queued like a message, and with a short queue stay in the way for ever
    send(new byte[0], true);
    send(objection.isEmpty() ? admission.bytes() : new byte[0], false);
  }

  private Optional<String> objection(List<byte[]> question, String host) {
    byte[] key = question.get(6);
    if (!text(question.get(5)).equals(CURVE) || key.length != CurveKey.BYTES) {
      return Optional.of("it did not come with a key of CURVE");
    }
    try {
      return protection.objection(InetAddress.getByName(unscoped(host)), new CurveKey(key));
    } catch (UnknownHostException e) {
      return Optional.of("its address '" + host + "' cannot be read: " + e.getMessage());
    }
  }

  /** Without brackets and without the name of an interface, by which it could be looked up. */
  private static String unscoped(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    int scope = bare.indexOf('%');
    return scope < 0 ? bare : bare.substring(0, scope);
  }

  private void send(byte[] part, boolean more) {
    socket.send(new Msg(part), more ? ZMQ.ZMQ_SNDMORE : 0);
  }

  private static String text(byte[] part) {
    return new String(part, StandardCharsets.UTF_8);
  }
}
