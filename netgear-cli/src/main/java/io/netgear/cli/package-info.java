/** The {@code netgear} command; docs/command.md describes it. */
package io.netgear.cli;
