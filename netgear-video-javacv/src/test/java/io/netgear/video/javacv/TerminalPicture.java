package io.netgear.video.javacv;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Draws what a terminal shows, for the documentation: the output of {@code tmux capture-pane -e -p}
 * (text with colour codes) to a PNG. Arguments: the text, the PNG.
 */
final class TerminalPicture {
  private static final int CELL_WIDTH = 8;
  private static final int CELL_HEIGHT = 16;
  private static final Color TEXT = new Color(0xd0d0d0);
  private static final Pattern CODE = Pattern.compile("\u001b\\[([0-9;]*)m");

  private Color foreground = TEXT;
  private Color background = Color.BLACK;

  public static void main(String[] arguments) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    int columns =
        lines.stream().mapToInt(line -> CODE.matcher(line).replaceAll("").length()).max().orElse(1);
    var image =
        new BufferedImage(
            columns * CELL_WIDTH, lines.size() * CELL_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 13));
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    new TerminalPicture().draw(graphics, lines);
    graphics.dispose();
    ImageIO.write(image, "png", new File(arguments[1]));
  }

  private void draw(Graphics2D graphics, List<String> lines) {
    for (int row = 0; row < lines.size(); row++) {
      String line = lines.get(row);
      Matcher code = CODE.matcher(line);
      int column = 0;
      for (int i = 0; i < line.length(); ) {
        if (code.region(i, line.length()).lookingAt()) {
          select(code.group(1));
          i = code.end();
        } else {
          cell(graphics, column++ * CELL_WIDTH, row * CELL_HEIGHT, line.charAt(i++));
        }
      }
    }
  }

  private void cell(Graphics2D graphics, int x, int y, char character) {
    graphics.setColor(background);
    graphics.fillRect(x, y, CELL_WIDTH, CELL_HEIGHT);
    graphics.setColor(foreground);
    if (character == '\u2580') {
      graphics.fillRect(x, y, CELL_WIDTH, CELL_HEIGHT / 2);
    } else {
      graphics.drawString(String.valueOf(character), x, y + CELL_HEIGHT - 4);
    }
  }

  private void select(String codes) {
    String[] parts = codes.split(";", -1);
    if (parts.length == 5) {
      Color color =
          new Color(
              Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Integer.parseInt(parts[4]));
      foreground = parts[0].equals("38") ? color : foreground;
      background = parts[0].equals("48") ? color : background;
    } else {
      foreground = codes.equals("49") ? foreground : TEXT;
      background = codes.equals("39") ? background : Color.BLACK;
    }
  }
}
