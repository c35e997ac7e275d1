/**
 * An application on the module path. It requires NetGear's api and no plug-in: which transports and
 * codecs there are is decided by the jars that lie on the module path.
 */
module com.example.modular {
  requires io.netgear;
}
