package io.netgear.build;

import java.util.Collections;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;
import org.apache.maven.lifecycle.Lifecycle;

/**
 * A Maven lifecycle with the single phase {@code jmh} and nothing bound to it by default, so that
 * {@code mvn -pl netgear-bench jmh} runs whatever that module's pom binds there.
 */
@Named("jmh")
@Singleton
public final class JmhLifecycle implements Provider<Lifecycle> {

  @Override
  public Lifecycle get() {
    return new Lifecycle("jmh", Collections.singletonList("jmh"), Collections.emptyMap());
  }
}
