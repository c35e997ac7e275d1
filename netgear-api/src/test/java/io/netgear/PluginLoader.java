package io.netgear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A class path of its own for plug-ins: it defines the classes of {@code io.netgear.plugins} anew,
 * so that they lie outside of NetGear's module as real plug-ins do, and offers those that a test
 * registers.
 */
public final class PluginLoader extends URLClassLoader {
  private final Path folder;

  /** With {@code folder} for service files. */
  public PluginLoader(Path folder) {
    super(new URL[] {url(folder)}, PluginLoader.class.getClassLoader());
    this.folder = folder;
  }

  /** Registers providers of {@code service}. */
  public PluginLoader with(Class<?> service, Class<?>... providers) {
    StringBuilder lines = new StringBuilder();
    for (Class<?> provider : providers) {
      lines.append(provider.getName()).append('\n');
    }
    return withLines(service, lines.toString());
  }

  /** Registers whatever {@code lines} say. */
  public PluginLoader withLines(Class<?> service, String lines) {
    try {
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.writeString(services.resolve(service.getName()), lines);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.netgear.plugins.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = PluginLoader.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static URL url(Path folder) {
    try {
      return folder.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
