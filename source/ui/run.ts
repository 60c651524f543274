import process from 'node:process';
import type {AccountChoice, Workspace} from '../app/workspace.js';
import type {Window} from '../domain/window.js';
import type {Exporter} from './exporter.js';
import type {Rebinding} from './keys.js';
import type {Size} from './layout.js';

export type TuiOptions = {
	readonly workspace: Workspace;
	/** Keys by command, as the preferences name them. */
	readonly keys: Rebinding;
	readonly exporter: Exporter;
	/** The account that the command line chose; undefined lets the user pick. */
	readonly account: AccountChoice | undefined;
	/** The window, where the command line gave a start; undefined lets the user pick one (a year back for a chosen account). */
	readonly window: Window | undefined;
	/** End of the window, exclusive: midnight, ISO 8601 UTC with Z. */
	readonly end: string;
	/** How the action lists begin; the user toggles each later. */
	readonly showUsed: boolean;
	readonly ignoreBenign: boolean;
	readonly ignoreUnknown: boolean;
	readonly color: boolean;
	readonly alternateScreen: boolean;
};

const signalCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

type SignalName = keyof typeof signalCodes;

/** How the program ended: the exit code, and the work that this stopped; null where none ran. */
export type TuiOutcome = {readonly code: number; readonly stopped: string | null};

const signalNames: readonly SignalName[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Into the alternate screen, and out of it with the cursor shown again. */
const enterScreen = '\u001B[?1049h\u001B[H';
const leaveScreen = '\u001B[?1049l\u001B[?25h';

/** Asks the terminal to put brackets around what is pasted, and no longer to. */
const bracketPastes = '\u001B[?2004h';
const unbracketPastes = '\u001B[?2004l';

/**
Shows the program on the terminal until the user quits; resolves to the exit code, 0 or 128+n for a signal (Ctrl-C counts as SIGINT), and the work that was stopped. However it ends,
the terminal is as it was before. An error of ours rejects, after that. Standard input and output must be terminals.
*/
export async function runTui(options: TuiOptions): Promise<TuiOutcome> {
	const {stdout} = process;
	if (!options.color) {
		// Ink's colours read this once, when they are imported.
		process.env.FORCE_COLOR = '0';
	}

	const {mount} = await import('./mount.js');
	const size = (): Size => ({columns: stdout.columns, rows: stdout.rows});
	let isInside = false;
	const leave = () => {
		if (isInside) {
			isInside = false;
			stdout.write(options.alternateScreen ? unbracketPastes + leaveScreen : unbracketPastes);
		}
	};

	let end: (outcome: TuiOutcome | {error: unknown}) => void = () => {};
	const ended = new Promise<TuiOutcome | {error: unknown}>(resolve => {
		end = resolve;
	});
	const onSignal = (signal: SignalName) => {
		end({code: signalCodes[signal], stopped: null});
	};

	const onError = (error: unknown) => {
		end({error});
	};

	// The terminal went away: nothing can be drawn, and nothing needs to be restored.
	const onLost = () => {
		end({code: signalCodes.SIGHUP, stopped: null});
	};

	for (const signal of signalNames) {
		process.on(signal, onSignal);
	}

	process.on('uncaughtException', onError);
	process.on('unhandledRejection', onError);
	process.on('exit', leave);
	stdout.on('error', onLost);
	// Only now: a Ctrl-C in the moment between would end the program inside the screen.
	isInside = true;
	stdout.write(options.alternateScreen ? bracketPastes + enterScreen : bracketPastes);
	const app = mount(options, size(), (code, stopped) => {
		end({code, stopped});
	});
	app.exited.catch(onError);
	try {
		const outcome = await ended;
		app.unmount();
		leave();
		if ('error' in outcome) {
			throw outcome.error;
		}

		return outcome;
	} finally {
		for (const signal of signalNames) {
			process.off(signal, onSignal);
		}

		process.off('uncaughtException', onError);
		process.off('unhandledRejection', onError);
		process.off('exit', leave);
		stdout.off('error', onLost);
	}
}
