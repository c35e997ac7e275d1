package io.netgear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netgear.plugins.ToyTransport;
import io.netgear.spi.AddressRange;
import io.netgear.spi.SecurityRequest;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of secure_mode ask a transport for, and that nothing is ever less. */
class SecureOptionsTest {
  private static final Security LOCK = () -> "a lock";

  private final AtomicReference<SecurityRequest> asked = new AtomicReference<>();

  private final ToyTransport locking =
      new ToyTransport() {
        @Override
        public boolean accepts(Security security) {
          return true;
        }

        @Override
        public Optional<Security> security(SecurityRequest request) {
          asked.set(request);
          return Optional.of(LOCK);
        }
      };

  @Test
  void shouldAskTheTransportForWhatTheOptionsSay() {
    Settings settings =
        new Settings(
            NetGear.receiver()
                .transport(locking)
                .pattern(1)
                .options(
                    Map.of(
                        "secure_mode",
                        2,
                        "custom_cert_location",
                        "/keys",
                        "overwrite_cert",
                        true,
                        "allow_from",
                        "10.0.0.0/8, ::1")));

    assertThat(settings.security()).isSameAs(LOCK);
    assertThat(settings.explanation()).contains("security").contains("a lock");
    assertThat(asked.get().mode()).isEqualTo(SecureMode.IRONHOUSE);
    assertThat(asked.get().sender()).isFalse();
    assertThat(asked.get().keys()).isEqualTo(Path.of("/keys"));
    assertThat(asked.get().renew()).isTrue();
    assertThat(asked.get().allowed()).hasToString("[10.0.0.0/8, 0:0:0:0:0:0:0:1]");
  }

  @Test
  void shouldHaveASetterForEach() {
    Settings settings =
        new Settings(
            NetGear.sender()
                .transport(locking)
                .uncompressed()
                .secure(SecureMode.STONEHOUSE)
                .keys(Path.of("keys"))
                .renewKeys());

    assertThat(settings.security()).isSameAs(LOCK);
    assertThat(asked.get())
        .isEqualTo(
            new SecurityRequest(SecureMode.STONEHOUSE, true, Path.of("keys"), true, List.of()));
  }

  /** Short for what a builder settles on. */
  private record Settings(io.netgear.internal.Settings of) {
    Settings(EndpointBuilder<?> builder) {
      this(builder.settings());
    }

    Security security() {
      return of.security();
    }

    String explanation() {
      return of.explanation();
    }
  }

  @Test
  void shouldRefuseATransportThatHasNoSuchThing() {
    for (boolean lenient : List.of(false, true)) {
      SenderBuilder builder =
          NetGear.sender()
              .transport(new ToyTransport())
              .uncompressed()
              .secure(SecureMode.IRONHOUSE);
      if (lenient) {
        builder.lenient();
      }
      assertThatThrownBy(builder::settings)
          .isInstanceOf(InvalidOptionsException.class)
          .hasMessageContaining("'secure_mode' (set by secure())")
          .hasMessageContaining("nothing falls back to none");
    }
  }

  @Test
  void shouldRefuseKeysThatNothingWouldUse() {
    assertThatThrownBy(
            NetGear.receiver()
                    .transport(locking)
                    .keys(Path.of("keys"))
                    .renewKeys()
                    .allowFrom("127.0.0.1")
                ::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'custom_cert_location'")
        .hasMessageContaining("'overwrite_cert'")
        .hasMessageContaining("'allow_from'")
        .hasMessageContaining("set secure_mode to 1 or 2");
    assertThat(asked.get()).isNull();
  }

  private static final ToyTransport CERTIFYING =
      new ToyTransport() {
        @Override
        public Set<String> protocols() {
          return Set.of("tcp", "tls");
        }

        @Override
        public boolean accepts(Security security) {
          return true;
        }

        @Override
        public Optional<Security> security(String protocol, Path keys) {
          Security certificates = () -> "certificates of " + keys;
          return protocol.equals("tls") ? Optional.of(certificates) : Optional.empty();
        }
      };

  @Test
  void shouldProtectAddressesWhoseProtocolSaysSo() {
    Settings told =
        new Settings(
            NetGear.receiver("tls://127.0.0.1:0").transport(CERTIFYING).keys(Path.of("/mine")));
    Settings usual =
        new Settings(NetGear.receiver().option("protocol", "tls").transport(CERTIFYING));
    Settings own = new Settings(NetGear.receiver("tls://*:0").transport(CERTIFYING).security(LOCK));

    assertThat(told.security().describe()).isEqualTo("certificates of /mine");
    assertThat(told.explanation()).contains("by its protocol");
    assertThat(usual.security().describe()).isEqualTo("certificates of null");
    assertThat(own.security()).isSameAs(LOCK);
    assertThat(new Settings(NetGear.receiver("tcp://*:0").transport(CERTIFYING)).security())
        .isSameAs(Security.NONE);
  }

  @Test
  void shouldRefuseToProtectTwiceOrInPart() {
    assertThatThrownBy(
            NetGear.receiver("tls://*:0")
                    .transport(CERTIFYING)
                    .secure(SecureMode.STONEHOUSE)
                    .renewKeys()
                    .allowFrom("127.0.0.1")
                ::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("'secure_mode'")
        .hasMessageContaining("'overwrite_cert'")
        .hasMessageContaining("'allow_from'")
        .hasMessageContaining("protected by its protocol");
    assertThatThrownBy(
            NetGear.sender()
                    .option("address", List.of("tcp://a:1", "tls://b:2"))
                    .pattern("push-pull")
                    .uncompressed()
                    .transport(CERTIFYING)
                ::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("protected in part");
    assertThatThrownBy(
            NetGear.receiver("tls://*:0").transport(CERTIFYING).security(LOCK).keys(Path.of("k"))
                ::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("both set");
  }

  @Test
  void shouldRefuseTwoProtections() {
    assertThatThrownBy(
            NetGear.receiver().transport(locking).security(LOCK).secure(SecureMode.STONEHOUSE)
                ::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("both set");
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.20, 192.168.1.20, true",
    "192.168.1.20, 192.168.1.21, false",
    "192.168.1.0/24, 192.168.1.255, true",
    "192.168.1.0/24, 192.168.2.0, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "fe80::/10, fe80::1, true",
    "::1, ::1, true"
  })
  void shouldKnowWhichAddressesBeginAlike(String range, String address, boolean contained)
      throws Exception {
    assertThat(AddressRange.of(range).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({"localhost", "10.0.0", "10.0.0.0/33", "::1/129", "1.2.3.4/x", "dead.beef", "''"})
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThat(AddressRange.of(text)).isEmpty();
    assertThatThrownBy(NetGear.receiver().transport(locking).option("allow_from", text)::settings)
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("allow_from");
  }
}
