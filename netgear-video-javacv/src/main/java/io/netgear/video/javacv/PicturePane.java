package io.netgear.video.javacv;

import io.netgear.Frame;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import javax.swing.JPanel;

/**
 * Paints the newest picture as large as fits.
 *
 * <p>Three images go round: one is written by the caller of {@link #show}, one is the newest, one
 * is being painted by Swing's thread. The lock is held to swap them, never while pixels move.
 */
final class PicturePane extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient Object lock = new Object();
  private transient BufferedImage spare;
  private transient BufferedImage newest;
  private transient BufferedImage painting;

  PicturePane() {
    setBackground(Color.BLACK);
    setFocusable(true);
  }

  void show(Frame frame) {
    BufferedImage image;
    synchronized (lock) {
      image = spare;
      spare = null;
    }
    int width = frame.format().width();
    int height = frame.format().height();
    if (image == null || image.getWidth() != width || image.getHeight() != height) {
      image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }
    ImageFrames.copy(frame, image);
    synchronized (lock) {
      spare = newest == null ? spare : newest;
      newest = image;
    }
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    super.paintComponent(graphics);
    BufferedImage image;
    synchronized (lock) {
      if (newest != null) {
        spare = painting == null ? spare : painting;
        painting = newest;
        newest = null;
      }
      image = painting;
    }
    if (image == null) {
      return;
    }
    double scale =
        Math.min((double) getWidth() / image.getWidth(), (double) getHeight() / image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    if (graphics instanceof Graphics2D smooth) {
      smooth.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    }
    graphics.drawImage(
        image, (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
  }
}
