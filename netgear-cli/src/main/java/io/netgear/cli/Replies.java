package io.netgear.cli;

import io.netgear.FrameReceiver;
import io.netgear.Reply;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Gives a reply for each frame, and counts them. */
final class Replies implements AutoCloseable {
  private final AtomicLong given;
  private final Runnable close;

  private Replies(AtomicLong given, Runnable close) {
    this.given = given;
    this.close = close;
  }

  /** No replies but acknowledgements. */
  static Replies none() {
    return new Replies(null, () -> {});
  }

  /**
   * Replies from {@code next}.
   *
   * @param close lets go of where they come from
   */
  static Replies with(FrameReceiver receiver, Supplier<Reply> next, Runnable close) {
    AtomicLong given = new AtomicLong();
    receiver.replyWith(
        frame -> {
          Reply reply = next.get();
          if (reply.frame() != null || reply.data() != null) {
            given.incrementAndGet();
          }
          return reply;
        });
    return new Replies(given, close);
  }

  void describe(Map<String, Object> summary) {
    if (given != null) {
      summary.put("returned", given.get());
    }
  }

  @Override
  public void close() {
    close.run();
  }
}
