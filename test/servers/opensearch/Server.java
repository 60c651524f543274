import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One OpenSearch node on loopback for the integration tests. Arguments: folder for its data, HTTP port. It says "ready" on a line of standard
 * output and closes in order when its standard input ends, so that it never outlives the tests that started it.
 */
public class Server {
	public static void main(final String[] arguments) throws Exception {
		final OpenSearchRunner runner = new OpenSearchRunner();
		runner.onBuild((number, settings) -> {
			settings.put("http.port", arguments[1]);
			settings.put("network.host", "127.0.0.1");
			settings.put("transport.port", "0");
			settings.put("node.name", "Node 1");
			settings.putList("discovery.seed_hosts");
			settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
			settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
		}).build(OpenSearchRunner.newConfigs().basePath(arguments[0]).numOfNode(1).clusterName("cloudtracker-tui-test").useLogger().disableESLogger());
		System.out.println("ready");
		while (System.in.read() != -1) {
			// What is written to it means nothing: only its end does.
		}

		runner.close();
		System.exit(0);
	}
}
