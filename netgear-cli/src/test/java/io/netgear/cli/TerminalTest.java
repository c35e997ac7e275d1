package io.netgear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void shouldSendNoEscapesToATerminalThatSaysThatItKnowsNone() {
    assertThat(Terminal.knowsEscapes("dumb")).isFalse();
    assertThat(Terminal.knowsEscapes("xterm-256color")).isTrue();
    assertThat(Terminal.knowsEscapes(null)).isTrue();
  }
}
