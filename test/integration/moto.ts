import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {access} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- vitest's own interface is extended
	export interface ProvidedContext {
		/** Address of moto's server; null where it cannot run, and then `motoSkipped` says why. */
		motoUrl: string | null;
		motoSkipped: string;
	}
}

/** Runs a program to its end; rejects with what it wrote when it fails. */
async function run(command: string, words: readonly string[]): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		execFile(command, words, {maxBuffer: 64 * 1024 * 1024}, error => {
			if (error) {
				reject(new Error(error.message, {cause: error}));
			} else {
				resolve();
			}
		});
	});
}

/** The version that the suites were written against. */
const wanted = 'moto[server]==5.2.5';

/** Where the virtual environment is kept between runs. */
const folder = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'cloudtracker-tui-test', wanted.replaceAll(/[^\w.]+/g, '-'));

/** A virtual environment with moto; made when it is missing. Throws where there is no Python, or no way to install. */
async function environment(): Promise<string> {
	const python = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
	const ready = path.join(folder, 'ready');
	const isReady = await access(ready).then(() => true, () => false);
	if (!isReady) {
		await run('python3', ['-m', 'venv', '--clear', folder]);
		await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', wanted]);
		await run(python, ['-c', 'import sys; open(sys.argv[1], "w").close()', ready]);
	}

	return python;
}

/** Runs moto's server until standard input ends: whatever becomes of the tests, it goes with them. */
const program = `
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.server import main
main(["-H", "127.0.0.1", "-p", "0"])
`;

/** Resolves with the address that the server prints; rejects when it ends first. */
async function addressOf(server: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		const read = (chunk: string): void => {
			text += chunk;
			const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
			if (address !== undefined) {
				resolve(address);
			}
		};

		server.stdout?.setEncoding('utf8').on('data', read);
		server.stderr?.setEncoding('utf8').on('data', read);
		server.on('error', reject);
		server.on('exit', () => {
			reject(new Error(`moto's server ended: ${text.slice(-500)}`));
		});
	});
}

/** Starts one moto server on loopback for all integration suites (vitest's globalSetup). Without Python the suites are skipped, and that is said. */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
	let server: ChildProcess | undefined;
	try {
		server = spawn(await environment(), ['-c', program], {stdio: 'pipe'});
		project.provide('motoUrl', await addressOf(server));
		project.provide('motoSkipped', '');
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error);
		process.stderr.write(`integration tests are skipped: moto[server] cannot run here (${reason})\n`);
		project.provide('motoUrl', null);
		project.provide('motoSkipped', reason);
	}

	return () => {
		server?.kill();
	};
}
