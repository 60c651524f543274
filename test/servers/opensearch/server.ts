import {type ChildProcess, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Runs a program to its end; rejects where it fails. */
async function execute(program: string, options: readonly string[]): Promise<void> {
	const child = spawn(program, options, {stdio: 'ignore'});
	await once(child, 'exit');
	if (child.exitCode !== 0) {
		throw new Error(`${program} ${options.join(' ')}: exit code ${child.exitCode}`);
	}
}

/** A server for tests, on loopback. */
export type TestServer = {
	readonly url: string;
	/** Ends the process as a crash would, its data stay. */
	kill(): Promise<void>;
	/** Starts it again on the same port, over the same data. */
	start(): Promise<void>;
	close(): Promise<void>;
};

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	await once(probe, 'close');
	return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Polls until the predicate holds. */
export async function until(what: string, holds: () => Promise<boolean>, deadline = Date.now() + 240_000): Promise<void> {
	if (await holds().catch(() => false)) {
		return;
	}

	if (Date.now() > deadline) {
		throw new Error(`${what}: it has not come about`);
	}

	await sleep(200);
	return until(what, holds, deadline);
}

/** The jars of the pom, as Maven found them; Maven is asked once, as long as they lie where it put them. */
async function classPath(): Promise<string> {
	const pom = await readFile(path.join(folder, 'pom.xml'));
	const file = path.join(tmpdir(), `ct-opensearch-${createHash('sha256').update(pom).digest('hex').slice(0, 16)}.class-path`);
	const known = await readFile(file, 'utf8').catch(() => '');
	if (known !== '' && known.trim().split(path.delimiter).every(jar => existsSync(jar))) {
		return known.trim();
	}

	await execute('mvn', ['-q', '-B', '-f', path.join(folder, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${file}`]);
	const found = await readFile(file, 'utf8');
	return found.trim();
}

/** Why no server can be started here; undefined where one can. */
export async function lacking(): Promise<string | undefined> {
	const tried = await Promise.all(([['java', '-version'], ['mvn', '-v']] as const).map(async ([program, option]) => execute(program, [option]).then(() => [], () => [program])));
	const [program] = tried.flat();
	return program === undefined ? undefined : `${program} is not installed`;
}

/** A real OpenSearch from Maven Central, with a heap of 1 GB; needs Java 17 or later and Maven. */
export async function startOpenSearch(): Promise<TestServer> {
	const work = await mkdtemp(path.join(tmpdir(), 'ct-opensearch-'));
	const jars = await classPath();
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	let child: ChildProcess | undefined;
	const start = async () => {
		// OpenSearch's own settings: its memory guard counts what has not been collected yet.
		const options = ['-Xms1g', '-Xmx1g', '-XX:+UseG1GC', '-XX:G1ReservePercent=25', '-XX:InitiatingHeapOccupancyPercent=30', '-cp', jars, path.join(folder, 'Server.java'), path.join(work, 'data'), String(port)];
		const started = spawn('java', options, {stdio: ['pipe', 'ignore', 'pipe']});
		let said = '';
		started.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-4000);
		});
		child = started;
		await until('OpenSearch starts', async () => {
			if (started.exitCode !== null) {
				throw new Error(`OpenSearch ended: ${said}`);
			}

			const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=5s`);
			return response.ok;
		});
	};

	const kill = async () => {
		if (child?.exitCode === null && child.signalCode === null) {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		}
	};

	await start();
	return {
		url,
		kill,
		start,
		async close() {
			await kill();
			await rm(work, {recursive: true, force: true});
		},
	};
}

/** The server that OPENSEARCH_URL names, or one that is started; undefined, with the reason on stderr, where there is none. */
export async function openSearchForTests(): Promise<TestServer | undefined> {
	const url = process.env.OPENSEARCH_URL;
	if (url) {
		return {url: url.replace(/\/$/, ''), async kill() {}, async start() {}, async close() {}};
	}

	const reason = await lacking();
	if (reason !== undefined) {
		process.stderr.write(`OpenSearch suites are skipped: ${reason} and OPENSEARCH_URL is not set\n`);
		return undefined;
	}

	return startOpenSearch();
}
