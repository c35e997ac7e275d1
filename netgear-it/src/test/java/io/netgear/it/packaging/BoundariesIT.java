package io.netgear.it.packaging;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.netgear.it.process.PackedJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know of whom, in the packed classes. */
class BoundariesIT {
  private static JavaClasses all;

  @BeforeAll
  static void read() throws IOException {
    List<JarFile> packed = new ArrayList<>();
    try {
      for (Path jar : PackedJars.ours()) {
        packed.add(new JarFile(jar.toFile()));
      }
      all = new ClassFileImporter().importJars(packed);
    } finally {
      for (JarFile jar : packed) {
        jar.close();
      }
    }
    assertThat(all.contain("io.netgear.NetGear")).isTrue();
    assertThat(all.contain("io.netgear.cli.Main")).isTrue();
  }

  @Test
  void shouldKeepJschInsideTheSshTunnel() {
    noClasses()
        .that(resideInAPackage("io.netgear..").and(not("io.netgear.tunnel.ssh..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.jcraft..")
        .check(all);
  }

  @Test
  void shouldKeepJeroMqInsideTheZmqTransport() {
    noClasses()
        .that(resideInAPackage("io.netgear..").and(not("io.netgear.transport.zmq..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.zeromq..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("zmq..")
        .check(all);
    assertThat(signatureTypes("io.netgear.transport.zmq"))
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("org.zeromq") || name.startsWith("zmq."));
  }

  @Test
  void shouldKeepNettyInsideTheNettyTransport() {
    noClasses()
        .that(resideInAPackage("io.netgear..").and(not("io.netgear.transport.netty..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(all);
    assertThat(signatureTypes("io.netgear.transport.netty"))
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("io.netty"));
  }

  @Test
  void shouldKeepJavaCvInsideTheVideoModule() {
    noClasses()
        .that(resideInAPackage("io.netgear..").and(not("io.netgear.video.javacv..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(all);
  }

  @Test
  void shouldMentionNothingButJavaAndItselfInTheApi() {
    List<String> types = new ArrayList<>(signatureTypes("io.netgear"));
    types.addAll(signatureTypes("io.netgear.spi"));
    assertThat(types)
        .contains("io.netgear.FrameSender", "io.netgear.spi.Link")
        .allMatch(name -> name.matches("(java\\..*|io\\.netgear\\.([A-Z]|spi\\.[A-Z]).*|[a-z]+)"));
  }

  @Test
  void shouldKnowJsonInTheWireFormatAlone() {
    noClasses()
        .that(
            resideInAPackage("io.netgear..")
                .and(not("io.netgear.internal.wire..", "io.netgear.cli..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(all);
  }

  @Test
  void shouldBuildPlugInsOnTheExportedPackagesAlone() {
    noClasses()
        .that(
            resideInAnyPackage(
                "io.netgear.transport..",
                "io.netgear.tunnel..",
                "io.netgear.codec..",
                "io.netgear.video..",
                "io.netgear.cli.."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netgear.internal..")
        .check(all);
  }

  @Test
  void shouldDependOnNothingButJavaJsonAndItselfInTheApi() {
    classes()
        .that(resideInAnyPackage("io.netgear", "io.netgear.spi", "io.netgear.internal.."))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "io.netgear", "io.netgear.spi", "io.netgear.internal..", "tools.jackson..")
        .check(all);
  }

  @Test
  void shouldLetNoPackagesInsideDependOnEachOtherInACircle() {
    slices().matching("io.netgear.internal.(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void shouldWriteToStandardOutputInTheCommandAlone() {
    noClasses()
        .that(resideInAPackage("io.netgear..").and(not("io.netgear.cli..", "io.netgear.video..")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> not(String... packages) {
    return com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(packages));
  }

  /** The types, generic arguments too, that users of a package must be able to name. */
  private static Set<String> signatureTypes(String packageName) {
    return all.stream()
        .filter(type -> type.getPackageName().equals(packageName))
        .filter(type -> isVisible(type.getModifiers()))
        .flatMap(BoundariesIT::signatureTypes)
        .map(JavaClass::getBaseComponentType)
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static Stream<JavaClass> signatureTypes(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> fields =
        type.getFields().stream().filter(BoundariesIT::isVisible).map(field -> field.getType());
    Stream<JavaType> calls =
        type.getCodeUnits().stream()
            .filter(BoundariesIT::isVisible)
            .flatMap(BoundariesIT::signatureTypes);
    return Stream.of(parents, fields, calls)
        .flatMap(types -> types)
        .flatMap(mentioned -> mentioned.getAllInvolvedRawTypes().stream());
  }

  private static Stream<JavaType> signatureTypes(JavaCodeUnit call) {
    Stream<JavaType> thrown = call.getExceptionTypes().stream().map(type -> (JavaType) type);
    return Stream.concat(
        Stream.concat(Stream.of(call.getReturnType()), call.getParameterTypes().stream()), thrown);
  }

  private static boolean isVisible(JavaMember member) {
    return isVisible(member.getModifiers());
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
