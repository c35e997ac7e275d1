package io.netgear.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netgear.it.process.Json;
import io.netgear.it.process.Ports;
import io.netgear.it.process.Programs;
import io.netgear.it.process.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, with the command that serves it in a process of its own. */
@Timeout(240)
class BrowserIT {
  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static final String TOKEN = "open-sesame-0123456789";

  /** The number that the test pattern shows, by its blocks in the upper left. */
  private static final String NUMBER_SHOWN =
      "(() => { const pen = document.getElementById('picture').getContext('2d'); let n = 0;"
          + " for (let b = 0; b < 16; b++)"
          + " if (pen.getImageData(16 * b + 8, 8, 1, 1).data[1] > 127) n += 1 << b; return n; })()";

  /** What the page says of itself; nothing yet while it loads. */
  private static final String PICTURES =
      "Number(document.getElementById('stage')?.dataset.pictures ?? 0)";

  private static final String SEQUENCE =
      "Number(document.getElementById('stage')?.dataset.sequence)";
  private static final String STATE = "document.getElementById('status')?.dataset.state";

  @RegisterExtension final Programs programs = new Programs();

  private RunningProgram sender(int port, String source, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of("send", "--web", "--bind", "tcp://127.0.0.1:" + port, "--source", source));
    args.addAll(List.of("--json-events", "--name", "front door"));
    args.addAll(List.of(flags));
    return programs.netgear(args.toArray(String[]::new));
  }

  private static String page(RunningProgram sender) {
    List<?> pages = (List<?>) Json.object(sender.awaitLine("\"event\":\"ready\"")).get("web");
    return pages.get(0).toString();
  }

  @Test
  void shouldShowTheMovingPictureAndItsFigures() {
    try (Tab tab = CHROMIUM.open(page(sender(0, "test:320x240@30")), 1280, 800)) {
      tab.until(PICTURES + " > 20 && " + STATE + " === 'live'");
      long before = tab.number(NUMBER_SHOWN);
      assertThat(tab.is(NUMBER_SHOWN + " === " + SEQUENCE + " % 65536"))
          .as("the picture is the one that was told")
          .isTrue();
      tab.until(SEQUENCE + " > " + (before + 10));
      assertThat(tab.number(NUMBER_SHOWN)).isGreaterThan(before);
      assertThat(tab.value("document.getElementById('size').textContent")).isEqualTo("320 × 240");
      assertThat(tab.value("document.getElementById('name').textContent")).isEqualTo("front door");
      tab.until("Number(document.getElementById('fps').textContent) > 1");
      tab.until("/^\\d+$/.test(document.getElementById('age').textContent)");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void shouldObeyTheKeyboard() {
    try (Tab tab = CHROMIUM.open(page(sender(0, "test:320x240@30")), 1280, 800)) {
      tab.until(PICTURES + " > 5");
      tab.press(" ");
      tab.until(STATE + " === 'paused'");
      tab.until("!busy && waiting.length > 0");
      long paused = tab.number(PICTURES);
      assertThat(tab.number(PICTURES)).isEqualTo(paused);
      tab.press(" ");
      tab.until(PICTURES + " > " + (paused + 5));
      tab.press("f");
      tab.until(
          "document.body.classList.contains('filled') && document.fullscreenElement !== null");
      tab.press("f");
      tab.until("!document.body.classList.contains('filled')");
      tab.until("document.fullscreenElement === null");
      tab.press("?");
      tab.until("document.getElementById('keys').open");
      assertThat(tab.value("[...document.querySelectorAll('nav button')].every(b => b.ariaLabel)"))
          .isEqualTo(true);
    }
  }

  @Test
  void shouldFindItsWayBackWhenTheSenderRestarts() {
    int port = Ports.free();
    RunningProgram first = sender(port, "test:320x240@30");
    try (Tab tab = CHROMIUM.open(page(first), 1280, 800)) {
      tab.until(PICTURES + " > 5");
      first.kill();
      tab.until(STATE + " === 'waiting'");
      long before = tab.number(PICTURES);
      page(sender(port, "test:320x240@30"));
      tab.until(PICTURES + " > " + (before + 10) + " && " + STATE + " === 'live'");
      tab.until(NUMBER_SHOWN + " === " + SEQUENCE + " % 65536");
    }
  }

  @Test
  void shouldNotLetASlowViewerDelayAQuickOne() {
    String page = page(sender(0, "test:320x240@30"));
    try (Tab quick = CHROMIUM.open(page, 1280, 800);
        Tab slow = CHROMIUM.open(page, 390, 844)) {
      slow.until(PICTURES + " > 0");
      slow.value(
          "{ const own = createImageBitmap; window.createImageBitmap = async blob => {"
              + " await new Promise(done => setTimeout(done, 500)); return own(blob); }; }");
      long quickBefore = quick.number(PICTURES);
      long slowBefore = slow.number(PICTURES);
      slow.until(PICTURES + " >= " + (slowBefore + 5));
      long quickShown = quick.number(PICTURES) - quickBefore;
      long slowShown = slow.number(PICTURES) - slowBefore;
      assertThat(quickShown).isGreaterThan(slowShown);
      slow.until("Number(document.getElementById('dropped').textContent) > 0");
      quick.until(STATE + " === 'live'");
      slow.until(SEQUENCE + " > " + quick.number(SEQUENCE));
    }
  }

  @Test
  void shouldAskForTheTokenAndHideIt() {
    String page = page(sender(0, "test:320x240@30", "--web-token", TOKEN));
    assertThat(page).endsWith("?token=" + TOKEN);
    try (Tab tab = CHROMIUM.open(page.replaceFirst("\\?.*", ""), 1280, 800)) {
      tab.until("document.getElementById('token') !== null");
      tab.until("document.activeElement?.id === 'token'");
      tab.value("document.getElementById('token').value = '" + TOKEN + "'; 0");
      tab.value("document.querySelector('form').requestSubmit(); 0");
      tab.until(PICTURES + " > 3");
      assertThat(tab.value("location.href").toString()).doesNotContain("token");
      tab.value("window.loadedBefore = true; location.reload(); 0");
      tab.until("!window.loadedBefore && " + PICTURES + " > 3");
    }
  }

  /**
   * Makes the pictures of the documentation: {@code -Dnetgear.it.screenshots=docs/images}, relative
   * to the root.
   */
  @Test
  void shouldBePictured() {
    String folder = System.getProperty("netgear.it.screenshots");
    assumeTrue(folder != null, "no pictures were asked for: -Dnetgear.it.screenshots=docs/images");
    Path images = Path.of("..").resolve(folder).toAbsolutePath().normalize();
    Path clip = Path.of(System.getProperty("netgear.data"), "walkers-768x432.mp4");
    assertThat(Files.exists(clip)).as("%s", clip).isTrue();
    String page = page(sender(0, clip.toString(), "--loop", "--quality", "92"));
    try (Tab desktop = CHROMIUM.open(page, 1280, 800);
        Tab phone = CHROMIUM.open(page, 390, 844)) {
      for (Tab tab : List.of(desktop, phone)) {
        tab.until("ages.length >= TRACE && " + STATE + " === 'live'");
      }
      desktop.screenshot(images.resolve("browser.jpg"));
      phone.screenshot(images.resolve("browser-narrow.jpg"));
    }
  }
}
