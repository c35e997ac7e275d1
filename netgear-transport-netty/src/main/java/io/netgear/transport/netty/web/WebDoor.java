package io.netgear.transport.netty.web;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.spi.FrameHeader;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Where browsers come in: takes the connections of a link that turn out to be theirs, and shows
 * them what the link publishes. {@link #show} is the sender's, {@link #at} and {@link #open} are
 * whoever opens the link; all else belongs to the link's thread.
 */
public final class WebDoor {
  /** Connections besides those of viewers. */
  private static final int MOST_GUESTS = 32;

  private static final int LONGEST_LINE = 2_048;
  private static final int LARGEST_HEAD = 8_192;
  private static final int TOKEN_BYTES = 16;

  private final LinkSpec spec;
  private final EventLoop loop;
  private final int patienceMs;
  private final int turnMs;
  private final BiConsumer<Peer, String> refusals;
  private final Runnable emptied;
  private final Gallery gallery;
  private final Counts counts = new Counts();
  private final Set<Channel> guests = new LinkedHashSet<>();
  private final List<Address> bound = new ArrayList<>();
  private final Set<String> hosts = new HashSet<>(Set.of("localhost"));
  private boolean loopbackOnly = true;
  private Future<?> turns;
  private boolean closing;
  private volatile Gate gate;

  /**
   * Closed until {@link #open}.
   *
   * @param loop the link's thread
   * @param tasks runs what it is given on that thread, or not at all once it has ended
   * @param patienceMs for a request to come
   * @param turnMs between looks at who shows no sign of life
   * @param refusals told of those who tried what is not allowed
   * @param emptied called when the last connection has ended
   */
  public WebDoor(
      LinkSpec spec,
      EventLoop loop,
      Executor tasks,
      int patienceMs,
      int turnMs,
      BiConsumer<Peer, String> refusals,
      Runnable emptied) {
    this.spec = spec;
    this.loop = loop;
    this.patienceMs = patienceMs;
    this.turnMs = turnMs;
    this.refusals = refusals;
    this.emptied = emptied;
    this.gallery = new Gallery(spec.web().maxViewers(), tasks);
  }

  // ---- opening

  /** Browsers may come to {@code address}, which the system knows as {@code place}. */
  public void at(Address address, SocketAddress place) {
    InetAddress number = place instanceof InetSocketAddress tcp ? tcp.getAddress() : null;
    boolean everywhere = number != null && number.isAnyLocalAddress();
    bound.add(everywhere ? new Address(address.protocol(), "*", address.port()) : address);
    loopbackOnly &= number != null && number.isLoopbackAddress();
    hosts.add(address.host().toLowerCase(Locale.ROOT));
  }

  /** Lets browsers in. */
  public void open() {
    spec.web().hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    String token = spec.web().token();
    if (!loopbackOnly) {
      addOwnName();
      token = token.isEmpty() ? madeUp() : token;
    }
    gate = new Gate(token, Set.copyOf(hosts));
  }

  private void addOwnName() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      hosts.add(name);
      hosts.add(name.replaceFirst("\\..*", "") + ".local");
    } catch (UnknownHostException e) {
      System.getLogger(WebDoor.class.getName())
          .log(System.Logger.Level.DEBUG, "This machine does not know its own name.", e);
    }
  }

  private static String madeUp() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Where browsers find the page, with the token if there is one. */
  public List<URI> addresses() {
    return WebAddresses.of(bound, gate.token());
  }

  // ---- pictures

  /** Takes a frame to be shown; answers whether anybody watches. One thread at a time. */
  public boolean show(FrameHeader header, PooledBuffer payload) {
    return gallery.show(header, payload);
  }

  // ---- guests

  /** Whether a connection that begins so is a browser's: with the capital letter of a method. */
  public static boolean isKnock(int firstByte) {
    return firstByte >= 'A' && firstByte <= 'Z';
  }

  /**
   * Takes a connection over.
   *
   * @param first what it has sent, owned from now on
   * @param leave takes the connection from whoever had it
   */
  public void enter(Channel channel, ByteBuf first, Runnable leave) {
    if (closing || gate == null || isFull()) {
      first.release();
      counts.wasRefused();
      ChannelFuture unused = channel.close();
      return;
    }
    guests.add(channel);
    ChannelFuture unused = channel.closeFuture().addListener(ended -> left(channel));
    if (turns == null) {
      turns = loop.scheduleWithFixedDelay(gallery::turn, turnMs, turnMs, TimeUnit.MILLISECONDS);
    }
    HttpServerCodec codec =
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEAD));
    channel.pipeline().addLast(codec, new Guest(this, channel));
    leave.run();
    begin(channel, codec, first);
  }

  /** Whether nobody makes way for one more: that is who has not become a viewer for longest. */
  private boolean isFull() {
    if (guests.size() < gallery.most() + MOST_GUESTS) {
      return false;
    }
    for (Channel guest : guests) {
      if (guest.pipeline().get(Guest.class) != null) {
        counts.wasRefused();
        ChannelFuture unused = guest.close();
        return guests.contains(guest); // inside TLS it takes a moment
      }
    }
    return true;
  }

  private static void begin(Channel channel, HttpServerCodec codec, ByteBuf first) {
    try {
      codec.channelRead(channel.pipeline().context(codec), first);
    } catch (Exception e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  private void left(Channel channel) {
    guests.remove(channel);
    if (guests.isEmpty()) {
      turns.cancel(false);
      turns = null;
      emptied.run();
    }
  }

  void refused(Channel channel, Refusal refusal) {
    counts.wasRefused();
    if (refusal.told() && channel.remoteAddress() instanceof InetSocketAddress tcp) {
      String peer = new Address("tcp", tcp.getAddress().getHostAddress(), tcp.getPort()).toString();
      refusals.accept(Peer.at(peer), "it came as a browser: " + refusal.sentence());
    }
  }

  Gate gate() {
    return gate;
  }

  Gallery gallery() {
    return gallery;
  }

  Counts counts() {
    return counts;
  }

  int patienceMs() {
    return patienceMs;
  }

  String name() {
    return spec.name();
  }

  String statsJson() {
    return Json.stats(spec.name(), gallery, counts);
  }

  boolean isSecure(Channel channel) {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  int port(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress tcp ? tcp.getPort() : 0;
  }

  // ---- the end

  /** Whether no connection is left. */
  public boolean isEmpty() {
    return guests.isEmpty();
  }

  /** Sends all away, those at the page with a word. */
  public void close() {
    closing = true;
    gallery.close();
  }

  /** Ends what is left. */
  public void finish() {
    for (Channel guest : List.copyOf(guests)) {
      ChannelFuture unused = guest.close();
    }
  }
}
