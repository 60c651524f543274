#!/usr/bin/env node
import {readFile} from 'node:fs/promises';
import process from 'node:process';
import {parseArguments, type AccountRequest, type Request} from './args.js';
import type {OpenWorkspace} from './app/open-workspace.js';
import {cacheFolder, configFolder} from './config/folders.js';
import {CancelledError, messageOf, UserError} from './lib/errors.js';
import {mayColor} from './print/color.js';
import {writeAll} from './print/output.js';

/** For a bug of ours: EX_SOFTWARE of sysexits.h. */
const bugExitCode = 70;

/** Exit codes of signals are 128 and the signal's number. */
const signalNumbers: ReadonlyMap<NodeJS.Signals, number> = new Map([['SIGHUP', 1], ['SIGINT', 2], ['SIGTERM', 15]]);

/** Milliseconds that cancelled work may take to end; then the program leaves without it. */
const patience = 3000;

/** The same after the user quit the screen; longer where work was stopped, which may have to tell a far service so. */
const quitPatience = 300;
const stopPatience = 1000;

/** Aborted by the first signal; the work ends, and the exit code says which signal it was. */
const abort = new AbortController();
let signalExitCode: number | undefined;

function onSignal(name: NodeJS.Signals): void {
	const code = 128 + (signalNumbers.get(name) ?? 0);
	if (signalExitCode !== undefined) {
		process.exit(code);
	}

	signalExitCode = code;
	abort.abort();
	void stopScans();
	setTimeout(() => process.exit(code), patience).unref();
}

/** What runs at Athena is paid for: nothing that ends the program leaves it running. */
async function stopScans(): Promise<void> {
	const {stopRunningExecutions} = await import('./trail/athena/running.js');
	await stopRunningExecutions();
}

function onBug(error: unknown): void {
	void (async () => {
		const code = await report(error);
		await stopScans();
		process.exit(code);
	})();
}

function watch(): void {
	process.on('uncaughtException', onBug);
	for (const name of signalNumbers.keys()) {
		process.on(name, onSignal);
	}
}

function stopWatching(): void {
	process.off('uncaughtException', onBug);
	for (const name of signalNumbers.keys()) {
		process.off(name, onSignal);
	}
}

async function print(text: string): Promise<number> {
	await writeAll(process.stdout, text);
	return 0;
}

/** The version that package.json gives; it lies beside dist/ and source/ alike. */
async function ownVersion(): Promise<string> {
	const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
	return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}

async function runAccount(request: AccountRequest): Promise<number> {
	const isScreen = request.question.kind === 'screen' && request.format === undefined && process.stdout.isTTY;
	if (isScreen && !process.stdin.isTTY) {
		throw new UserError('the screen needs a keyboard, but standard input is no terminal: print with --list, --user or --role');
	}

	const {openWorkspace} = await import('./app/open-workspace.js');
	const workspace = await openWorkspace({
		selection: request.selection,
		strict: request.strict,
		configFolder: configFolder(),
		cacheFolder: cacheFolder(),
		demoDay: request.lastDay,
		trailConfig: request.trailConfig,
		scps: request.scps,
		credentialReport: request.credentialReport,
		refresh: request.refresh,
		lastAccessed: request.lastAccessed,
		limits: request.limits,
	});
	try {
		return isScreen ? await showScreen(workspace, request) : await printOnly(workspace, request);
	} finally {
		await workspace.close();
	}
}

async function printOnly(workspace: OpenWorkspace, request: AccountRequest): Promise<number> {
	const {question} = request;
	if (question.kind === 'report') {
		const {printReport} = await import('./cli/report.js');
		return printReport(workspace, {...request, question, version: await ownVersion()}, abort.signal);
	}

	if (question.kind === 'doctor') {
		const {printDoctor} = await import('./cli/doctor.js');
		return printDoctor(workspace, question.format, abort.signal);
	}

	if (question.kind === 'teardown') {
		const {tearDown} = await import('./cli/athena.js');
		return tearDown(workspace, request.limits.yes, abort.signal);
	}

	const {printAnswer} = await import('./cli/printed.js');
	return printAnswer(workspace, {...request, question}, abort.signal);
}

