import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs a single-node Elasticsearch for tests on 127.0.0.1.
 *
 * <p>Arguments: the `target` directory that Maven filled, an empty directory for data, and the HTTP port. The process ends with its parent
 * process, so the server never outlives the tests.
 */
public final class SearchEngine {
  private static final String NETTY = "transport-netty4";

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path data = Path.of(arguments[1]);
    LogConfigurator.configureESLogging();
    Files.createDirectories(home.resolve("config"));
    describe(home.resolve("modules").resolve(NETTY));
    Settings settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", data.resolve("data").toString())
            .put("path.logs", data.resolve("logs").toString())
            .put("cluster.name", "souk-tests")
            .put("node.name", "souk-tests")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[2])
            .put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    LogConfigurator.configureWithoutConfig(settings);
    var environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "souk-tests");
    var modules = PluginsLoader.loadModulesBundles(home.resolve("modules"), false);
    var node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false));
    node.start();
    System.out.println("Elasticsearch is ready on http://127.0.0.1:" + arguments[2]);
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    node.close();
    System.exit(0);
  }

  /**
   * Writes the descriptor of the plugin beside its packages, as a distribution of Elasticsearch has it. The server is on the class path and
   * not a Java module, so the descriptor must not name a Java module.
   */
  private static void describe(Path module) throws IOException {
    var jars = new ArrayList<URL>();
    try (var files = Files.newDirectoryStream(module, NETTY + "-*.jar")) {
      for (Path file : files) jars.add(file.toUri().toURL());
    }
    var descriptor = new Properties();
    try (var loader = new URLClassLoader(jars.toArray(new URL[0]), null);
        var source = loader.getResourceAsStream("META-INF/es-plugins/" + NETTY + "/plugin-descriptor.properties")) {
      descriptor.load(source);
    }
    descriptor.remove("modulename");
    try (var target = Files.newBufferedWriter(module.resolve("plugin-descriptor.properties"))) {
      descriptor.store(target, null);
    }
  }
}
