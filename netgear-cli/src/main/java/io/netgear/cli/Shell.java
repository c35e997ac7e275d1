package io.netgear.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What surrounds a command.
 *
 * @param in standard input
 * @param out for results
 * @param err for progress and complaints
 * @param interruption how a person stops the command
 * @param terminal whether {@code err} is a terminal, and so may show a line that changes
 */
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Interruption interruption,
    boolean terminal) {}
