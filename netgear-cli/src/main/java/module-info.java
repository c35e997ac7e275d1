/** The {@code netgear} command. */
module io.netgear.cli {
  requires info.picocli;
  requires io.netgear;
  // for the keys of their secure links alone; without them the other commands work
  requires static io.netgear.transport.netty;
  requires static io.netgear.transport.zmq;
  requires io.netgear.video.javacv;
  requires jdk.management;
  requires tools.jackson.core;

  opens io.netgear.cli to
      info.picocli;

  provides System.LoggerFinder with
      io.netgear.cli.StandardErrorLoggers;
}
