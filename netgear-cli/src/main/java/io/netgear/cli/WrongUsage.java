package io.netgear.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with a command line that could not be read. */
final class WrongUsage {
  private WrongUsage() {}

  static String sentence(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    if (wrong instanceof MissingParameterException missing
        && !missing.getMissing().isEmpty()
        && missing.getMissing().get(0) instanceof OptionSpec flag) {
      return flag.longestName() + " needs a value: " + flag.paramLabel() + ".";
    }
    if (wrong instanceof OverwrittenOptionException twice
        && twice.getOverwritten() instanceof OptionSpec flag) {
      return flag.longestName() + " is given twice: leave one out.";
    }
    ArgSpec asked = wrong.getArgSpec();
    if (asked != null && wrong.getValue() != null) {
      return asked instanceof OptionSpec flag
          ? flag.longestName() + " is " + expected(asked) + ", got '" + wrong.getValue() + "'."
          : "Expected " + expected(asked) + ", got '" + wrong.getValue() + "'.";
    }
    return wrong.getMessage();
  }

  private static String unknown(UnmatchedArgumentException wrong) {
    String word = wrong.getUnmatched().isEmpty() ? "" : wrong.getUnmatched().get(0);
    String what =
        word.startsWith("-")
            ? "There is no flag '" + word + "'"
            : wrong.getCommandLine().getParent() == null
                ? "There is no command '" + word + "'"
                : "'" + word + "' belongs to no flag";
    List<String> alike = wrong.getSuggestions();
    return what
        + (!alike.isEmpty()
            ? "; did you mean " + alike.get(0) + "?"
            : word.startsWith("--")
                    && wrong.getCommandLine().getCommandSpec().findOption("-o") != null
                ? "; an option without a flag of its own is given as --option name=value."
                : ".");
  }

  private static String expected(ArgSpec flag) {
    Class<?> type = flag.type();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
    return type == Long.class ? "a whole number" : type == Double.class ? "a number" : "a value";
  }
}
