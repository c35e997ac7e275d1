package io.netgear.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/**
 * What a ZeroMQ peer says of itself when somebody connects. It is asked with as little as will do:
 * the beginning of a greeting; where it speaks plain text the rest of the greeting too, for which
 * it tells its kind of socket. Nothing more is said, so the handshake never completes, and no frame
 * goes either way. At most 321 bytes are read: a greeting of 64, and a short command.
 *
 * @param state how far it went
 * @param connecting how long the connection took; zero without one
 * @param version the version of ZMTP, such as 3.1; empty before that is known
 * @param mechanism NULL, CURVE, ...; empty before that is known
 * @param socketType REP, PULL, ...; empty where it does not tell
 * @param detail what else was seen, for people; empty for nothing
 */
record PeerGreeting(
    State state,
    Duration connecting,
    String version,
    String mechanism,
    String socketType,
    String detail) {
  /** How far it went. */
  enum State {
    REFUSED,
    NO_ANSWER,
    UNREACHABLE,
    SILENT,
    CLOSED,
    FOREIGN,
    OLD,
    NOT_TRUSTED,
    GREETED
  }

  /** What stands between the network and the conversation; {@code Socket} itself for nothing. */
  interface Inside {
    Socket of(Socket connected) throws IOException;
  }

  private static final int SIGNATURE = 10;
  private static final int GREETING = 64;
  private static final int MECHANISM = 12;
  private static final int MECHANISM_END = 32;
  private static final int SHOWN = 24;

  /** Asks at {@code address}; connecting and each answer may take {@code limit}. */
  static PeerGreeting ask(InetSocketAddress address, Duration limit, Inside inside) {
    Duration connecting = Duration.ZERO;
    try (Socket socket = new Socket()) {
      long start = System.nanoTime();
      try {
        socket.connect(address, Math.toIntExact(limit.toMillis()));
      } catch (SocketTimeoutException e) {
        return unmet(State.NO_ANSWER, "");
      } catch (ConnectException e) {
        return unmet(State.REFUSED, e.getMessage());
      } catch (IOException e) {
        return unmet(State.UNREACHABLE, e.getMessage());
      }
      connecting = Duration.ofNanos(System.nanoTime() - start);
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      try (Socket spoken = inside.of(socket)) {
        return new Conversation(spoken, connecting, limit).hold();
      }
    } catch (SSLException e) {
      return new PeerGreeting(State.NOT_TRUSTED, connecting, "", "", "", reason(e));
    } catch (SocketTimeoutException e) {
      return new PeerGreeting(State.SILENT, connecting, "", "", "", "");
    } catch (IOException e) {
      return unmet(State.CLOSED, String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong with a certificate is told in words by who looked at it. */
  private static String reason(SSLException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return each.getMessage();
      }
    }
    String text = String.valueOf(e.getMessage());
    return text.contains("alert")
        ? "it turned this end away (" + text + "), and tells why where it runs"
        : text;
  }

  private static PeerGreeting unmet(State state, String detail) {
    return new PeerGreeting(state, Duration.ZERO, "", "", "", detail);
  }

  /** One connection. */
  private record Conversation(Socket socket, Duration connecting, Duration limit) {
    PeerGreeting hold() throws IOException {
      byte[] ours = new byte[GREETING];
      ours[0] = (byte) 0xFF;
      ours[SIGNATURE - 2] = 1;
      ours[SIGNATURE - 1] = 0x7F;
      ours[SIGNATURE] = 3;
      byte[] name = "NULL".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, ours, MECHANISM, name.length);
      socket.getOutputStream().write(ours, 0, MECHANISM);

      Reading signature = read(SIGNATURE);
      if (signature.bytes.length == 0) {
        return met(signature.ended ? State.CLOSED : State.SILENT, "");
      }
      if (signature.bytes.length < SIGNATURE
          || (signature.bytes[0] & 0xFF) != 0xFF
          || (signature.bytes[SIGNATURE - 1] & 1) == 0) {
        return met(State.FOREIGN, shown(signature.bytes));
      }
      Reading major = read(1);
      if (major.bytes.length == 1 && major.bytes[0] < 3) {
        return met(State.OLD, "");
      }
      Reading rest = read(GREETING - SIGNATURE - 1);
      if (rest.bytes.length < GREETING - SIGNATURE - 1) {
        return met(rest.ended ? State.CLOSED : State.SILENT, "in the middle of its greeting");
      }
      ByteBuffer greeting =
          ByteBuffer.allocate(GREETING).put(signature.bytes).put(major.bytes).put(rest.bytes);
      String mechanism = text(greeting.array(), MECHANISM, MECHANISM_END);
      String socketType = "";
      if (mechanism.equals("NULL")) {
        socket.getOutputStream().write(ours, MECHANISM, GREETING - MECHANISM);
        socketType = ready();
      }
      return new PeerGreeting(
          State.GREETED,
          connecting,
          greeting.get(SIGNATURE) + "." + greeting.get(SIGNATURE + 1),
          mechanism,
          socketType,
          "");
    }

    private PeerGreeting met(State state, String detail) {
      return new PeerGreeting(state, connecting, "", "", "", detail);
    }

    /** The kind of socket that the command READY names; empty if none comes. */
    private String ready() throws IOException {
      byte[] head = read(2).bytes;
      if (head.length < 2 || head[0] != 4) {
        return "";
      }
      ByteBuffer body = ByteBuffer.wrap(read(head[1] & 0xFF).bytes);
      if (!take(body, body.hasRemaining() ? body.get() & 0xFF : 0).equals("READY")) {
        return "";
      }
      while (body.hasRemaining()) {
        String property = take(body, body.get() & 0xFF);
        String value = take(body, body.remaining() < 4 ? 0 : body.getInt());
        if (property.equalsIgnoreCase("Socket-Type")) {
          return value;
        }
        if (property.isEmpty()) {
          return "";
        }
      }
      return "";
    }

    private static String take(ByteBuffer from, int length) {
      byte[] bytes = new byte[Math.max(0, Math.min(length, from.remaining()))];
      from.get(bytes);
      return text(bytes, 0, bytes.length);
    }

    /** What came within the limit, at most {@code count} bytes. */
    private Reading read(int count) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream(count);
      InputStream in = socket.getInputStream();
      long end = System.nanoTime() + limit.toNanos();
      while (all.size() < count) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          return new Reading(all.toByteArray(), false);
        }
        socket.setSoTimeout(Math.toIntExact(left));
        try {
          byte[] some = in.readNBytes(1);
          if (some.length == 0) {
            return new Reading(all.toByteArray(), true);
          }
          all.write(some);
        } catch (SocketTimeoutException e) {
          return new Reading(all.toByteArray(), false);
        }
      }
      return new Reading(all.toByteArray(), false);
    }
  }

  /** Bytes, and whether the connection ended after them. */
  private static final class Reading {
    private final byte[] bytes;
    private final boolean ended;

    Reading(byte[] bytes, boolean ended) {
      this.bytes = bytes;
      this.ended = ended;
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    return printable(Arrays.copyOfRange(bytes, from, end));
  }

  private static String shown(byte[] bytes) {
    return "'" + printable(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN))) + "'";
  }

  /** A stranger's bytes, harmless to a terminal. */
  private static String printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7E]", ".");
  }
}
