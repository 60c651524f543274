import {chmod, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {clipboardTools, copyText, osc52} from '../../source/lib/clipboard.js';
import {temporaryFolder} from '../support/temporary-folder.js';

describe('Terminal 22: which programs may reach the clipboard', () => {
	test.each<{name: string; environment: Record<string, string>; platform: NodeJS.Platform; tools: string[]}>([
		{name: 'macOS', environment: {}, platform: 'darwin', tools: ['pbcopy']},
		{name: 'Windows', environment: {}, platform: 'win32', tools: ['clip.exe']},
		{name: 'Wayland, and X11 beside it', environment: {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'}, platform: 'linux', tools: ['wl-copy', 'xclip', 'xsel']},
		{name: 'X11', environment: {DISPLAY: ':0'}, platform: 'linux', tools: ['xclip', 'xsel']},
		{name: 'Windows below Linux', environment: {WSL_DISTRO_NAME: 'Debian'}, platform: 'linux', tools: ['clip.exe']},
		{name: 'no display', environment: {DISPLAY: ''}, platform: 'linux', tools: []},
		{name: 'over SSH the far clipboard is of no use', environment: {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22', WAYLAND_DISPLAY: 'wayland-0'}, platform: 'linux', tools: []},
		{name: 'nor is a far Mac\'s', environment: {SSH_TTY: '/dev/pts/1'}, platform: 'darwin', tools: []},
		{name: 'but a forwarded X11 display is the near one', environment: {SSH_TTY: '/dev/pts/1', DISPLAY: 'localhost:10.0'}, platform: 'linux', tools: ['xclip', 'xsel']},
	])('$name', ({environment, platform, tools}) => {
		expect(clipboardTools(environment, platform).map(({command}) => command)).toEqual(tools);
	});
});

describe('Terminal 22: OSC 52', () => {
	test('carries the text in base 64', () => {
		expect(osc52('s3:GetObject é', {})).toBe('\u001B]52;c;czM6R2V0T2JqZWN0IMOp\u0007');
	});

	test('is wrapped for tmux, every escape doubled', () => {
		expect(osc52('a', {TMUX: '/run/tmux,1,0'})).toBe('\u001BPtmux;\u001B\u001B]52;c;YQ==\u0007\u001B\\');
	});
});

/** A program of that name which keeps what it is given, or fails. */
async function fakeTool(folder: string, name: string, code: number): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, `#!/bin/sh\ncat > ${path.join(folder, `${name}.out`)}\nexit ${code}\n`);
	await chmod(file, 0o755);
	return path.join(folder, `${name}.out`);
}

describe.skipIf(process.platform === 'win32')('Terminal 22: copying says by what', () => {
	const environment = {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'};
	const copy = async (folder: string) => {
		const sent: string[] = [];
		const before = process.env.PATH;
		process.env.PATH = `${folder}:/bin:/usr/bin`;
		try {
			const way = await copyText('s3:GetObject', sequence => {
				sent.push(sequence);
			}, environment, 'linux');
			return {way, sent};
		} finally {
			process.env.PATH = before;
		}
	};

	test('the first program that is there', async () => {
		const folder = await temporaryFolder();
		const out = await fakeTool(folder, 'wl-copy', 0);
		expect(await copy(folder)).toEqual({way: 'wl-copy', sent: []});
		expect(await readFile(out, 'utf8')).toBe('s3:GetObject');
	});

	test('one that fails gives way to the next', async () => {
		const folder = await temporaryFolder();
		await fakeTool(folder, 'wl-copy', 1);
		const out = await fakeTool(folder, 'xclip', 0);
		expect(await copy(folder)).toEqual({way: 'xclip', sent: []});
		expect(await readFile(out, 'utf8')).toBe('s3:GetObject');
	});

	test('where all fail, the terminal is asked', async () => {
		const folder = await temporaryFolder();
		for (const name of ['wl-copy', 'xclip', 'xsel']) {
			// eslint-disable-next-line no-await-in-loop
			await fakeTool(folder, name, 1);
		}

		expect(await copy(folder)).toEqual({way: 'OSC 52', sent: [osc52('s3:GetObject', {})]});
	});
});
