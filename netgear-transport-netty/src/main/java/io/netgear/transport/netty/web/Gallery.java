package io.netgear.transport.netty.web;

import io.netgear.spi.FrameHeader;
import io.netgear.spi.PooledBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest picture, and who watches. {@link #show} is the sender's, all else belongs to the
 * link's thread; between them stands a slot for one picture.
 */
final class Gallery {
  private final int most;
  private final Executor loop;
  private final AtomicReference<Picture> arrived = new AtomicReference<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final Rate rate = new Rate();
  private Viewer[] watching = {};
  private volatile boolean watched;
  private volatile boolean closed;
  private volatile long shown;
  private volatile String unshowable;
  private Picture current;

  /**
   * @param most viewers at a time
   * @param loop the link's thread
   */
  Gallery(int most, Executor loop) {
    this.most = most;
    this.loop = loop;
  }

  /** Takes a frame; answers whether anybody watches. One thread at a time. */
  boolean show(FrameHeader header, PooledBuffer payload) {
    long number = shown + 1;
    shown = number;
    rate.tick(System.nanoTime());
    Picture picture = Picture.of(number, header, payload);
    if (picture == null) {
      complain(header);
    } else {
      unshowable = null;
      put(picture);
    }
    return watched && picture != null;
  }

  private void complain(FrameHeader header) {
    String format = header.encoding().format();
    boolean first = unshowable == null;
    unshowable =
        header.encoding().isRaw()
            ? "The sender sends raw pixels, and browsers show JPEG alone: switch compression on."
            : "The sender sends frames of format '"
                + format
                + "' that are no JPEG, and browsers show JPEG alone.";
    if (first && watched) {
      loop.execute(this::tellUnshowable);
    }
  }

  private void put(Picture picture) {
    Picture untaken = arrived.getAndSet(picture);
    if (untaken != null) {
      untaken.release();
    } else if (watched) {
      loop.execute(this::takeUp);
    }
    if (closed) {
      letGo();
    }
  }

  private void letGo() {
    Picture left = arrived.getAndSet(null);
    if (left != null) {
      left.release();
    }
  }

  private void takeUp() {
    if (renew()) {
      for (Viewer viewer : watching) {
        viewer.feed().next();
      }
    }
  }

  private boolean renew() {
    Picture newest = arrived.getAndSet(null);
    if (newest == null) {
      return false;
    }
    if (closed) {
      newest.release();
      return false;
    }
    if (current != null) {
      current.release();
    }
    current = newest;
    return true;
  }

  private void tellUnshowable() {
    String why = unshowable;
    if (why != null) {
      for (Viewer viewer : watching) {
        viewer.unshowable(why);
      }
    }
  }

  /** The newest picture, still the gallery's; null before the first one. */
  Picture current() {
    renew();
    return current;
  }

  /** Why the newest frame cannot be shown; null when it can. */
  String unshowable() {
    return unshowable;
  }

  /** How many frames there were. */
  long shown() {
    return shown;
  }

  double perSecond() {
    return rate.perSecond(System.nanoTime());
  }

  List<Viewer> viewers() {
    return List.of(watching);
  }

  /** Whether one more may watch. */
  boolean hasRoom() {
    return viewers.size() < most && !closed;
  }

  int most() {
    return most;
  }

  /** Watches from now on, beginning with the newest picture. */
  void join(Viewer viewer) {
    viewers.add(viewer);
    changed();
    if (unshowable != null) {
      viewer.unshowable(unshowable);
    }
    viewer.feed().next();
  }

  void leave(Viewer viewer) {
    viewers.remove(viewer);
    changed();
  }

  private void changed() {
    watching = viewers.toArray(Viewer[]::new);
    watched = watching.length > 0;
  }

  void turn() {
    for (Viewer viewer : watching) {
      viewer.turn();
    }
  }

  /** Sends everybody away and gives the picture back. */
  void close() {
    closed = true;
    for (Viewer viewer : watching) {
      viewer.end();
    }
    letGo();
    if (current != null) {
      current.release();
      current = null;
    }
  }
}
