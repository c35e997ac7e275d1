package io.netgear;

import io.netgear.internal.options.End;
import io.netgear.internal.options.Option;
import io.netgear.internal.runtime.NetGearSender;
import java.nio.file.Path;

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
