package io.netgear.internal;

import io.netgear.Address;
import io.netgear.Events;
import io.netgear.Jpeg;
import io.netgear.QueuePolicy;
import io.netgear.Security;
import io.netgear.internal.providers.Codecs;
import io.netgear.spi.BufferPool;
import io.netgear.spi.Pattern;
import io.netgear.spi.Transport;
import io.netgear.spi.View;
import io.netgear.spi.WebSpec;
import java.time.Duration;
import java.util.List;

/**
 * What was asked for, checked and complete: the immutable result of a builder.
 *
 * @param name for threads and log lines; also the id that a sender puts into headers
 * @param transport who opens the link
 * @param codecs who encodes when {@code compressed}, the raw codec, and who decodes what messages
 *     name; each looked up when needed
 * @param pattern who conducts the conversation
 * @param addresses where to bind or connect, at least one
 * @param bind whether to bind
 * @param compressed whether frames (a receiver's: returned frames) are compressed or sent raw
 * @param jpeg settings of encoding
 * @param fastDct whether decoding uses the fast DCT whatever a header says: asked for at this end,
 *     not merely its default
 * @param fastUpsample whether decoding repeats colours whatever a header says: asked for at this
 *     end
 * @param bidirectional whether answers carry data
 * @param modes whether there are several senders or receivers
 * @param window frames that may be on their way without an answer, at least 1
 * @param maxRetries consecutive failures allowed; 0 for any number
 * @param requestTimeout how long to wait for an answer
 * @param idleLimit after how long without a message a receiver counts a failure; zero for never
 * @param queue what a receiver does when frames come too fast
 * @param queueDepth frames that wait, at least 1; always 1 with {@link QueuePolicy#NEWEST}
 * @param maxAge frames older than this are dropped by the receiver; zero for no limit
 * @param maxMessageBytes largest message accepted
 * @param maxPixels largest picture decoded
 * @param view what a receiver decodes of each picture
 * @param decodeAhead frames that a receiver decodes before they are asked for; 0 for none
 * @param pool memory for payloads and pixels; null for one of this end's own of {@code
 *     memoryLimitBytes}
 * @param memoryLimitBytes ceiling of an own pool
 * @param keepEncoded whether received frames also carry their encoded bytes
 * @param encodedOnly whether received frames carry only their encoded bytes, undecoded
 * @param security how the link is protected
 * @param tunnel the way to the address; null for the network's own
 * @param web how browsers are served; null for not at all
 * @param events the application's listener
 * @param explanation every option in force and where it comes from, one a line
 */
public record Settings(
    String name,
    Transport transport,
    Codecs codecs,
    Pattern pattern,
    List<Address> addresses,
    boolean bind,
    boolean compressed,
    Jpeg jpeg,
    boolean fastDct,
    boolean fastUpsample,
    boolean bidirectional,
    Modes modes,
    int window,
    int maxRetries,
    Duration requestTimeout,
    Duration idleLimit,
    QueuePolicy queue,
    int queueDepth,
    Duration maxAge,
    long maxMessageBytes,
    long maxPixels,
    View view,
    int decodeAhead,
    BufferPool pool,
    long memoryLimitBytes,
    boolean keepEncoded,
    boolean encodedOnly,
    Security security,
    Tunnelling tunnel,
    WebSpec web,
    Events events,
    String explanation) {}
