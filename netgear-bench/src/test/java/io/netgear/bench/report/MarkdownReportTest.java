package io.netgear.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The page for a repository and the pictures beside it. */
class MarkdownReportTest {
  private final Results results = Samples.results();

  @Test
  void shouldShowPicturesAndTables() {
    String page = MarkdownReport.of(results);

    assertThat(page)
        .contains("](encode.svg)")
        .contains("| theirs | 2.25 | 2.20 to 2.31 | 2.25 | 11.3 | 20.3 | 3000 KB | - | 40 |")
        .contains("- OpenCV: its natives");
    assertThat(page.lines().filter(line -> line.startsWith("|")))
        .allSatisfy(line -> assertThat(line).endsWith("|"));
  }

  @Test
  void shouldDrawPicturesThatStandAlone() throws Exception {
    Document picture = Xml.parse(MarkdownReport.chart(results.questions().get(0)));

    assertThat(picture.getDocumentElement().getNamespaceURI()).isNull();
    assertThat(picture.getDocumentElement().getAttribute("xmlns"))
        .isEqualTo("http://www.w3.org/2000/svg");
    assertThat(Xml.all(picture, "style")).hasSize(1);
    assertThat(Xml.all(picture, "rect"))
        .extracting(bar -> bar.getAttribute("class"))
        .containsExactly("base", "bar", "bar");
  }

  @Test
  void shouldDrawBarsAsLongAsTheRatiosAre() throws Exception {
    Document picture = Xml.parse(MarkdownReport.chart(results.questions().get(0)));

    double[] widths =
        Xml.all(picture, "rect").stream()
            .mapToDouble(bar -> Double.parseDouble(bar.getAttribute("width")))
            .toArray();
    assertThat(widths[1] / widths[0]).isBetween(2.24, 2.26);
    assertThat(widths[2] / widths[0]).isBetween(0.97, 0.99);
    assertThat(widths[1]).isLessThan(420);
  }
}
