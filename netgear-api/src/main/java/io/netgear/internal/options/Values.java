package io.netgear.internal.options;

import io.netgear.SecureMode;
import io.netgear.internal.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The options that were given, read into their types, with all that was wrong with them. */
final class Values {
  private final Draft draft;
  private final Map<Option, Object> values = new EnumMap<>(Option.class);
  private final Map<Option, String> origins = new EnumMap<>(Option.class);
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> withoutEffect = new ArrayList<>();

  Values(Draft draft) {
    this.draft = draft;
    for (String key : draft.unknown()) {
      String hint = Nearest.hint(key, Option.keys());
      wrong(
          "There is no option '"
              + key
              + "'."
              + (hint.isEmpty() ? " docs/options.md lists all there are." : hint));
    }
    draft.given().forEach(this::read);
    if (!withoutEffect.isEmpty()) {
      warnings.add(
          "Accepted for the sake of Python's dictionaries, but without effect here: "
              + String.join(", ", withoutEffect)
              + ".");
    }
  }

  private void read(Option option, Draft.Given given) {
    Object value = option.kind().read(given.value());
    if (value == null) {
      refuse(option, "expected " + option.accepts());
    } else if (option.group() == Option.Group.IGNORED) {
      if (option != Option.LOGGING) { // part of nearly every dictionary, and harmless
        withoutEffect.add(option.key());
      }
      origins.put(option, "accepted, without effect");
    } else if (!option.concerns(draft.end())) {
      warnings.add(named(option) + " has no effect at a " + draft.end().label() + ".");
      origins.put(option, "accepted, without effect at a " + draft.end().label());
    } else {
      values.put(option, value);
      origins.put(option, given.setter() == null ? "option" : "set by " + given.setter() + "()");
    }
  }

  /** The value given for {@code option}, or {@code fallback}. */
  <T> T get(Option option, Class<T> type, T fallback) {
    Object value = values.get(option);
    return type.isInstance(value) ? type.cast(value) : fallback;
  }

  /** A flag that was given, else false. */
  boolean flag(Option option) {
    return get(option, Boolean.class, false);
  }

  /** Whether a valid value was given. */
  boolean has(Option option) {
    return values.containsKey(option);
  }

  /**
   * Whether something was asked for that is not the same as leaving it out: not false, not 0, not a
   * scale of 1.
   */
  boolean asks(Option option) {
    Object value = values.get(option);
    return value != null
        && !value.equals(false)
        && !value.equals(0L)
        && !(option == Option.DECODE_SCALE && value.equals(1))
        && value != SecureMode.NONE;
  }

  /** Where the value comes from; {@code otherwise} when none was given. */
  String origin(Option option, String otherwise) {
    return origins.getOrDefault(option, otherwise);
  }

  /**
   * Refuses the value of an option: a problem, or where that is allowed a warning and the default.
   */
  void refuse(Option option, String why) {
    String sentence = named(option) + " is " + shown(option) + ", " + why;
    if (draft.isLenient() && !option.isSecurity()) {
      values.remove(option);
      origins.put(option, "default, since " + shown(option) + " was refused");
      warnings.add(sentence + ": taking the default (" + option.byDefault() + ").");
    } else {
      String remedy = "change it, or leave it out for the default (" + option.byDefault() + ").";
      problems.add(sentence + ": " + remedy);
    }
  }

  /** Whether wrong values fall back to defaults. */
  boolean isLenient() {
    return draft.isLenient();
  }

  /** A problem, whatever the leniency. */
  void problem(String sentence) {
    problems.add(sentence);
  }

  private void wrong(String sentence) {
    (draft.isLenient() ? warnings : problems).add(sentence);
  }

  List<String> problems() {
    return problems;
  }

  List<String> warnings() {
    return warnings;
  }

  /** The value as it was given, text or number; null when none was, or when it was refused. */
  Object asGiven(Option option) {
    return has(option) ? draft.given().get(option).value() : null;
  }

  /** {@code Option 'x'}, with the method that set it. */
  String named(Option option) {
    Draft.Given given = draft.given().get(option);
    boolean bySetter =
        given != null && given.setter() != null && !given.setter().equals(option.key());
    return "Option '" + option.key() + "'" + (bySetter ? " (set by " + given.setter() + "())" : "");
  }

  /** The value as it was given, fit for eyes and logs. */
  String shown(Option option) {
    return option.isSecret() ? "(hidden)" : shown(draft.given().get(option).value());
  }

  /** A value fit for eyes and logs: text in quotes, nothing endless. */
  static String shown(Object value) {
    String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
