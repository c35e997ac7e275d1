package io.netgear.transport.netty.web;

import java.util.Locale;

/** The few JSON texts that viewers are sent. */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  static String greeting(String name) {
    return "{\"type\":\"hello\",\"name\":" + quoted(name) + "}";
  }

  /**
   * @param asked the viewer's own time, given back as it was
   */
  static String time(String asked) {
    return "{\"type\":\"time\",\"of\":" + number(asked) + ",\"now\":" + millis() + "}";
  }

  /** A number may not begin with a zero that stands for nothing. */
  private static String number(String digits) {
    return Double.toString(Double.parseDouble(digits));
  }

  private static String millis() {
    long micros = io.netgear.spi.Ticker.SYSTEM.epochMicros();
    return String.format(Locale.ROOT, "%d.%03d", micros / 1_000, micros % 1_000);
  }

  static String unshowable(String why) {
    return "{\"type\":\"unshowable\",\"why\":" + quoted(why) + "}";
  }

  /** What /stats answers. */
  static String stats(String name, Gallery gallery, Counts counts) {
    StringBuilder json = new StringBuilder(512);
    json.append("{\"name\":").append(quoted(name));
    json.append(",\"frames\":").append(gallery.shown());
    json.append(",\"fps\":").append(tenth(gallery.perSecond()));
    Picture picture = gallery.unshowable() == null ? gallery.current() : null;
    json.append(",\"picture\":");
    if (picture == null) {
      json.append("null");
    } else {
      long age = io.netgear.spi.Ticker.SYSTEM.epochMicros() - picture.header().sentMicros();
      json.append("{\"sequence\":").append(picture.header().sequence());
      json.append(",\"width\":").append(picture.size().width());
      json.append(",\"height\":").append(picture.size().height());
      json.append(",\"bytes\":").append(picture.length());
      json.append(",\"sender\":").append(quoted(picture.header().senderId()));
      json.append(",\"age_ms\":").append(tenth(age / 1e3)).append('}');
    }
    String why = gallery.unshowable();
    json.append(",\"unshowable\":").append(why == null ? "null" : quoted(why));
    json.append(",\"most_viewers\":").append(gallery.most());
    json.append(",\"viewers\":[");
    String separator = "";
    for (Viewer viewer : gallery.viewers()) {
      json.append(separator).append("{\"kind\":").append(quoted(viewer.kind()));
      json.append(",\"sent\":").append(viewer.feed().sent());
      json.append(",\"dropped\":").append(viewer.feed().missed());
      json.append(",\"fps\":").append(tenth(viewer.feed().perSecond())).append('}');
      separator = ",";
    }
    json.append("],\"requests\":").append(counts.requests());
    json.append(",\"refused\":").append(counts.refused());
    return json.append("}\n").toString();
  }

  private static String tenth(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE || c > '~' || c == '<' || c == '>' || c == '&') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