async function showScreen(workspace: OpenWorkspace, request: AccountRequest): Promise<number> {
	const [{runTui}, {readPreferences}, {storeFile}, {exportFileName}] = await Promise.all([
		import('./ui/run.js'), import('./config/store.js'), import('./app/configured-accounts.js'), import('./print/export-name.js'),
	]);
	const {keys} = await readPreferences(storeFile(request.selection.config, configFolder()));
	// The screen has its own handlers, which restore the terminal first.
	stopWatching();
	const {code, stopped} = await runTui({
		workspace,
		keys,
		exporter: {
			async document(shown, format) {
				const {exportRows} = await import('./print/export-rows.js');
				return exportRows(shown, format);
			},
			fileName: exportFileName,
		},
		account: workspace.selected,
		window: request.startGiven ? request.window : undefined,
		end: request.window.end,
		showUsed: request.showUsed,
		ignoreBenign: request.ignoreBenign,
		ignoreUnknown: request.ignoreUnknown,
		color: request.color && mayColor(true, process.env),
		alternateScreen: request.alternateScreen,
	});
	await stopScans();
	if (stopped !== null) {
		const {terminalText} = await import('./lib/terminal-text.js');
		await writeAll(process.stderr, `stopped: ${terminalText(stopped)}\n`);
	}

	// Whoever quits waits for nothing else that still runs.
	setTimeout(() => process.exit(code), stopped === null ? quitPatience : stopPatience).unref();
	return code;
}

/** Does what was asked; resolves to the exit code. Throws UserError and CancelledError. */
async function run(request: Request): Promise<number> {
	switch (request.kind) {
		case 'help': {
			return print(request.text);
		}

		case 'version': {
			return print(`${await ownVersion()}\n`);
		}

		case 'config-path': {
			const {storeFile} = await import('./app/configured-accounts.js');
			return print(`${storeFile(request.config, configFolder())}\n`);
		}

		case 'config-accounts': {
			const [{accountNames}, {terminalText}] = await Promise.all([import('./app/configured-accounts.js'), import('./lib/terminal-text.js')]);
			const names = await accountNames(request.config, configFolder());
			return print(names.map(name => `${terminalText(name)}\n`).join(''));
		}

		case 'completion': {
			const [{completionScript}, {buildProgram}] = await Promise.all([import('./cli/completion.js'), import('./args/program.js')]);
			return print(completionScript(buildProgram(() => {}, () => {}), request.shell));
		}

		case 'cache-path': {
			return print(`${cacheFolder()}\n`);
		}

		case 'cache-clear': {
			const {clearCache} = await import('./config/cache.js');
			const removed = await clearCache(cacheFolder());
			return request.quiet ? 0 : print(`${removed ? 'removed what was kept' : 'nothing was kept'} in ${cacheFolder()}\n`);
		}

		case 'iam-snapshot': {
			const {printSnapshot} = await import('./cli/snapshot.js');
			await printSnapshot(request, configFolder(), abort.signal);
			return 0;
		}

		case 'discover': {
			const {printTrails} = await import('./cli/athena.js');
			await printTrails(request, configFolder(), abort.signal);
			return 0;
		}

		case 'ingest': {
			const {ingestAndReport} = await import('./cli/ingest.js');
			return ingestAndReport(request.flags, cacheFolder(), abort.signal);
		}

		case 'account': {
			return runAccount(request);
		}
	}
}

/** Says what went wrong on stderr; resolves to the exit code. */
async function report(error: unknown): Promise<number> {
	const {terminalText} = await import('./lib/terminal-text.js');
	if (error instanceof CancelledError) {
		if (error.stopped !== null) {
			await writeAll(process.stderr, `stopped: ${terminalText(error.stopped)}\n`);
		}

		return signalExitCode ?? 0;
	}

	if (error instanceof UserError) {
		const hint = error.hint === undefined ? '' : `  ${terminalText(error.hint)}\n`;
		await writeAll(process.stderr, `error: ${terminalText(error.message)}\n${hint}`);
		return error.exitCode;
	}

	const stack = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
	const lines = stack.split('\n').map(line => terminalText(line)).join('\n');
	await writeAll(process.stderr, `error: this is a bug of cloudtracker-tui, please report it\n${lines}\n`);
	return bugExitCode;
}

async function main(): Promise<void> {
	// A write to a closed pipe is told to its writer; as an event it would end the program with a stack trace.
	process.stdout.on('error', () => {});
	process.stderr.on('error', () => {});
	watch();
	try {
		process.exitCode = await run(parseArguments(process.argv.slice(2), new Date()));
	} catch (error) {
		process.exitCode = await report(error);
	}

	process.exitCode = signalExitCode ?? process.exitCode;
	stopWatching();
}

await main();
