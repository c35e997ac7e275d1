package io.netgear.codec.turbojpeg;

import io.netgear.CodecException;
import io.netgear.spi.Availability;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One libjpeg handle and the guard of its lifetime.
 *
 * <p>The handle is used between {@link #acquire} and {@link #release} by one thread at a time; a
 * second one, or one that comes after {@link #close}, gets an IllegalStateException. Closing while
 * a call is running is quiet: the call ends first, then the handle is freed. A Cleaner frees what
 * nobody closed.
 */
final class NativeSession implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int LONGEST_TEXT = 256;

  private final String role;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;
  private final ByteBuffer text = ByteBuffer.allocateDirect(LONGEST_TEXT);

  private NativeSession(String role, long address) {
    this.role = role;
    this.handle = new Handle(address);
    this.cleanable = CLEANER.register(this, handle);
  }

  static NativeSession forEncoding() {
    return open("encoder", 0);
  }

  static NativeSession forDecoding() {
    return open("decoder", 1);
  }

  private static NativeSession open(String role, int decodes) {
    Availability availability = NativeLibrary.availability();
    if (!availability.available()) {
      throw new CodecException("The turbojpeg codec cannot work here. " + availability.detail());
    }
    long address = NativeJpeg.open(decodes);
    if (address == 0) {
      throw new CodecException("There is no native memory left for a JPEG " + role + ".");
    }
    return new NativeSession(role, address);
  }

  /** The handle, for this thread until {@link #release}. */
  long acquire() {
    if (!handle.state.compareAndSet(Handle.IDLE, Handle.BUSY)) {
      requireOpen();
      throw new IllegalStateException(
          "This JPEG " + role + " is in use by another thread: give each thread its own.");
    }
    return handle.address;
  }

  void release() {
    handle.release();
  }

  /**
   * Memory for what is remembered from frame to frame, in place of what the last call gave; it goes
   * back to the system when this is closed, or with 0 bytes. To be called by whoever has acquired
   * the handle. Gives its address, or 0 when there is none to be had.
   */
  long keep(long bytes) {
    return NativeJpeg.keep(handle.address, bytes);
  }

  void requireOpen() {
    int state = handle.state.get();
    if (state == Handle.CLOSED || state == Handle.CLOSING) {
      throw new IllegalStateException("This JPEG " + role + " is closed.");
    }
  }

  /** What went wrong in the call that just failed on the acquired handle. */
  String errorText() {
    int length = NativeJpeg.errorText(handle.address, NativeJpeg.addressOf(text), LONGEST_TEXT);
    byte[] bytes = new byte[length];
    text.get(0, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  /** What the Cleaner may hold: it must not know the session. */
  private static final class Handle implements Runnable {
    static final int IDLE = 0;
    static final int BUSY = 1;
    static final int CLOSING = 2;
    static final int CLOSED = 3;

    final AtomicInteger state = new AtomicInteger(IDLE);
    final long address;

    Handle(long address) {
      this.address = address;
    }

    void release() {
      if (!state.compareAndSet(BUSY, IDLE)) {
        state.set(CLOSED);
        NativeJpeg.close(address);
      }
    }

    /** Closes: now when idle, at the end of the running call when busy. */
    @Override
    public void run() {
      while (!state.compareAndSet(BUSY, CLOSING)) {
        if (state.compareAndSet(IDLE, CLOSED)) {
          NativeJpeg.close(address);
          return;
        }
      }
    }
  }
}
