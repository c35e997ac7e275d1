/** Browsers as viewers of what a link publishes: HTTP and WebSocket at the link's own port. */
package io.netgear.transport.netty.web;
