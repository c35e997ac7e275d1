package io.netgear.examples.seed;

import io.netgear.FrameReceiver;
import io.netgear.NetGear;
import io.netgear.ReceivedFrame;
import io.netgear.ReceiverBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * Shows what a server on another machine sends. Arguments: this machine's IP address (every
 * interface if left out) and the port to listen at.
 */
public final class VariableParametersClient {
  private VariableParametersClient() {}

  /** Runs it. */
  public static void main(String... args) {
    Failures.inOneSentence();
    String address = args.length > 0 ? args[0] : "*";
    String port = args.length > 1 ? args[1] : "5454";

    try (FrameReceiver client = client(address, port).open();
        Output output = Output.open("Output Frame")) {
      CtrlC.closes(client::close);
      receive(client, output);
      System.out.println("Received " + client.stats().delivered() + " frames.");
    }
  }

  static ReceiverBuilder client(String address, String port) {
    Map<String, Object> options =
        Map.of("address", address, "port", port, "protocol", "tcp", "pattern", 1);
    return NetGear.receiver().options(options);
  }

  static void receive(FrameReceiver client, Output output) {
    while (!client.ended() && !output.isClosed()) {
      try (ReceivedFrame received = client.recv(Duration.ofSeconds(1)).orElse(null)) {
        if (received != null) {
          // {do something with the frame here}

          output.show(received.frame(), received.message());
        }
      }
    }
  }
}
