package io.netgear.plugins;

import io.netgear.Security;
import io.netgear.spi.Availability;
import io.netgear.spi.Link;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.Transport;
import java.util.EnumSet;
import java.util.Set;

/**
 * A transport that is found and named, and opens nothing. Variants of it break one promise each.
 */
public class ToyTransport implements Transport {
  /** Also called toy. */
  public static class Rival extends ToyTransport {}

  /** Cannot be made. */
  public static class Broken extends ToyTransport {
    public Broken() {
      throw new IllegalStateException("its constructor failed");
    }
  }

  /** Throws when asked for its name. */
  public static class Nameless extends ToyTransport {
    @Override
    public String name() {
      throw new UnsupportedOperationException("no name today");
    }
  }

  /** Says that it has no name. */
  public static class NullName extends ToyTransport {
    @Override
    public String name() {
      return null;
    }
  }

  /** From before the present SPI. */
  public static class Old extends ToyTransport {
    @Override
    public String name() {
      return "old";
    }

    @Override
    public int spiVersion() {
      return 0;
    }
  }

  /** Called toy, but does not work here. */
  public static class Unavailable extends ToyTransport {
    @Override
    public Availability availability() {
      return Availability.no("its library is for another system");
    }
  }

  /** Breaks the promise that asking is safe. */
  public static class Throwing extends ToyTransport {
    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public Availability availability() {
      throw new LinkageError("no such symbol");
    }
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public int spiVersion() {
    return 1;
  }

  @Override
  public Availability availability() {
    return Availability.yes("a toy");
  }

  @Override
  public Set<LinkRole> roles() {
    return EnumSet.complementOf(EnumSet.of(LinkRole.PUSH, LinkRole.PULL));
  }

  @Override
  public Set<String> protocols() {
    return Set.of("tcp");
  }

  @Override
  public boolean accepts(Security security) {
    return security == Security.NONE;
  }

  @Override
  public Link open(LinkSpec spec) {
    throw new IllegalStateException("The toy was opened.");
  }
}
