package io.netgear.cli;

import io.netgear.Address;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options that an end would have, read from the lines in which it explains them. */
final class InForce {
  private static final String EQUALS = " = ";
  private static final String ORIGIN = "  (";

  private final Map<String, String> values = new HashMap<>();

  private InForce(String explanation) {
    explanation
        .lines()
        .filter(line -> line.contains(EQUALS) && line.contains(ORIGIN))
        .forEach(this::read);
  }

  /** Of what {@code EndpointBuilder.explain} says. */
  static InForce of(String explanation) {
    return new InForce(explanation);
  }

  private void read(String line) {
    int equals = line.indexOf(EQUALS);
    String value = line.substring(equals + EQUALS.length(), line.lastIndexOf(ORIGIN));
    values.put(line.substring(0, equals).strip(), value.strip());
  }

  /**
   * The value of an option.
   *
   * @throws IllegalStateException if the explanation has none
   */
  String value(String option) {
    String value = values.get(option);
    if (value == null) {
      throw new IllegalStateException("Option " + option + " is not among " + values.keySet());
    }
    return value;
  }

  List<Address> addresses() {
    return Arrays.stream(value("address").split(", ", -1)).map(Address::parse).toList();
  }

  boolean binds() {
    return Boolean.parseBoolean(value("bind"));
  }

  boolean secure() {
    return !value("security").equals("none");
  }
}
