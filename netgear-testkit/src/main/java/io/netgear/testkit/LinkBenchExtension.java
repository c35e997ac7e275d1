package io.netgear.testkit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of a {@link TransportUnderTest} its {@link LinkBench}. */
public final class LinkBenchExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LinkBenchExtension.class);

  /** For JUnit. */
  public LinkBenchExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == LinkBench.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    TransportUnderTest subject = (TransportUnderTest) test.getRequiredTestInstance();
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(LinkBench.class, key -> new LinkBench(subject), LinkBench.class);
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    LinkBench bench = test.getStore(NAMESPACE).get(LinkBench.class, LinkBench.class);
    if (bench == null) {
      return;
    }
    bench.closeLinks();
    if (test.getExecutionException().isEmpty()) {
      bench.assertNothingLeaked();
    }
  }
}
