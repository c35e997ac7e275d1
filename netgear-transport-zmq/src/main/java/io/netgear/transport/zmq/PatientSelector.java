package io.netgear.transport.zmq;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The JDK's selector with three habits that JeroMQ's loop needs: it lets other threads run when it
 * is asked again at once, it allocates nothing when it is asked, and it fills large parts ({@link
 * BulkChannel}) without asking JeroMQ.
 *
 * <p>JeroMQ wakes a thread by writing a byte to a pipe and counting it afterwards. A thread that
 * wakes in between sees the byte, does not believe it, and asks again. Where the writer has lost
 * its processor to the very thread that it woke, as happens whenever all processors are busy, that
 * went on for a whole time slice: 3 ms and 3000 turns for each message, measured on two cores.
 *
 * <p>Keys are pairs, one for JeroMQ and one of the JDK's selector. The JDK lets go of a closed
 * socket with the last key that is deregistered at its own selector, so ours always goes first.
 *
 * <p>As for any selector, one thread selects and reads the selected keys; register, wakeup and
 * close come from anywhere.
 */
final class PatientSelector extends AbstractSelector {
  /** A turn that takes less did no work: even an empty read or write of a socket takes longer. */
  private static final long IDLE_TURN_NS = 5_000;

  private static final int TURNS_BEFORE_YIELDING = 2;
  private static final int TURNS_BEFORE_PARKING = 20;
  private static final long PARK_NS = 20_000;

  private final Selector jdk;
  private final Set<SelectionKey> keys = ConcurrentHashMap.newKeySet();
  private final Selected selected = new Selected();
  private final Consumer<SelectionKey> onReady = selected::add;
  private final Runnable onSelecting;
  private long lastReturnNs;
  private int idleTurns;

  /** Somebody wants the thread back; to be forgotten only when it has been seen. */
  private volatile boolean woken;

  PatientSelector(SelectorProvider provider) throws IOException {
    this(provider, () -> {});
  }

  /**
   * @param onSelecting called before each selection, by the thread that selects
   */
  PatientSelector(SelectorProvider provider, Runnable onSelecting) throws IOException {
    super(provider);
    this.onSelecting = onSelecting;
    jdk = provider.openSelector();
  }

  @Override
  protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
    Key key = new Key(channel);
    key.attach(attachment);
    try {
      key.inner = BulkChannel.inner(channel).register(jdk, ops, key);
    } catch (ClosedChannelException e) {
      // The channel's lock is held here, and it was open when that was taken.
      throw new ClosedSelectorException();
    }
    keys.add(key);
    return key;
  }

  @Override
  public int select(long timeoutMs) throws IOException {
    return selectPatiently(timeoutMs, false);
  }

  @Override
  public int select() throws IOException {
    return selectPatiently(0, false);
  }

  @Override
  public int selectNow() throws IOException {
    return selectPatiently(0, true);
  }

  private int selectPatiently(long timeoutMs, boolean now) throws IOException {
    if (!isOpen()) {
      throw new ClosedSelectorException();
    }
    onSelecting.run();
    letOthersRun();
    letGoOfCancelled();
    selected.clear();
    long begunNs = System.nanoTime();
    long leftMs = timeoutMs;
    boolean again = true;
    while (again) {
      int ready = now ? jdk.selectNow(onReady) : jdk.select(onReady, leftMs);
      selected.dropFilling();
      lastReturnNs = System.nanoTime();
      again = ready > 0 && selected.isEmpty() && !now && !wasWoken();
      if (timeoutMs > 0) {
        leftMs = timeoutMs - TimeUnit.NANOSECONDS.toMillis(lastReturnNs - begunNs);
        again &= leftMs > 0;
      }
    }
    return selected.size();
  }

  private boolean wasWoken() {
    boolean was = woken;
    woken = false;
    return was;
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // a hint is all that is meant: parking follows where it does not help
  private void letOthersRun() {
    idleTurns = System.nanoTime() - lastReturnNs < IDLE_TURN_NS ? idleTurns + 1 : 0;
    if (idleTurns > TURNS_BEFORE_PARKING) {
      LockSupport.parkNanos(PARK_NS);
    } else if (idleTurns > TURNS_BEFORE_YIELDING) {
      Thread.yield();
    }
  }

  private void letGoOfCancelled() {
    Set<SelectionKey> cancelled = cancelledKeys();
    synchronized (cancelled) {
      if (!cancelled.isEmpty()) {
        cancelled.forEach(key -> letGo((Key) key));
        cancelled.clear();
      }
    }
  }

  private void letGo(Key key) {
    keys.remove(key);
    deregister(key);
    key.inner.cancel();
  }

  @Override
  public Set<SelectionKey> keys() {
    return Collections.unmodifiableSet(keys);
  }

  @Override
  public Set<SelectionKey> selectedKeys() {
    return selected;
  }

  @Override
  public Selector wakeup() {
    woken = true;
    jdk.wakeup();
    return this;
  }

  @Override
  protected void implCloseSelector() throws IOException {
    jdk.wakeup();
    for (SelectionKey key : keys) {
      key.cancel();
      letGo((Key) key);
    }
    jdk.close();
  }

  /** What JeroMQ holds; {@link #inner} is attached to its counterpart at the JDK's selector. */
  private final class Key extends AbstractSelectionKey {
    private final SelectableChannel channel;
    private SelectionKey inner;

    Key(SelectableChannel channel) {
      this.channel = channel;
    }

    @Override
    public SelectableChannel channel() {
      return channel;
    }

    @Override
    public Selector selector() {
      return PatientSelector.this;
    }

    @Override
    public int interestOps() {
      return inner.interestOps();
    }

    @Override
    public SelectionKey interestOps(int ops) {
      inner.interestOps(ops);
      return this;
    }

    @Override
    public int readyOps() {
      return inner.readyOps();
    }
  }

  /**
   * The keys of one selection, in a list and an iterator that are used again: one reader, which
   * does not nest.
   */
  private static final class Selected extends AbstractSet<SelectionKey> {
    private final List<SelectionKey> list = new ArrayList<>();
    private final Reading reading = new Reading(list);

    /** For the JDK's selector, which gives its own keys. */
    @Override
    public boolean add(SelectionKey inner) {
      return list.add((SelectionKey) inner.attachment());
    }

    /** Those for which something came that JeroMQ need not see yet. */
    void dropFilling() {
      for (int i = list.size() - 1; i >= 0; i--) {
        if (isFilling((Key) list.get(i))) {
          list.remove(i);
        }
      }
    }

    private static boolean isFilling(Key key) {
      return key.channel instanceof BulkChannel bulk
          && bulk.isFilling()
          && key.isValid()
          && key.readyOps() == SelectionKey.OP_READ
          && !bulk.fill();
    }

    @Override
    public Iterator<SelectionKey> iterator() {
      reading.next = 0;
      return reading;
    }

    @Override
    public void clear() {
      list.clear();
    }

    @Override
    public int size() {
      return list.size();
    }
  }

  private static final class Reading implements Iterator<SelectionKey> {
    private final List<SelectionKey> list;
    private int next;

    Reading(List<SelectionKey> list) {
      this.list = list;
    }

    @Override
    public boolean hasNext() {
      return next < list.size();
    }

    @Override
    public SelectionKey next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return list.get(next++);
    }

    @Override
    public void remove() {
      list.remove(--next);
    }
  }
}
