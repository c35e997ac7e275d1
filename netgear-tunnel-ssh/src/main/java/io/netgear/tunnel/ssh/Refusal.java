package io.netgear.tunnel.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import io.netgear.spi.TunnelSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Words for a login that did not succeed: what happened, with what, and what to do. */
final class Refusal {
  private final TunnelSpec spec;
  private final Credentials credentials;

  Refusal(TunnelSpec spec, Credentials credentials) {
    this.spec = spec;
    this.credentials = credentials;
  }

  /**
   * Words for {@code failure}.
   *
   * @param unreached why no TCP connection came about; null when one did
   * @param shown the key that the server showed; null when it showed none
   */
  LoginException of(JSchException failure, IOException unreached, HostKey shown) {
    if (unreached != null) {
      return unreached(unreached);
    }
    if (failure instanceof JSchHostKeyException refused && shown != null) {
      return hostKey(refused, shown);
    }
    String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (words.startsWith("Auth") || words.contains("Too many authentication failures")) {
      return notLetIn(words, failure);
    }
    if (failure instanceof JSchAlgoNegoFailException) {
      return new LoginException(
          true,
          "SSH server " + spec.server() + " and this end share no algorithm: " + words + ".",
          failure);
    }
    return new LoginException(
        false,
        "SSH server "
            + spec.server()
            + " answered, but no session came about ("
            + words
            + "). Is that an SSH server, and does it accept logins?",
        failure);
  }

  private LoginException unreached(IOException why) {
    String reason;
    if (why instanceof UnknownHostException) {
      reason = "the name " + spec.host() + " is not known; is it spelled right?";
    } else if (why instanceof ConnectException) {
      reason = "nothing listens at that port; is the SSH server running, and is that its port?";
    } else if (why instanceof SocketTimeoutException) {
      reason = "it does not answer; is it up, and does a firewall let this machine through?";
    } else if (why instanceof NoRouteToHostException) {
      reason = "there is no way to it from here; is the network up?";
    } else {
      reason = why.getMessage() + ".";
    }
    return new LoginException(
        false, "SSH server " + spec.server() + " cannot be reached: " + reason, why);
  }

  private LoginException notLetIn(String words, JSchException failure) {
    int methods = words.indexOf("methods '");
    String offered =
        methods < 0
            ? ""
            : " (it takes "
                + words.substring(methods + 9).replace("'", "").replace(",", ", ")
                + ")";
    String advice =
        credentials.methods().contains("password")
            ? "Is the password right, and does the server allow passwords?"
            : "Is its public half in that user's authorized_keys?";
    return new LoginException(
        true,
        "SSH server "
            + spec.server()
            + " did not let user '"
            + spec.user()
            + "' in with "
            + credentials.description()
            + offered
            + ". "
            + advice,
        failure);
  }

  private LoginException hostKey(JSchHostKeyException refused, HostKey shown) {
    String key = shown.getType() + " key " + fingerprint(shown);
    String server = "SSH server " + spec.host() + " port " + spec.port();
    String compare =
        "Compare the fingerprint with the server's own (there: ssh-keygen -lf /etc/ssh/ssh_host_"
            + shortType(shown)
            + "_key.pub)";
    String words;
    if (refused instanceof JSchUnknownHostKeyException) {
      words =
          server
              + " is not known: it shows "
              + key
              + ", and "
              + spec.knownHosts()
              + (Files.exists(spec.knownHosts()) ? " has no key of it. " : " does not exist. ")
              + compare
              + "; if they agree, add it: ssh-keyscan -p "
              + spec.port()
              + " "
              + spec.host()
              + " >> "
              + spec.knownHosts();
    } else if (refused instanceof JSchChangedHostKeyException) {
      words =
          server
              + " shows another key than "
              + spec.knownHosts()
              + " has of it: "
              + key
              + ". Somebody may sit in between. "
              + compare
              + "; only if they agree, take the old one out: ssh-keygen -f "
              + spec.knownHosts()
              + " -R "
              + (spec.port() == 22 ? spec.host() : "'[" + spec.host() + "]:" + spec.port() + "'");
    } else if (refused instanceof JSchRevokedHostKeyException) {
      words =
          server
              + " shows "
              + key
              + ", which "
              + spec.knownHosts()
              + " marks as revoked: do not log in there.";
    } else {
      words = server + " shows " + key + ", which is not accepted: " + refused.getMessage() + ".";
    }
    return new LoginException(true, words, refused);
  }

  private static String shortType(HostKey key) {
    String type = key.getType();
    return type.startsWith("ecdsa") ? "ecdsa" : type.startsWith("ssh-rsa") ? "rsa" : "ed25519";
  }

  /** As OpenSSH prints it. */
  static String fingerprint(HostKey key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key.getKey()));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
