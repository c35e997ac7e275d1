/** The codec for frames that travel as they are. */
package io.netgear.internal.raw;
