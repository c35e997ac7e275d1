package io.netgear.testkit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of a {@link PatternUnderTest} its {@link PatternBench}. */
public final class PatternBenchExtension implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PatternBenchExtension.class);

  /** For JUnit. */
  public PatternBenchExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == PatternBench.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    PatternUnderTest subject = (PatternUnderTest) test.getRequiredTestInstance();
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            PatternBench.class, key -> new PatternBench(subject.pattern()), PatternBench.class);
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    PatternBench bench = test.getStore(NAMESPACE).get(PatternBench.class, PatternBench.class);
    if (bench == null) {
      return;
    }
    bench.close();
    if (test.getExecutionException().isEmpty()) {
      bench.assertNothingLeaked();
    }
  }
}
