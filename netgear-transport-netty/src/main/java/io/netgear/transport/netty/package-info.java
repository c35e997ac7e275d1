/** The transport {@code netty}: the wire of ZeroMQ through tcp and Unix domain sockets. */
package io.netgear.transport.netty;
