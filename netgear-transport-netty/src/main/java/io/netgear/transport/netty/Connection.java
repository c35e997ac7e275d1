package io.netgear.transport.netty;

import io.netgear.Address;
import io.netgear.Peer;
import io.netgear.spi.PooledBuffer;
import io.netgear.transport.netty.web.WebDoor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * One connection, from its first byte to its last: greeting, handshake, frames, heartbeats. All of
 * it on the event loop, except {@link #writeSoon}, {@link #resumeSoon} and {@link #giveUpSoon}.
 *
 * <p>In one piece because each of these may end it, and what then has to be given back is known
 * here alone; what bytes mean is {@link Greeting}'s, {@link FrameReader}'s, {@link Arrival}'s and
 * {@link Command}'s.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  /** Turns of silence after which a peer that was asked for a sign of life has none. */
  private static final int MOST_SILENT = 3;

  /** Answers to PINGs that wait to be written; a peer that does not read gets no further ones. */
  private static final int MOST_COMMANDS = 4;

  /** Requests are small. */
  private static final int GUEST_BYTES = 2048;

  /** Sent through Unix domain sockets at once, of large frames; Linux doubles it. */
  private static final int WIDE = 1 << 20;

  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private enum State {
    GREETING,
    SHAKING_HANDS,
    READY,
    ENDED
  }

  private final LinkLoop loop;
  private final Address at;
  private final Dialer dialer;
  private final Runnable write = this::write;
  private final Runnable resume = this::resume;
  private final Greeting greeting = new Greeting();
  private final FrameReader reader = new FrameReader(this);
  private final Backlog backlog;
  private final Progress progress = new Progress();

  private Channel channel;
  private Lane lane;
  private Arrival arrival;
  private FrameWriter writer;
  private State state = State.GREETING;
  private Future<?> handshakeLimit;
  private Outgoing writing;

  /** Of what is being written: told once it is given back. */
  private ChannelPromise allWritten;

  private int commandsWaiting;
  private int silentTurns;
  private int stalledTurns;
  private long unwrittenBytes;
  private boolean asked;
  private boolean isWide;
  private boolean greeted;

  /** It is a browser's, and no longer served here. */
  private boolean guest;

  /** It speaks TLS without a certificate, as browsers do, and is one or is turned away. */
  private boolean anonymous;

  private boolean turnedAway;

  /**
   * @param at where it was accepted, or where it leads to
   * @param dialer who made the connection and wants to know of its end; null for one that was
   *     accepted
   */
  Connection(LinkLoop loop, Address at, Dialer dialer) {
    this.loop = loop;
    this.at = at;
    this.dialer = dialer;
    this.backlog = new Backlog(loop.backlogs());
  }

  // ---- beginning and end

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    Peer peer = Peer.at(nameOf(channel.remoteAddress()));
    lane = new Lane(this, peer);
    arrival = new Arrival(loop.type(), loop.spec().maxMessageBytes(), loop.reservations(), peer);
    if (loop.closing()) {
      state = State.ENDED;
      hangUp();
      return;
    }
    if (!loop.admit(this)) {
      state = State.ENDED;
      turnAway("this end has as many connections as it takes");
      return;
    }
    handshakeLimit =
        channel
            .eventLoop()
            .schedule(
                this::handshakeTookTooLong, loop.timing().handshakeMs(), TimeUnit.MILLISECONDS);
    if (dialer != null || loop.web() == null) {
      greet();
    }
  }

  /** At once, except where the other end may be a browser: its first byte is awaited then. */
  private void greet() {
    greeted = true;
    ChannelFuture unused = channel.writeAndFlush(Unpooled.wrappedBuffer(Greeting.own()));
  }

  /** Leaves the channel to whoever serves browsers. */
  private void becomeGuest(ByteBuf first) {
    guest = true;
    state = State.ENDED;
    handshakeLimit.cancel(false);
    ByteBuf copy = channel.alloc().ioBuffer(first.readableBytes()).writeBytes(first);
    loop.web().enter(channel, copy, () -> channel.pipeline().remove(this));
    loop.ended(this);
  }

  /** Peers of a Unix domain socket have no name but the socket's. */
  private String nameOf(SocketAddress remote) {
    return remote instanceof InetSocketAddress tcp
        ? new Address(at.protocol(), tcp.getAddress().getHostAddress(), tcp.getPort()).toString()
        : at.toString();
  }

  private void handshakeTookTooLong() {
    if (state == State.GREETING || state == State.SHAKING_HANDS) {
      turnAway(
          "it did not say who it is within "
              + loop.timing().handshakeMs()
              + " ms; its connection was closed");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (lane == null) {
      return;
    }
    boolean wasReady = state == State.READY;
    state = State.ENDED;
    if (handshakeLimit != null) {
      handshakeLimit.cancel(false);
    }
    if (wasReady) {
      loop.peers().left(lane);
      loop.teller().lost(this, lane.peer);
      writer.close();
    }
    resume();
    loop.ended(this);
    if (dialer != null) {
      dialer.ended();
    }
  }

  private void endOfInput() {
    reader.letGo();
    arrival.done();
    backlog.clear();
  }

  private void turnAway(String reason) {
    if (!turnedAway) {
      turnedAway = true;
      loop.teller().refused(lane.peer, reason);
    }
    hangUp();
  }

  /** Told by TLS, where that comes first. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        look(context.pipeline().get(SslHandler.class).engine().getSession());
      } else if (!TlsRefusal.isHangUp(handshake.cause())) {
        turnAway(TlsRefusal.reason(handshake.cause()));
      }
    }
  }

  private void look(SSLSession session) {
    anonymous = loop.web() != null && dialer == null && Tls.isAnonymous(session);
    try {
      if (!anonymous) {
        loop.tls().recheck(session);
      }
    } catch (CertificateException e) {
      turnAway(e.getMessage());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (TlsRefusal.isOne(cause)) {
      if (state != State.ENDED && !TlsRefusal.isHangUp(cause)) {
        turnAway(TlsRefusal.reason(cause));
      }
    } else if (!(cause instanceof IOException)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A connection of link " + loop.spec().name() + " failed and is closed.",
          cause);
    }
    ChannelFuture unused = context.close();
  }

  /** Ends the connection with what the system has not sent yet. Any thread. */
  void giveUpSoon() {
    loop.execute(this::giveUp);
  }

  private void giveUp() {
    if (state == State.ENDED) {
      resume(); // what it left unread is nobody's
      return;
    }
    if (channel.isOpen() && channel.remoteAddress() instanceof InetSocketAddress) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    hangUp();
  }

  /** When the link is closed. */
  void close() {
    hangUp();
  }

  private void hangUp() {
    ChannelFuture unused = channel.close();
  }

  /** Ends the connection of a peer that has not said who it is, for another one. */
  void makeWay() {
    turnAway("it had not said who it is when too many others came; its connection was closed");
  }

  /** Whether it was accepted, and its peer has not said who it is. */
  boolean isStranger() {
    return dialer == null && state != State.READY && state != State.ENDED && !turnedAway;
  }

  boolean isReady() {
    return state == State.READY;
  }

  // ---- reading

  /** Where Netty reads the next bytes to. */
  ByteBuf target() {
    if (guest) {
      return channel.alloc().ioBuffer(GUEST_BYTES);
    }
    ByteBuf landing = reader.landing();
    return (landing == null ? loop.scratch().clear() : landing).retain();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    ByteBuf in = (ByteBuf) bytes;
    silentTurns = 0;
    asked = false;
    try {
      // TLS may have taken more off the network by the time that the connection is closed
      if (state == State.ENDED || turnedAway) {
        return;
      }
      if (hasLanded(in)) {
        reader.landed();
      } else {
        read(in);
      }
    } catch (Breach e) {
      turnAway(e.getMessage());
    } finally {
      in.release();
    }
  }

  /** Not so where something stands between the network and this connection. */
  @SuppressWarnings("ReferenceEquality") // the very buffer, not one with the same bytes
  private boolean hasLanded(ByteBuf in) {
    return in == reader.landing();
  }

  private void read(ByteBuf in) throws Breach {
    if (!backlog.isEmpty()) {
      // the system may go on reading for a moment, or to the end where the peer has hung up
      backlog.add(in);
      return;
    }
    consume(in);
    if (in.isReadable() && state != State.ENDED) {
      backlog.add(in);
      channel.config().setAutoRead(false);
    }
  }

  private void consume(ByteBuf in) throws Breach {
    if (!greeted) {
      if (WebDoor.isKnock(in.getUnsignedByte(in.readerIndex()))) {
        becomeGuest(in);
        return;
      }
      if (anonymous) {
        throw new Breach("it showed no certificate, which only browsers need not");
      }
      greet();
    }
    if (state == State.GREETING && greeting.read(in)) {
      state = State.SHAKING_HANDS;
      send(Command.ready(loop.type()));
    }
    if (state != State.GREETING) {
      reader.read(in);
    }
  }

  /** There is room for a message again. Any thread. */
  void resumeSoon() {
    loop.execute(resume);
  }

  private void resume() {
    try {
      while (!backlog.isEmpty()) {
        ByteBuf first = backlog.first();
        reader.read(first);
        if (first.isReadable()) {
          return;
        }
        backlog.removeFirst();
      }
    } catch (Breach e) {
      backlog.clear();
      turnAway(e.getMessage());
    }
    if (state == State.ENDED) {
      endOfInput();
    } else if (!turnedAway) {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public boolean hasRoom() {
    return state == State.SHAKING_HANDS || loop.peers().hasRoom(lane);
  }

  @Override
  public ByteBuffer begin(boolean more, long length) throws Breach {
    if (state == State.SHAKING_HANDS) {
      throw new Breach("it sent a message before it said who it is");
    }
    return arrival.begin(length);
  }

  @Override
  public void end(boolean more) throws Breach {
    arrival.end();
    if (more) {
      return;
    }
    try {
      if (loop.type() == SocketType.PUB) {
        subscription(arrival.soleBytes());
      } else if (loop.type().receives()) {
        hand(arrival.message());
      }
    } finally {
      arrival.done();
    }
  }

  private void hand(Received received) {
    if (received != null) {
      loop.peers().arrived(lane, received);
    } else {
      loop.teller().refused(lane.peer, arrival.flaw());
    }
  }

  /** As peers of ZMTP 3.0 have it: 1 or 0, then the topic. */
  private void subscription(byte[] message) throws Breach {
    if (message.length > 0 && message[0] == 1) {
      loop.peers().subscribe(lane, Arrays.copyOfRange(message, 1, message.length));
    } else if (message.length > 0 && message[0] == 0) {
      loop.peers().cancel(lane, Arrays.copyOfRange(message, 1, message.length));
    }
  }

  @Override
  public void command(Command command) throws Breach {
    if (state == State.SHAKING_HANDS) {
      shakeHands(command);
      return;
    }
    switch (command.name()) {
      case "PING" -> sendUnlessMany(command.pong());
      case "SUBSCRIBE" -> {
        if (loop.type() == SocketType.PUB) {
          loop.peers().subscribe(lane, command.data());
        }
      }
      case "CANCEL" -> loop.peers().cancel(lane, command.data());
      case "ERROR" -> throw new Breach("it gave this end up: " + command.reason());
      default -> LOG.log(System.Logger.Level.DEBUG, "A peer sent a command {0}.", command.name());
    }
  }

  private void shakeHands(Command command) throws Breach {
    switch (command.name()) {
      case "READY" -> meet(command.socketType());
      case "ERROR" -> throw new Breach("it turned this end away: " + command.reason());
      default -> throw new Breach("it sent " + command.name() + " before it said who it is");
    }
  }

  private void meet(String peerType) throws Breach {
    SocketType own = loop.type();
    if (!own.talksTo(peerType)) {
      send(Command.error("This is a " + own + ", which talks to " + own.peers() + " only"));
      throw new Breach(
          "it is a "
              + peerType
              + ", and this end, a "
              + own
              + ", talks to "
              + own.peers()
              + " only: choose the same pattern on both ends");
    }
    handshakeLimit.cancel(false);
    state = State.READY;
    writer =
        new FrameWriter(
            channel, loop.tls() == null ? null : loop.tls().writer(channel), loop.canLetGo());
    if (own == SocketType.SUB) {
      subscribe();
    }
    if (dialer != null) {
      dialer.met();
    }
    loop.teller().connected(this, lane.peer);
    loop.peers().joined(lane);
  }

  private void subscribe() {
    if (greeting.knowsCommands()) {
      send(Command.subscribeToAll());
    } else {
      ChannelFuture unused = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {0, 1, 1}));
    }
  }

  // ---- writing

  /** Something waits to be written. Any thread. */
  void writeSoon() {
    loop.execute(write);
  }

  private void write() {
    if (writing != null || state != State.READY || !channel.isActive()) {
      return;
    }
    writing = loop.peers().next(lane);
    if (writing != null) {
      widen(writing.message().size());
      allWritten = channel.newPromise().addListener(this::written);
      writer.write(writing, allWritten);
    }
  }

  /**
   * A Unix domain socket's own buffer, 0.2 MB, has both ends wait for each other thirty times for a
   * frame of 6 MB. Not for frames that would wait in the larger one.
   */
  private void widen(long messageBytes) {
    if (isWide || messageBytes < 2 * WIDE || !Places.isFile(at)) {
      return;
    }
    isWide = true;
    try {
      channel.config().setOption(ChannelOption.SO_SNDBUF, WIDE);
    } catch (ChannelException e) {
      LOG.log(System.Logger.Level.DEBUG, "The system gives a connection no larger buffer.", e);
    }
  }

  /**
   * Ends the use of {@code part}: where it waits it is not sent, and where it is being written the
   * connection ends.
   *
   * @return what is told when it is given back; null when it is now
   */
  Future<?> takeBack(PooledBuffer part) {
    loop.peers().withdraw(lane, part);
    if (writing == null || !writing.message().has(part)) {
      return null;
    }
    Future<?> givenBack = allWritten;
    // at once, or what is sent next would still be for this connection, and be lost with it
    loop.peers().left(lane);
    giveUp();
    return givenBack;
  }

  /**
   * Goes on from {@code spare} where {@code part} is being written, or waits.
   *
   * @return whether it did
   */
  boolean letGo(PooledBuffer part, PooledBuffer spare) {
    if (writing != null && writing.message().has(part)) {
      writer.letGo(part.bytes(), spare.bytes());
      writing.replace(part, spare);
      return true;
    }
    Outgoing waiting = loop.peers().waiting(lane, part);
    if (waiting != null) {
      ByteBuffer copy = spare.bytes();
      copy.duplicate().put(part.bytes().duplicate());
      copy.limit(copy.position() + part.bytes().remaining());
      waiting.replace(part, spare);
    }
    return waiting != null;
  }

  private void written(Future<?> done) {
    writer.forget();
    writing.release();
    writing = null;
    stalledTurns = 0;
    loop.peers().written(lane);
    write();
    loop.drained();
  }

  private void send(Command command) {
    commandsWaiting++;
    ChannelFuture unused =
        channel.writeAndFlush(command.frame()).addListener(done -> commandsWaiting--);
  }

  private void sendUnlessMany(Command command) {
    if (commandsWaiting < MOST_COMMANDS) {
      send(command);
    }
  }

  // ---- signs of life

  /** Called every few seconds while there are connections. */
  void turn() {
    if (state != State.READY) {
      return;
    }
    boolean paused = !backlog.isEmpty();
    silentTurns += paused ? 0 : 1;
    if (progress.isTooSlow(reader.isWithin(), reader.messages(), reader.bytes())) {
      loop.teller().refused(lane.peer, tooSlow());
      giveUp();
      return;
    }
    if (isStalled()) {
      LOG.log(System.Logger.Level.DEBUG, "Subscriber {0} takes nothing; cut.", lane.peer);
      giveUp();
    } else if (silentTurns > MOST_SILENT && asked) {
      giveUp();
    } else if (greeting.knowsCommands() && commandsWaiting == 0 && mayAsk(paused)) {
      commandsWaiting++;
      ChannelFuture unused =
          channel.writeAndFlush(Command.ping().frame()).addListener(this::pinged);
    }
  }

  private String tooSlow() {
    return "it sent less than "
        + Progress.LEAST_BYTES
        + " bytes of a message in "
        + Progress.MOST_TURNS * loop.timing().heartbeatMs()
        + " ms; its connection was closed";
  }

  /**
   * While it is not listened to, a peer must hear that this end lives. But not a PUSH, which may
   * have closed: what is said to it then, the answer to its own question too, has its system throw
   * away what it still holds for this end. Hosts that are gone are TCP's to find there.
   */
  private boolean mayAsk(boolean paused) {
    return switch (loop.type()) {
      case PUSH -> false;
      case PULL -> silentTurns > 1 && !paused;
      default -> silentTurns > 1 || paused;
    };
  }

  private void pinged(Future<?> done) {
    commandsWaiting--;
    asked = done.isSuccess();
  }

  /** A subscriber that takes nothing for so long would take something very old next. */
  private boolean isStalled() {
    if (loop.type() != SocketType.PUB || writing == null) {
      return false;
    }
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (pending == null) { // it is closed, and what was being written is about to come back
      return false;
    }
    long unwritten = pending.totalPendingWriteBytes();
    stalledTurns = unwritten == unwrittenBytes ? stalledTurns + 1 : 0;
    unwrittenBytes = unwritten;
    return stalledTurns > MOST_SILENT;
  }
}
