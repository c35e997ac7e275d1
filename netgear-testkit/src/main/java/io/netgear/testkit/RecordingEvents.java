package io.netgear.testkit;

import io.netgear.DropReason;
import io.netgear.Events;
import io.netgear.Peer;
import io.netgear.StreamEnd;
import io.netgear.WireFormatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A listener that remembers, and lets a test wait for what it expects. Thread-safe. */
public final class RecordingEvents implements Events {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Peer> connected = new ArrayList<>();
  private final List<Peer> lost = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<WireFormatException> badMessages = new ArrayList<>();
  private final List<StreamEnd> ends = new ArrayList<>();
  private final List<Integer> reconnects = new ArrayList<>();
  private long dropped;

  /** Has heard nothing yet. */
  public RecordingEvents() {}

  @Override
  public synchronized void connected(Peer peer) {
    connected.add(peer);
    notifyAll();
  }

  @Override
  public synchronized void lost(Peer peer) {
    lost.add(peer);
    notifyAll();
  }

  @Override
  public synchronized void reconnected(int failures) {
    reconnects.add(failures);
    notifyAll();
  }

  @Override
  public synchronized void dropped(DropReason reason, long count) {
    dropped += count;
    notifyAll();
  }

  @Override
  public synchronized void refused(Peer peer, String reason) {
    refused.add(reason);
    notifyAll();
  }

  @Override
  public synchronized void warned(String warning) {
    warnings.add(warning);
    notifyAll();
  }

  @Override
  public synchronized void badMessage(Peer peer, WireFormatException why) {
    badMessages.add(why);
    notifyAll();
  }

  @Override
  public synchronized void ended(StreamEnd end) {
    ends.add(end);
    notifyAll();
  }

  /** The peers that came, in order. */
  public synchronized List<Peer> connected() {
    return List.copyOf(connected);
  }

  /** The peers that went, in order. */
  public synchronized List<Peer> lost() {
    return List.copyOf(lost);
  }

  /** The reasons for which peers were turned away. */
  public synchronized List<String> refused() {
    return List.copyOf(refused);
  }

  /** What was warned of. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Waits until there were {@code times} warnings in all. */
  public void awaitWarnings(int times) throws InterruptedException {
    await(times + " warnings", () -> warnings.size() >= times);
  }

  /** What was wrong with messages. */
  public synchronized List<WireFormatException> badMessages() {
    return List.copyOf(badMessages);
  }

  /** The ends of the stream that were told. */
  public synchronized List<StreamEnd> ends() {
    return List.copyOf(ends);
  }

  /** The failures before each reopening. */
  public synchronized List<Integer> reconnects() {
    return List.copyOf(reconnects);
  }

  /** How many drops were told, for all reasons. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Waits until {@code peers} connections were made in all. */
  public void awaitConnected(int peers) throws InterruptedException {
    await(peers + " connections", () -> connected.size() >= peers);
  }

  /** Waits until {@code peers} connections were lost in all. */
  public void awaitLost(int peers) throws InterruptedException {
    await(peers + " lost connections", () -> lost.size() >= peers);
  }

  /** Waits until a peer was turned away {@code times} times in all. */
  public void awaitRefused(int times) throws InterruptedException {
    await(times + " refusals", () -> refused.size() >= times);
  }

  /** Waits until {@code messages} messages were reported as bad in all. */
  public void awaitBadMessages(int messages) throws InterruptedException {
    await(messages + " bad messages", () -> badMessages.size() >= messages);
  }

  private synchronized void await(String what, BooleanSupplier happened)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "Expected "
                + what
                + " within "
                + PATIENCE
                + "; connected: "
                + connected
                + ", lost: "
                + lost
                + ", refused: "
                + refused
                + ", bad messages: "
                + badMessages
                + ".");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
