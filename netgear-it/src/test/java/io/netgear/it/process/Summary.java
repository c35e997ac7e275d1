package io.netgear.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What an end told in its last line: the JSON object of {@code --json}. */
public record Summary(Map<String, Object> values) {
  /** A number by its key. */
  public long count(String key) {
    assertThat(values).containsKey(key);
    return ((Number) values.get(key)).longValue();
  }

  /** A fraction by its key. */
  public double fraction(String key) {
    assertThat(values.get(key)).as("%s of %s", key, values).isInstanceOf(Number.class);
    return ((Number) values.get(key)).doubleValue();
  }

  /** Anything by its key. */
  public Object value(String key) {
    assertThat(values).containsKey(key);
    return values.get(key);
  }

  /** How many frames were dropped, for whatever reason. */
  public long dropped() {
    return ((Map<?, ?>) value("dropped"))
        .values().stream().mapToLong(count -> ((Number) count).longValue()).sum();
  }

  /** Demands that each frame is accounted for. */
  public Summary assertBalanced() {
    assertThat(values).containsEntry("balanced", true);
    assertThat(count("offered")).isEqualTo(count("frames") + dropped());
    return this;
  }

  /** Demands a stream that ended so, with nothing to complain of. */
  public Summary assertEnded(String how) {
    assertThat(values).containsEntry("ended", how).containsEntry("error", null);
    return assertBalanced();
  }

  /** Demands so many pictures of the test pattern, all of them, once, in order. */
  public Summary assertWholePattern(long frames) {
    assertThat(values)
        .containsEntry("checked", frames)
        .containsEntry("frames", frames)
        .containsEntry("unrecognised", 0L);
    return assertInOrder();
  }

  /** Demands that no picture of the test pattern is missing or there twice. */
  public Summary assertInOrder() {
    assertThat(values)
        .containsEntry("missing", 0L)
        .containsEntry("duplicated", 0L)
        .containsEntry("out_of_order", 0L);
    return this;
  }
}
