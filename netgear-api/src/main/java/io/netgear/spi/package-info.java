/**
 * What plug-ins implement: transports, codecs and patterns, and the few things that they work with.
 */
package io.netgear.spi;
