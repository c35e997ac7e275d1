package io.netgear.transport.netty;

import io.netgear.Address;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one connection to an address: makes it, and makes it again whenever it ends, more rarely
 * the longer that fails, and never at quite the same pace as others do. Belongs to the event loop.
 */
final class Dialer {
  /** A host's name is looked up anew when it was not reached for so long. */
  private static final long LOOK_UP_AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

  private static final System.Logger LOG = System.getLogger(Dialer.class.getName());

  private final LinkLoop loop;
  private final Address address;
  private final Address way;
  private final Route route;
  private int retryMs;
  private long lookedUp = System.nanoTime();
  private boolean lookingUp;
  private boolean stopped;
  private ChannelFuture attempt;

  /**
   * @param address whose peer is to be met
   * @param way where that peer is met: there, or at the local end of a tunnel
   * @param places where {@code way} is
   */
  Dialer(LinkLoop loop, Address address, Address way, List<SocketAddress> places) {
    this.loop = loop;
    this.address = address;
    this.way = way;
    this.route = new Route(places);
    this.retryMs = loop.timing().firstRetryMs();
  }

  void dial() {
    if (stopped) {
      return;
    }
    boolean unix = Places.isFile(way);
    attempt =
        new Bootstrap()
            .group(loop.group())
            .channelFactory(() -> loop.carrier().client(unix))
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, loop.timing().connectMs())
            .handler(loop.initializer(address, this))
            .connect(route.next());
    attempt.addListener(
        (Future<? super Void> done) -> {
          if (!done.isSuccess()) {
            LOG.log(System.Logger.Level.DEBUG, "Cannot connect to {0} yet.", address);
            again();
          }
        });
  }

  /** Both ends have shaken hands. */
  void met() {
    retryMs = loop.timing().firstRetryMs();
    route.met();
  }

  /** The connection has ended. */
  void ended() {
    again();
  }

  private void again() {
    if (stopped) {
      return;
    }
    lookUpNowAndThen();
    long delay = retryMs / 2L + ThreadLocalRandom.current().nextInt(retryMs + 1);
    retryMs = Math.min(2 * retryMs, loop.timing().lastRetryMs());
    Future<?> unused = loop.group().next().schedule(this::dial, delay, TimeUnit.MILLISECONDS);
  }

  /** On a thread of its own, as the system may take long, and only while the peer is away. */
  private void lookUpNowAndThen() {
    if (Places.isFile(way) || lookingUp || System.nanoTime() - lookedUp < LOOK_UP_AGAIN_NS) {
      return;
    }
    lookingUp = true;
    Thread thread = new Thread(this::lookUp, "netgear-netty-" + loop.spec().name() + "-lookup");
    thread.setDaemon(true);
    thread.start();
  }

  private void lookUp() {
    List<SocketAddress> found = List.of();
    try {
      found = Places.lookUp(way);
    } catch (UnknownHostException e) {
      LOG.log(System.Logger.Level.DEBUG, "The host of {0} is not known any more.", way);
    }
    List<SocketAddress> now = found;
    loop.execute(() -> lookedUp(now));
  }

  private void lookedUp(List<SocketAddress> found) {
    lookingUp = false;
    lookedUp = System.nanoTime();
    route.lookedUp(found);
  }

  void stop() {
    stopped = true;
    if (attempt != null) {
      attempt.cancel(false);
    }
  }
}
