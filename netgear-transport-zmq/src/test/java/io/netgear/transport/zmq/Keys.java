package io.netgear.transport.zmq;

import io.netgear.SecureMode;
import io.netgear.Security;
import io.netgear.spi.AddressRange;
import io.netgear.spi.LinkRole;
import io.netgear.spi.LinkSpec;
import io.netgear.spi.SecurityRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** Protection for the links of tests, with the keys of one directory. */
record Keys(Path directory) {
  static Keys in(Path directory) {
    return new Keys(directory);
  }

  CurveSecurity sender(SecureMode mode) {
    return CurveSecurity.of(new SecurityRequest(mode, true, directory, false, List.of()));
  }

  CurveSecurity receiver(SecureMode mode, String... allowed) {
    List<AddressRange> ranges =
        Arrays.stream(allowed).map(range -> AddressRange.of(range).orElseThrow()).toList();
    return CurveSecurity.of(new SecurityRequest(mode, false, directory, false, ranges));
  }

  /** By the role; of two that are alike, the one that connects sends frames. */
  LinkSpec secured(LinkSpec spec, SecureMode mode) {
    boolean sends =
        EnumSet.of(LinkRole.REQUEST, LinkRole.PUBLISH, LinkRole.PUSH).contains(spec.role())
            || (spec.role() == LinkRole.PAIR && !spec.bind());
    return with(spec, sends ? sender(mode) : receiver(mode));
  }

  static LinkSpec with(LinkSpec spec, Security security) {
    return new LinkSpec(
        spec.role(),
        spec.bind(),
        spec.addresses(),
        spec.queueDepth(),
        spec.maxMessageBytes(),
        security,
        spec.pool(),
        spec.events(),
        spec.ticker(),
        spec.name());
  }
}
