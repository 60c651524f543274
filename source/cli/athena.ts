import process from 'node:process';
import type {DiscoverRequest} from '../args.js';
import {discoverForAccount} from '../app/discover.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {UserError} from '../lib/errors.js';
import {writeAll} from '../print/output.js';
import {discoveredLines} from '../print/discovered.js';
import {accountToPrint} from './printed.js';
import {printedTask} from './task.js';

/** Prints the trails that record an account. Throws UserError and CancelledError. */
export async function printTrails({selection}: DiscoverRequest, configFolder: string, signal: AbortSignal): Promise<void> {
	const {task, clear} = printedTask(signal, false);
	try {
		const trails = await discoverForAccount(selection, configFolder, task);
		clear();
		await writeAll(process.stdout, discoveredLines(trails));
	} finally {
		clear();
	}
}

/** Says what was made for Athena, asks (`yes` does not), and removes it; resolves to the exit code. Throws UserError and CancelledError. */
export async function tearDown(workspace: OpenWorkspace, yes: boolean, signal: AbortSignal): Promise<number> {
	const {task, clear} = printedTask(signal, false);
	try {
		const done = await workspace.teardown(accountToPrint(workspace), async ({removes, keeps, caller}) => {
			clear();
			await writeAll(process.stderr, [`in account ${caller}\n`, ...removes.map(line => `removes ${line}\n`), ...keeps.map(line => `keeps   ${line}\n`)].join(''));
			if (!yes && !task.confirm) {
				throw new UserError('nobody was there to confirm it', {hint: 'give --yes to remove without being asked'});
			}

			return yes || task.confirm!('Remove?');
		}, task);
		clear();
		await writeAll(process.stderr, done ? 'removed\n' : 'nothing was removed\n');
		return 0;
	} finally {
		clear();
	}
}
