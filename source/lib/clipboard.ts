import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import process from 'node:process';

type Environment = Readonly<Record<string, string | undefined>>;

/** A program that puts its standard input into the clipboard. */
export type ClipboardTool = {readonly command: string; readonly parameters: readonly string[]};

const tool = (command: string, ...parameters: readonly string[]): ClipboardTool => ({command, parameters});

/** Milliseconds that a program may take to read a line; one that hangs must not hold the next up. */
const patience = 2000;

/**
The programs that may reach the clipboard of the one who sits at the keyboard, the best first; only the environment is asked. In a session over SSH those
of the far machine are of no use, but for X11, whose display is the near one's.
*/
export function clipboardTools(environment: Environment, platform: NodeJS.Platform): readonly ClipboardTool[] {
	const isSet = (name: string) => environment[name] !== undefined && environment[name] !== '';
	const x11 = isSet('DISPLAY') ? [tool('xclip', '-selection', 'clipboard'), tool('xsel', '--clipboard', '--input')] : [];
	if (isSet('SSH_CONNECTION') || isSet('SSH_TTY')) {
		return x11;
	}

	if (platform === 'darwin') {
		return [tool('pbcopy')];
	}

	if (platform === 'win32') {
		return [tool('clip.exe')];
	}

	return [
		...isSet('WSL_DISTRO_NAME') || isSet('WSL_INTEROP') ? [tool('clip.exe')] : [],
		...isSet('WAYLAND_DISPLAY') ? [tool('wl-copy')] : [],
		...x11,
	];
}

/**
The sequence that asks the terminal itself to copy (OSC 52, https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h3-Operating-System-Commands).
tmux hands it on only when it is wrapped (https://github.com/tmux/tmux/wiki/FAQ, "passthrough").
*/
export function osc52(text: string, environment: Environment): string {
	const sequence = `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
	const isInTmux = environment.TMUX !== undefined && environment.TMUX !== '';
	return isInTmux ? `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\` : sequence;
}

/** Whether a program took the text. */
async function offer({command, parameters}: ClipboardTool, text: string): Promise<boolean> {
	return new Promise(resolve => {
		const child = spawn(command, parameters, {stdio: ['pipe', 'ignore', 'ignore'], timeout: patience});
		child.on('error', () => {
			resolve(false);
		});
		// Not "close": xclip and wl-copy leave a child behind that holds the text.
		child.on('exit', code => {
			resolve(code === 0);
		});
		child.stdin.on('error', () => {});
		child.stdin.end(text);
	});
}

/** Copies a text with the first program that takes it, else by `write`, which sends a sequence to the terminal. Says by what. */
export async function copyText(
	text: string,
	write: (sequence: string) => void,
	environment: Environment = process.env,
	platform: NodeJS.Platform = process.platform,
): Promise<string> {
	for (const candidate of clipboardTools(environment, platform)) {
		// One after the other: the second is asked only when the first is not there.
		// eslint-disable-next-line no-await-in-loop
		if (await offer(candidate, text)) {
			return candidate.command;
		}
	}

	write(osc52(text, environment));
	return 'OSC 52';
}
