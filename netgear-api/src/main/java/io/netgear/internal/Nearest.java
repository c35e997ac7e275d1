package io.netgear.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a mistyped one was meant to be. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name that takes the fewest changes of a letter (swapped neighbours count as one),
   * upper and lower case and {@code _} and {@code -} being the same.
   *
   * @return empty when even the best differs in more than a third of its letters
   */
  public static Optional<String> to(String typed, Collection<String> known) {
    String plain = plain(typed);
    String best = null;
    int bestChanges = Integer.MAX_VALUE;
    for (String name : known) {
      int changes = changes(plain, plain(name));
      if (changes < bestChanges) {
        best = name;
        bestChanges = changes;
      }
    }
    return best != null && bestChanges <= Math.max(1, best.length() / 3)
        ? Optional.of(best)
        : Optional.empty();
  }

  /** {@code " Did you mean 'x'?"}, or nothing. */
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map(name -> " Did you mean '" + name + "'?").orElse("");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static int changes(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
