/**
 * Frames from files, cameras, streams and a test pattern ({@link
 * io.netgear.video.javacv.FrameSources}), changed on the way ({@link
 * io.netgear.video.javacv.FrameScaler}, {@link io.netgear.video.javacv.ColorConversion}), shown
 * ({@link io.netgear.video.javacv.ViewerWindow}, {@link io.netgear.video.javacv.TerminalViewer})
 * and kept ({@link io.netgear.video.javacv.JpegRecorder}).
 *
 * <p>Only what needs it touches a native library: the test pattern, pictures, scaling, conversion
 * and both viewers are plain Java.
 */
package io.netgear.video.javacv;
