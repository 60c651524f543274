/**
How long the catalog and the maps take to load (bar 50 ms), and the whole diff of one principal with AdministratorAccess (bar 30 ms):
its grants, its events, what silence is worth, the verdicts and all rows.
Run it through tsx: `npx tsx bench/diff.mjs [runs]`. The parts are bundled first, as in dist/, so that no compiler is in the figures.
Loading is measured in a process of its own each time, from import to the first answers; the diff in one process after a warm-up, as after the first key.
Beside the time on the clock stands the processor time (compiler and collector threads counted in), and what `node -e 0` takes of both in the same run, in turns.
*/
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(path.join(tmpdir(), 'bench-diff-'));
const source = name => fileURLToPath(new URL(`../source/${name}`, import.meta.url));

/** The middle and the worst of several figures. */
function spread(figures) {
	const sorted = figures.toSorted((a, b) => a - b);
	return {median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN};
}

/** Bundles sources that are given as text, and says where. */
async function bundled(name, text) {
	const entry = path.join(folder, `${name}.ts`);
	writeFileSync(entry, text);
	const outfile = path.join(folder, `${name}.mjs`);
	await build({entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', minify: true, absWorkingDir: folder});
	return outfile;
}

const parts = await bundled('parts', `
	export {loadCatalog} from '${source('domain/catalog.ts')}';
	export {createEventMapper} from '${source('domain/event-mapping.ts')}';
	export {buildAnalysis} from '${source('app/analyse.ts')}';
`);

const facts = {eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false};

/** One fresh process: import, then the first look-up of each table. */
function load() {
	const script = `
		const [started, used] = [performance.now(), process.cpuUsage()];
		const {loadCatalog, createEventMapper} = await import(${JSON.stringify(pathToFileURL(parts).href)});
		const catalog = loadCatalog();
		const map = createEventMapper(catalog);
		for (const [eventSource, eventName] of [['s3.amazonaws.com', 'ListBuckets'], ['ecs.amazonaws.com', 'RunTask'], ['apigateway.amazonaws.com', 'CreateRestApi']]) {
			map({eventSource, eventName, ...${JSON.stringify(facts)}});
		}
		const {user, system} = process.cpuUsage(used);
		console.log(JSON.stringify({clock: performance.now() - started, processor: (user + system) / 1000}));`;
	return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], {encoding: 'utf8'}));
}

/** What a Node process that does nothing takes until it ends. */
function nodeAlone() {
	const started = performance.now();
	const processor = execFileSync(process.execPath, ['-e', '{const {user, system} = process.cpuUsage(); console.log((user + system) / 1000)}'], {encoding: 'utf8'});
	return {clock: performance.now() - started, processor: Number(processor)};
}

/** A user with AdministratorAccess, and a log in which it made a hundred different calls. */
function accountOf(catalog) {
	const accountId = '111122223333';
	const policy = {name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess', document: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}};
	const arn = `arn:aws:iam::${accountId}:user/admin`;
	const user = {
		kind: 'user', arn, name: 'admin', path: '/', id: null, created: null, boundaryArn: null, groups: [], inlinePolicies: [], attachedPolicies: [{name: policy.name, arn: policy.arn}],
	};
	const time = '2026-01-05T00:00:00Z';
	const rows = Array.from({length: 100}, (_, index) => {
		const [prefix, name] = catalog.at((index * 211) % catalog.size).name.split(':');
		return {
			identityType: 'IAMUser', identityArn: arn, identityAccount: accountId, principalId: null, userName: null, issuerArn: null, issuerType: null, issuerId: null, recipientAccount: accountId,
			eventSource: `${prefix}.amazonaws.com`, eventName: name, eventCategory: 'Management', managementEvent: true, readOnly: index % 2 === 0, errorCode: null, hasErrorMessage: false,
			deniedAction: null, messageDenies: false, signInFailed: false, count: 3, first: time, last: time, ...facts,
		};
	});
	return {
		arn,
		input: {
			snapshot: {accountId, users: [user], roles: [], groups: [], policies: [policy], warnings: []},
			usage: {
				source: 'files', location: '/logs', rows, assumptions: [], accounts: [{accountId, events: 300, firstEvent: time, lastEvent: time}], days: ['2026-01-05'], regions: ['us-east-1'],
				elsewhere: [], unreadable: [], files: 1, warnings: [],
			},
			window: {start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'}, accountName: null, catalog, strict: false,
		},
	};
}

try {
	const nothing = [];
	const loads = Array.from({length: runs}, () => {
		nothing.push(nodeAlone());
		return load();
	});
	const [loading, loadingProcessor] = [spread(loads.map(({clock}) => clock)), spread(loads.map(({processor}) => processor))];
	const {loadCatalog, buildAnalysis} = await import(pathToFileURL(parts).href);
	const catalog = loadCatalog();
	const {arn, input} = accountOf(catalog);
	let count = 0;
	const once = () => {
		const [started, used] = [performance.now(), process.cpuUsage()];
		const analysis = buildAnalysis(input);
		const middle = performance.now();
		count = analysis.principal(arn).actions.length;
		const {user, system} = process.cpuUsage(used);
		return {account: middle - started, rows: performance.now() - middle, processor: (user + system) / 1000};
	};

	const first = once();
	const figures = Array.from({length: runs * 2}, () => once());
	const whole = spread(figures.map(({account, rows}) => account + rows));
	const processor = spread(figures.map(figure => figure.processor));
	const rows = spread(figures.map(figure => figure.rows));
	const [peer, peerProcessor] = [spread(nothing.map(({clock}) => clock)), spread(nothing.map(({processor: used}) => used))];
	const node = `node -e 0: ${peer.median.toFixed(0)} ms (processor ${peerProcessor.median.toFixed(0)} ms)`;
	const ratio = value => (value.median / peerProcessor.median).toFixed(2);
	console.log(`diff: ${count} rows of ${catalog.size} actions; the first, cold: ${(first.account + first.rows).toFixed(1)} ms`);
	console.log(`| loading catalog and maps, a fresh process | ${loading.median.toFixed(1)} ms (processor ${loadingProcessor.median.toFixed(1)} ms), worst of ${runs} ${loading.worst.toFixed(1)} ms | ${node} | ${ratio(loadingProcessor)} | < 50 ms |`);
	console.log(`| the whole diff of one principal with AdministratorAccess | ${whole.median.toFixed(1)} ms (processor ${processor.median.toFixed(1)} ms), worst ${whole.worst.toFixed(1)} ms | the same | ${ratio(processor)} | < 30 ms |`);
	console.log(`| its rows alone, as when it is opened | ${rows.median.toFixed(1)} ms, worst ${rows.worst.toFixed(1)} ms | | | |`);
	// On a quiet machine Node alone takes 40 ms of processor time: where it takes more, the bars move with it.
	const scale = Math.max(1, peerProcessor.median / 40);
	process.exitCode = loadingProcessor.median < 50 * scale && processor.median < 30 * scale ? 0 : 1;
} finally {
	rmSync(folder, {recursive: true, force: true});
}
