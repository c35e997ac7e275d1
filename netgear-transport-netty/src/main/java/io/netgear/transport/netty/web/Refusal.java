package io.netgear.transport.netty.web;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why a request is not answered.
 *
 * @param status its number
 * @param sentence for whoever asked
 * @param told whether the link's owner is told too: somebody tried what is not allowed
 */
record Refusal(HttpResponseStatus status, String sentence, boolean told) {}
