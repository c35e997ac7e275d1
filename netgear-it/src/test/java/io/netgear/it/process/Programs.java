package io.netgear.it.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts programs for a test and sees to it that none of them outlives it. */
public final class Programs implements AfterEachCallback {
  private final Queue<RunningProgram> started = new ConcurrentLinkedQueue<>();

  /** Starts {@code netgear} with {@code args} on the module path. */
  public RunningProgram netgear(String... args) {
    return start(JavaProgram.onModulePath(), args);
  }

  /** Starts {@code program} with {@code args}. */
  public RunningProgram start(JavaProgram program, String... args) {
    RunningProgram running = RunningProgram.start(program.commandLine(List.of(args)));
    started.add(running);
    return running;
  }

  /** Starts {@code netgear} with {@code args} in a network namespace. */
  public RunningProgram inNamespace(String namespace, String... args) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    line.addAll(JavaProgram.onModulePath().commandLine(List.of(args)));
    RunningProgram running = RunningProgram.start(line);
    started.add(running);
    return running;
  }

  /** A receiver that checks the test pattern at a free port of the loopback interface. */
  public Receiver receiver(String... args) {
    return receiver(JavaProgram.onModulePath(), args);
  }

  /** A receiver as {@code program}, once it waits for senders. */
  public Receiver receiver(JavaProgram program, String... args) {
    return receiverAt("tcp://127.0.0.1:0", program, args);
  }

  /** A receiver as {@code program} bound to {@code address}, once it waits for senders. */
  public Receiver receiverAt(String address, JavaProgram program, String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "recv";
    all[1] = "--bind";
    all[2] = address;
    all[3] = "--json-events";
    System.arraycopy(args, 0, all, 4, args.length);
    return Receiver.ready(start(program, all));
  }

  /** A sender to {@code receiver}, which tells its summary as JSON. */
  public RunningProgram sender(Receiver receiver, String... args) {
    return sender(JavaProgram.onModulePath(), receiver, args);
  }

  /** A sender as {@code program} to {@code receiver}, which tells its summary as JSON. */
  public RunningProgram sender(JavaProgram program, Receiver receiver, String... args) {
    String[] all = new String[args.length + 4];
    all[0] = "send";
    all[1] = "--connect";
    all[2] = receiver.address();
    all[3] = "--json-events";
    System.arraycopy(args, 0, all, 4, args.length);
    return start(program, all);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(RunningProgram::close);
    started.clear();
  }
}
