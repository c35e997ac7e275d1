package io.netgear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the pages for plug-in authors is the code that is compiled and tested here. */
class DocumentationTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern QUOTE =
      Pattern.compile("<!-- from (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldQuoteTheCodecAsItIs() throws IOException {
    assertQuotesSources("writing-a-codec.md", 4);
  }

  @Test
  void shouldQuoteTheTransportAsItIs() throws IOException {
    assertQuotesSources("writing-a-transport.md", 3);
  }

  private static void assertQuotesSources(String page, int atLeast) throws IOException {
    String text = Files.readString(MODULE.resolveSibling("docs").resolve(page));
    Matcher quote = QUOTE.matcher(text);
    int quotes = 0;
    while (quote.find()) {
      String source = Files.readString(MODULE.resolve("src/test/java").resolve(quote.group(1)));
      assertThat(source).as("%s, quoted by %s", quote.group(1), page).contains(quote.group(2));
      quotes++;
    }
    assertThat(quotes).as("quotations in %s", page).isGreaterThanOrEqualTo(atLeast);
  }
}
