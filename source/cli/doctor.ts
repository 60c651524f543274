import process from 'node:process';
import {diagnose} from '../app/doctor.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {findingLine, printDiagnosis} from '../print/doctor.js';
import {writeAll} from '../print/output.js';
import {accountToPrint} from './printed.js';

/** Makes the account's checks and prints each as it comes, or all as JSON; resolves to the exit code. Throws UserError and CancelledError. */
export async function printDoctor(workspace: OpenWorkspace, format: 'text' | 'json', signal: AbortSignal): Promise<number> {
	const choice = accountToPrint(workspace);
	const written: Array<Promise<unknown>> = [];
	const diagnosis = await diagnose(await workspace.checks(choice), {
		signal,
		...format === 'text' && {
			found(finding) {
				written.push(writeAll(process.stdout, `${findingLine(finding)}\n`));
			},
		},
	});
	await Promise.all(written);
	if (format === 'json') {
		await writeAll(process.stdout, printDiagnosis(diagnosis, {id: choice.id, name: choice.name}, format));
	}

	return diagnosis.exitCode;
}
