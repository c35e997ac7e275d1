package io.netgear.transport.netty;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what Netty finds out about buffers that nobody released. Made by Netty, by its name. */
public final class LostBuffers<T> extends ResourceLeakDetector<T> {
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /** As Netty wants it. */
  @SuppressWarnings("deprecation") // Netty looks for this constructor, and there is no other
  public LostBuffers(Class<?> type, int samplingInterval, long maxActive) {
    super(type, samplingInterval, maxActive);
  }

  /** As Netty wants it. */
  @SuppressWarnings("deprecation") // Netty looks for this constructor, and there is no other
  public LostBuffers(Class<?> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String type, String records) {
    FOUND.add(type + records);
  }

  @Override
  protected void reportUntracedLeak(String type) {
    FOUND.add(type);
  }

  /** What was found since the last call. */
  static List<String> take() {
    List<String> all = new ArrayList<>();
    for (String each = FOUND.poll(); each != null; each = FOUND.poll()) {
      all.add(each);
    }
    return all;
  }
}
