/**
 * Frame compression by example. A server reads a video and sends it, its client shows it; start the
 * client first or within a few seconds of the server. q in the window ends a client, Ctrl+C either.
 */
package io.netgear.examples.seed;
