package io.netgear.examples.seed;

import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import java.time.Duration;

/**
 * Shows what the server sends, in the server's colour space, which needs no mention here. Argument:
 * the address to listen at.
 */
public final class VariableColorspaceClient {
  private VariableColorspaceClient() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String address = args.length > 0 ? args[0] : "tcp://127.0.0.1:5555";

    try (FrameReceiver client = client(address).open();
        Output output = Output.open("Output Grayscale Frame")) {
      CtrlC.closes(client::close);
      receive(client, output);
      System.out.println("Received " + client.stats().delivered() + " frames.");
    }
  }

  static ReceiverBuilder client(String address) {
    return NetGear.receiver(address).pattern(1);
  }

  static void receive(FrameReceiver client, Output output) {
    while (!client.ended() && !output.isClosed()) {
      try (ReceivedFrame received = client.recv(Duration.ofSeconds(1)).orElse(null)) {
        if (received != null) {
          // {do something with the gray frame here}

          output.show(received.frame(), received.message());
        }
      }
    }
  }
}
