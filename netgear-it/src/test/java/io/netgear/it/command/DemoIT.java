package io.netgear.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netgear.it.process.JavaProgram;
import io.netgear.it.process.Json;
import io.netgear.it.process.Programs;
import io.netgear.it.process.RunningProgram;
import io.netgear.it.process.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a newcomer tries first. */
class DemoIT {
  @RegisterExtension final Programs programs = new Programs();

  @Test
  void shouldEndByItselfWithATable() {
    RunningProgram demo =
        programs.netgear("demo", "--source", "test:320x240@100", "--frames", "30");
    assertThat(demo.awaitExit()).as("%s", demo).isZero();

    String told = String.join("\n", demo.out());
    assertThat(told)
        .containsPattern("frames offered / arrived +30 +30")
        .containsPattern("acknowledged / handed out +30 +30")
        .containsPattern("books balance +yes +yes")
        .contains("ms to answer / of age, p99")
        .contains("30 frames compared with the test pattern")
        .contains("none missing, doubled or out of order")
        .containsPattern("First frame after \\d+ ms");
    // Only a terminal gets more than that.
    assertThat(demo.err()).isEmpty();
  }

  @Test
  void shouldWorkOnTheClassPath() {
    RunningProgram demo =
        programs.start(
            JavaProgram.onClassPath(),
            "demo",
            "--source",
            "test:320x240@100",
            "--frames",
            "30",
            "--json");
    Summary received = demo.awaitSummary().assertEnded("goodbye").assertWholePattern(30);

    Map<?, ?> sent = (Map<?, ?>) received.value("sender");
    assertThat(sent.get("role")).isEqualTo("sender");
    assertThat(sent.get("frames")).isEqualTo(30L);
    assertThat(sent.get("ended")).isEqualTo("limit");
    assertThat(sent.get("balanced")).isEqualTo(true);
    assertThat(sent.get("bytes")).isEqualTo(received.value("bytes"));
  }

  @Test
  void shouldRunSeveralSenders() {
    RunningProgram demo =
        programs.netgear(
            "demo",
            "--source=test:320x240@100",
            "--frames=20",
            "--multi-server",
            "--ends=3",
            "--message=7",
            "--return-message=[1]",
            "--json");
    Summary received = demo.awaitSummary().assertEnded("goodbye");

    assertThat(received.value("frames")).isEqualTo(60L);
    assertThat(received.value("messages")).isEqualTo(60L);
    assertThat(received.value("returned")).isEqualTo(60L);
    List<?> senders = (List<?>) received.value("senders");
    assertThat(senders)
        .hasSize(3)
        .allSatisfy(
            sender ->
                assertThat((Map<?, ?>) sender)
                    .extracting("frames", "returned_messages", "balanced")
                    .containsExactly(20L, 20L, true));
  }

  @Test
  void shouldRunSeveralReceivers() {
    RunningProgram demo =
        programs.netgear(
            "demo",
            "--source=test:320x240@100",
            "--frames=20",
            "--multi-client",
            "--broadcast",
            "--json");
    Summary received = demo.awaitSummary().assertEnded("goodbye").assertWholePattern(20);

    assertThat((Map<?, ?>) received.value("sender")).extracting("frames").isEqualTo(20L);
    assertThat((List<?>) received.value("receivers"))
        .singleElement()
        .satisfies(
            other ->
                assertThat((Map<?, ?>) other)
                    .extracting("frames", "ended", "balanced")
                    .containsExactly(20L, "goodbye", true));
  }

  @Test
  void shouldFailWithTheSentenceOfItsSender() {
    RunningProgram demo = programs.netgear("demo", "--source", "/nonexistent/clip.mp4", "--json");
    Summary summary = demo.awaitFailedSummary();

    assertThat(demo.err()).contains("/nonexistent/clip.mp4");
    assertThat(summary.value("ended")).isEqualTo("error");
    assertThat(demo.err()).contains((String) summary.value("error"));
  }

  @Test
  void shouldTellEverythingAsOneObjectInTheLastLine() {
    RunningProgram demo =
        programs.netgear("demo", "--source", "test:320x240@100", "--frames", "30", "--json");
    Summary received = demo.awaitSummary();

    assertThat(demo.out()).hasSize(1);
    assertThat(received.values())
        .containsKeys("role", "frames", "bytes", "seconds", "fps", "dropped", "latency_ms")
        .containsKeys("width", "height", "colorspace", "messages", "ended", "error");
    assertThat(((Map<?, ?>) received.value("latency_ms")).keySet().toArray())
        .containsExactly("p50", "p99", "max");
    assertThat(Json.object(demo.out().get(0))).containsEntry("width", 320L);
  }
}
