package io.netgear.spi;

import io.netgear.Address;
import java.net.URI;
import java.util.List;

/**
 * One open end of a connection, or of several.
 *
 * <p>Belongs to one thread at a time: send, receive, reply and abandon are never called at once,
 * but may be called by different threads one after the other (with a happens-before edge between
 * them). {@link #close} may be called from any thread at any time, and wakes a call that is
 * blocked. No call blocks beyond its deadline. After {@code close}, send answers {@link
 * SendResult#CLOSED}, receive null, and reply and abandon do nothing.
 */
public interface Link extends AutoCloseable {
  /**
   * Hands over a message. The link owns it from this call on, whatever the result: the caller
   * neither reads nor closes it again.
   *
   * <p>Roles: PAIR, REQUEST, PUBLISH, PUSH. A REQUEST link may send again only after {@link
   * #receive} gave the reply or after {@link #abandon}. A PUBLISH link never waits. The others wait
   * for a peer and for room until the deadline; a message that was not accepted is never sent
   * later.
   */
  SendResult send(Message message, Deadline deadline);

  /**
   * Waits for the next message; the caller owns it and must close it.
   *
   * <p>Roles: PAIR, REPLY, SUBSCRIBE, PULL, and REQUEST for the reply. A message over the size
   * limit never gets here: the link tells {@link io.netgear.Events#refused} and goes on.
   *
   * @return null at the deadline, and when the link is closed
   */
  Message receive(Deadline deadline);

  /**
   * Answers the peer of the last {@link #receive}, once. Role REPLY: each received message is
   * answered before the next is received, or {@link #receive} drops the unanswered one's return
   * path. Role PAIR: sends to the one peer. The link owns the message. Does not wait: a peer that
   * is gone, or has no room, loses its answer.
   */
  void reply(Message message);

  /**
   * Gives up the reply that is awaited, so that the next {@link #send} may follow; that reply,
   * should it still come, is never returned by a later {@link #receive}. Roles PAIR and REQUEST.
   * Where this means opening anew, it is with the same options and the same security as the first
   * time, and a binding end keeps its port.
   */
  void abandon();

  /**
   * Whether {@link #takeBack} works, so that the memory of a part may be lent to {@link #send}
   * until the frame's answer has come, instead of being copied.
   */
  default boolean canTakeBack() {
    return false;
  }

  /**
   * Ends the use of a part that was handed to {@link #send}: when this returns, the link has given
   * {@code part} back and reads its bytes no more. Does nothing when it has been sent. One that is
   * sent in part ends its connection, as does one that another message waits behind, because the
   * rest of it cannot be sent. Works after {@link #close} too.
   *
   * @throws UnsupportedOperationException unless {@link #canTakeBack}
   */
  default void takeBack(PooledBuffer part) {
    throw new UnsupportedOperationException("This link cannot take back what it was handed.");
  }

  /**
   * Whether {@link #letGo} works, so that the memory of a part may be lent to {@link #send} for the
   * moment that the system takes to take it, instead of being copied.
   */
  default boolean canLetGo() {
    return false;
  }

  /**
   * Sends on a part that was handed to {@link #send} without its memory: waits a few milliseconds
   * until the system has taken it, and copies what is left then. When this returns, the link has
   * given {@code part} back and reads its bytes no more. Does nothing when it has been sent, or
   * never will be. Works after {@link #close} too.
   *
   * @param spare room for all of {@code part}; stays the caller's, and is retained by the link
   *     where it is needed
   * @return whether nothing had to be copied
   * @throws UnsupportedOperationException unless {@link #canLetGo}
   */
  default boolean letGo(PooledBuffer part, PooledBuffer spare) {
    throw new UnsupportedOperationException("This link cannot let go of what it was handed.");
  }

  /**
   * Shows a frame to the browsers that watch, before its message is sent; keeps the newest, and
   * never waits. The payload stays the caller's: the link retains it for as long as it needs it. A
   * link that was opened without {@link LinkSpec#web} does nothing.
   *
   * @return whether anybody watches
   */
  default boolean show(FrameHeader header, PooledBuffer payload) {
    return false;
  }

  /**
   * Where browsers find what is published, with the token if they need one; empty for a link that
   * serves none.
   */
  default List<URI> webAddresses() {
    return List.of();
  }

  /** The addresses in use, with the real port where port 0 was asked for. */
  List<Address> addresses();

  /**
   * How many connections were made since it was opened: a number that grows whenever a peer comes,
   * for the first time or again. Any thread. -1 for a transport that does not know, whose peers
   * that fall silent are tried again from time to time instead.
   */
  default long connectionsMade() {
    return -1;
  }

  /** Whether it was closed. */
  boolean closed();

  /**
   * Frees the port and all memory, and wakes who is blocked here. Messages that were accepted get
   * up to the transport's short linger.
   */
  @Override
  void close();
}
