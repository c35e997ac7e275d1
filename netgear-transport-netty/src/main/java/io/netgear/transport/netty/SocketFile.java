package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file of a Unix domain socket that is to be bound. The system leaves it behind when a process
 * is killed, and then refuses to bind it: such a file is removed first, and one that somebody
 * listens at is left alone. When a socket is closed, Netty removes its file.
 */
final class SocketFile {
  private static final System.Logger LOG = System.getLogger(SocketFile.class.getName());

  private final Path path;

  private SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Makes way.
   *
   * @throws TransportException if the path is taken, or its directory is not there
   */
  static void prepare(Address address, Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new TransportException(
          "Cannot bind " + address + ": there is no directory " + directory + ". Make it first.");
    }
    SocketFile file = new SocketFile(path);
    try {
      if (!file.isThere()) {
        return;
      }
      if (!file.isSocket()) {
        throw new TransportException(
            "Cannot bind "
                + address
                + ": the address is in use by the file "
                + path
                + ", which is no socket. Choose another path.");
      }
      if (!file.removeUnlessListenedAt()) {
        throw new TransportException(
            "Cannot bind "
                + address
                + ": the address is in use - is another receiver running? Stop it, or choose another port.");
      }
    } catch (IOException e) {
      throw new TransportException(
          "Cannot bind " + address + ": what is left of an earlier socket cannot be removed.", e);
    }
  }

  private boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private boolean isSocket() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  /** Answers whether nobody listens at it. */
  private boolean removeUnlessListenedAt() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return !probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      LOG.log(System.Logger.Level.DEBUG, "Nobody listens at {0} any more.", path);
      Files.deleteIfExists(path);
      return true;
    }
  }
}
