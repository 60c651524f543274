/**
Runs every bench and prints the table of docs/performance.md: `npm run bench`, or `npm run bench -- start keys` for some of them.
A part is a file of its own in bench/; what it prints as rows of a Markdown table (what, figure, peer, ratio, bar) goes into the table,
the rest is shown as it is. A part that fails fails the run, after the others have run.
*/
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import os from 'node:os';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const parts = ['start', 'store', 'sessions', 'athena', 'grants', 'diff', 'keys'];
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !parts.includes(name));
if (unknown.length > 0) {
	console.error(`unknown: ${unknown.join(', ')}; there are ${parts.join(', ')}`);
	process.exit(2);
}

/** Runs one part; resolves to the rows it printed and its exit code. */
async function run(file) {
	// The parts import the TypeScript sources.
	const child = spawn(process.execPath, ['--import', 'tsx', file], {stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	child.stdout.setEncoding('utf8').on('data', data => {
		text += data;
		process.stdout.write(data);
	});
	const code = await new Promise(resolve => {
		child.on('close', resolve);
	});
	return {code, rows: text.split('\n').filter(line => /^\|.*\|$/.test(line) && !/^\|[\s:|-]+$/.test(line))};
}

const rows = [];
const failed = [];
for (const part of parts.filter(name => asked.length === 0 || asked.includes(name))) {
	const file = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
	if (!existsSync(file)) {
		failed.push(part);
		continue;
	}

	const started = performance.now();
	console.log(`## ${part}\n`);
	const result = await run(file);
	console.log(`\n(${((performance.now() - started) / 1000).toFixed(0)} s)\n`);
	rows.push(...result.rows);
	if (result.code !== 0) {
		failed.push(part);
	}
}

const [processor] = os.cpus();
const machine = [
	new Date().toISOString().slice(0, 10),
	processor?.model.trim() ?? 'unknown processor',
	`${os.cpus().length} cores`,
	`${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`,
	os.type(),
	`Node ${process.versions.node}`,
];
console.log(`## Table\n\n${machine.join(', ')}\n`);
console.log(['| what | figure | peer | ratio | bar |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'));
if (failed.length > 0) {
	console.error(`failed: ${failed.join(', ')}`);
	process.exitCode = 1;
}
