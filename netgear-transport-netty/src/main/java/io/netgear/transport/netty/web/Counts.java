package io.netgear.transport.netty.web;

/** How many requests came, and how many of them were refused. Belongs to the link's thread. */
final class Counts {
  private long requests;
  private long refused;

  void came() {
    requests++;
  }

  void wasRefused() {
    refused++;
  }

  long requests() {
    return requests;
  }

  long refused() {
    return refused;
  }
}
