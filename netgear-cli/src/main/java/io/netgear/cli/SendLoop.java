package io.netgear.cli;

import io.netgear.Frame;
import io.netgear.FrameSender;
import io.netgear.Receipt;
import io.netgear.TransportException;
import io.netgear.video.javacv.FrameSource;
import java.util.Map;
import java.util.Optional;

/** From a source to a sender, until one of them, a limit or a person ends it. */
final class SendLoop {
  private final FrameSource source;
  private final FrameSender sender;
  private final Object message;
  private final LimitFlags limits;
  private final Interruption interruption;
  private final Departures departures;
  private long returnedData;
  private long returnedFrames;
  private boolean reached;

  SendLoop(
      FrameSource source,
      FrameSender sender,
      Object message,
      LimitFlags limits,
      Interruption interruption,
      Departures departures) {
    this.source = source;
    this.sender = sender;
    this.message = message;
    this.limits = limits;
    this.interruption = interruption;
    this.departures = departures;
  }

  /** Sends frame after frame, counting those that got through. */
  Ended run(Tally tally) {
    long offered = 0;
    while (!interruption.requested()) {
      Optional<Frame> frame = source.next();
      if (interruption.requested()) {
        return Ended.GOODBYE;
      }
      if (frame.isEmpty()) {
        return unlessInVain(Ended.GOODBYE, offered);
      }
      // A frame that is due at the very end of the time belongs to the time after it.
      if (limits.timeIsUp(tally.nanos())) {
        return unlessInVain(Ended.LIMIT, offered);
      }
      Receipt receipt = send(frame.get());
      if (receipt == null) {
        return Ended.GOODBYE;
      }
      count(receipt, frame.get(), tally);
      if (departures.allLeft(sender.addresses().size())) {
        return Ended.GOODBYE;
      }
      offered++;
      if (limits.enough(offered)) {
        return unlessInVain(Ended.LIMIT, offered);
      }
    }
    return Ended.GOODBYE;
  }

  /** A publisher whom nobody hears is in good order; a sender whom nobody answered is not. */
  private Ended unlessInVain(Ended ended, long offered) {
    if (offered > 0 && !reached) {
      throw new StreamFailure(
          Ended.TIMEOUT,
          "Nobody took any of "
              + offered
              + (offered == 1 ? " frame" : " frames")
              + " at "
              + sender.addresses()
              + ". Is a receiver there? netgear doctor tells.",
          null);
    }
    return ended;
  }

  /** Null when the sender was closed under it because somebody wants to stop. */
  private Receipt send(Frame frame) {
    try {
      return sender.send(frame, message);
    } catch (TransportException e) {
      throw new StreamFailure(Ended.TIMEOUT, e.getMessage(), e);
    } catch (IllegalStateException e) {
      if (interruption.requested()) {
        return null;
      }
      throw e;
    }
  }

  private void count(Receipt receipt, Frame frame, Tally tally) {
    reached |= receipt.delivered() || receipt.status() == Receipt.Status.DROPPED;
    if (receipt.delivered()) {
      tally.frame(frame.format(), message != null);
    }
    if (receipt.status() == Receipt.Status.ACKNOWLEDGED) {
      departures.acknowledged();
    }
    returnedData += receipt.data().isPresent() ? 1 : 0;
    returnedFrames += receipt.frame().isPresent() ? 1 : 0;
  }

  void describe(Map<String, Object> summary) {
    summary.put("returned_messages", returnedData);
    summary.put("returned_frames", returnedFrames);
  }
}
