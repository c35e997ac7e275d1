package io.netgear.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("jpeg_compression", "jpeg_compression_quality", "max_retries", "zmq");

  @Test
  void shouldFindTheNameThatTakesFewestChanges() {
    assertThat(Nearest.to("jpeg_compresion", KNOWN)).contains("jpeg_compression");
    assertThat(Nearest.to("jpeg_compression_qualty", KNOWN)).contains("jpeg_compression_quality");
    assertThat(Nearest.to("max-retires", KNOWN)).contains("max_retries");
  }

  @Test
  void shouldCountSwappedNeighboursAsOneChange() {
    assertThat(Nearest.to("zqm", KNOWN)).contains("zmq");
  }

  @Test
  void shouldFindNothingWhenAllNamesDifferTooMuch() {
    assertThat(Nearest.to("colour", KNOWN)).isEmpty();
    assertThat(Nearest.hint("colour", KNOWN)).isEmpty();
    assertThat(Nearest.to("anything", List.of())).isEmpty();
  }
}
