package io.netgear.transport.netty.web;

/** Who watches. Belongs to the link's thread. */
interface Viewer {
  /** How it watches, for people. */
  String kind();

  Feed feed();

  /** A frame came that no browser can show. */
  void unshowable(String why);

  /** Called every few seconds: ends a viewer that shows no sign of life. */
  void turn();

  /** The link closes. */
  void end();
}
