package io.netgear.it.providers;

import io.netgear.it.process.JavaProgram;

/** The two ways on which Java finds jars, and hence plug-ins. */
enum Paths {
  MODULE_PATH,
  CLASS_PATH;

  JavaProgram program() {
    return this == MODULE_PATH ? JavaProgram.onModulePath() : JavaProgram.onClassPath();
  }
}
