/** The seed's four examples, each a server that sends and a client that receives. */
module io.netgear.examples.seed {
  requires io.netgear;
  requires io.netgear.video.javacv;
}
