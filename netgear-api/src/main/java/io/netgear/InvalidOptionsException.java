package io.netgear;

import java.util.List;

/**
 * Everything that is wrong with the options of a sender or receiver, found together and before
 * anything was opened.
 */
public class InvalidOptionsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * With one sentence for each problem.
   *
   * @param problems at least one
   */
  public InvalidOptionsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " options are wrong:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * One sentence for each problem, naming the option, its value, what was expected and what to do.
   */
  public List<String> problems() {
    return problems;
  }
}
