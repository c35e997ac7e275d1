package io.netgear;

import io.netgear.internal.options.End;
import io.netgear.internal.options.Option;
import io.netgear.internal.runtime.NetGearSender;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks for a sender, step by step; see {@link EndpointBuilder}. Connects to {@code
 * tcp://localhost:5555} unless told otherwise.
 */
public final class SenderBuilder extends EndpointBuilder<SenderBuilder> {
  SenderBuilder() {
    super(End.SENDER);
  }

  @Override
  SenderBuilder self() {
    return this;
  }

  /**
   * How many frames may be on their way without an answer, 1 unless told otherwise; pattern pair
   * alone, and not with {@link #bidirectional}. More hide a long round trip, such as a tunnel's: a
   * frame's receipt is then {@link Receipt.Status#SENT}, and the books tell what became of it.
   * Frames wait for a slow receiver one behind the other, so that they may be older by so many.
   */
  public SenderBuilder window(int frames) {
    return set(Option.WINDOW, frames, "window");
  }

  /**
   * In {@link #multiClient} mode with request-reply: sends every frame to all receivers that are
   * there, each of which acknowledges it; {@link Receipt#receivers} tells which did. One that does
   * not answer in time is left out until it is back.
   */
  public SenderBuilder broadcast() {
    return set(Option.BROADCAST, true, "broadcast");
  }

  /**
   * Goes to the address through an SSH server, {@code user@host} or {@code user@host:port}: a
   * module that provides tunnels must be there (netgear-tunnel-ssh). The server's key must be in
   * the known hosts.
   */
  public SenderBuilder sshTunnel(String userAtHost) {
    return set(Option.SSH_TUNNEL_MODE, userAtHost, "sshTunnel");
  }

  /** The password at the SSH server; with an encrypted key file, what unlocks that instead. */
  public SenderBuilder sshPassword(String password) {
    return set(Option.SSH_TUNNEL_PWD, password, "sshPassword");
  }

  /** The private key to log in with at the SSH server. */
  public SenderBuilder sshKeyFile(Path privateKey) {
    return set(Option.SSH_TUNNEL_KEYFILE, privateKey, "sshKeyFile");
  }

  /**
   * The keys of the SSH servers that are trusted, as OpenSSH writes them; {@code
   * ~/.ssh/known_hosts} unless told.
   */
  public SenderBuilder sshKnownHosts(Path file) {
    return set(Option.SSH_KNOWN_HOSTS, file, "sshKnownHosts");
  }

  /**
   * Lets browsers watch what is published, at the very address where receivers subscribe: a page
   * with the live picture, {@code /stream.mjpg}, {@code /snapshot.jpg} and {@code /stats}; {@link
   * FrameSender#webAddresses} tells where. Needs a transport that can ({@code netty}), the pattern
   * publish-subscribe, {@link #bind} and compression. At an address that is not loopback a viewer
   * needs a token: that of {@link #webToken}, or one that is made up.
   */
  public SenderBuilder web() {
    return set(Option.WEB, true, "web");
  }

  /**
   * What a browser must know to watch: 16 characters at least, of letters, digits and {@code -._~}.
   */
  public SenderBuilder webToken(String token) {
    return set(Option.WEB_TOKEN, token, "webToken");
  }

  /** How many browsers may watch at a time: 16 unless told. */
  public SenderBuilder webViewers(int viewers) {
    return set(Option.WEB_VIEWERS, viewers, "webViewers");
  }

  /**
   * Further names by which browsers may call this machine. Without, they may use its numbers, its
   * own name and {@code localhost}: any other name may be somebody else's who points it here.
   */
  public SenderBuilder webHosts(String... names) {
    return set(Option.WEB_HOSTS, List.of(names), "webHosts");
  }

  /**
   * Opens the sender: checks everything that was asked for, then binds or connects. The peer need
   * not be there yet.
   *
   * @throws InvalidOptionsException with all that is wrong with the options, before a socket is
   *     touched
   * @throws ProviderNotFoundException if a plug-in is missing or does not work here
   * @throws TransportException if the address cannot be used
   */
  public FrameSender open() {
    return NetGearSender.open(settings());
  }
}
