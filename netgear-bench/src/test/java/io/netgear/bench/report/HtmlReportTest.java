package io.netgear.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The page is whole, needs nothing from elsewhere, and can be read without seeing it. */
class HtmlReportTest {
  private final String page = HtmlReport.of(Samples.results());

  @Test
  void shouldBeWellFormed() throws Exception {
    Document document = Xml.parse(page);

    assertThat(document.getDocumentElement().getTagName()).isEqualTo("html");
    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("How long does <it> take?")
        .contains("2 x Some <CPU> & Co")
        .contains("its natives could not be loaded (a \"reason\").")
        .contains("synthetic | pictures");
  }

  @Test
  void shouldNeedNothingFromElsewhere() throws Exception {
    Document document = Xml.parse(page);

    for (String name : List.of("script", "link", "img", "iframe", "object", "image", "use")) {
      assertThat(Xml.all(document, name)).as(name).isEmpty();
    }
    assertThat(page).doesNotContain("://", "url(", "@import", " src=", " href=");
  }

  @Test
  void shouldSayInWordsWhatItsChartsShow() throws Exception {
    Document document = Xml.parse(page);

    List<Element> charts = Xml.all(document, "svg");
    assertThat(charts).hasSize(1);
    assertThat(charts.get(0).getAttribute("role")).isEqualTo("img");
    String[] names = charts.get(0).getAttribute("aria-labelledby").split(" ", -1);
    assertThat(Xml.one(document, names[0]).getTextContent()).isEqualTo("How long does <it> take?");
    assertThat(Xml.one(document, names[1]).getTextContent())
        .contains("theirs 2.25")
        .contains("in C 0.98");
  }

  @Test
  void shouldNameTheRowsAndColumnsOfItsTables() throws Exception {
    Document document = Xml.parse(page);

    assertThat(Xml.all(document, "table"))
        .hasSize(2)
        .allSatisfy(
            table -> {
              assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
              int rows = table.getElementsByTagName("tr").getLength();
              int columns = table.getElementsByTagName("tr").item(0).getChildNodes().getLength();
              assertThat(table.getElementsByTagName("th").getLength())
                  .isEqualTo(columns + rows - 1);
            });
    assertThat(Xml.all(document, "th"))
        .allSatisfy(cell -> assertThat(cell.getAttribute("scope")).isIn("row", "col"))
        .allSatisfy(cell -> assertThat(cell.getTextContent()).isNotBlank());
  }

  @Test
  void shouldSuitLightDarkAndNarrowScreens() {
    assertThat(page)
        .contains("prefers-color-scheme: dark")
        .contains("width=device-width")
        .contains("overflow-x: auto");
  }

  @Test
  void shouldTellRatiosBeforeTimes() {
    assertThat(page.indexOf(">ratio<")).isBetween(0, page.indexOf(">ms a frame<"));
    assertThat(page.indexOf("theirs 2.25")).isBetween(0, page.indexOf(">ratio<"));
  }
}
