package io.netgear.testkit;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link LeakChecked} does; use that. */
public final class LeakCheckExtension implements ParameterResolver, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakCheckExtension.class);

  /** For JUnit. */
  public LeakCheckExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == LeakCheckingPool.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            LeakCheckingPool.class, key -> new LeakCheckingPool(), LeakCheckingPool.class);
  }

  @Override
  public void afterEach(ExtensionContext test) throws InterruptedException {
    LeakCheckingPool pool =
        test.getStore(NAMESPACE).get(LeakCheckingPool.class, LeakCheckingPool.class);
    if (pool != null && test.getExecutionException().isEmpty()) {
      pool.awaitNothingLent(PATIENCE);
    }
  }
}
