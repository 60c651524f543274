import type {Diagnosis, Finding} from '../app/doctor.js';
import {terminalText} from '../lib/terminal-text.js';
import {toJson} from './json.js';

/** Version of the printed JSON: raised when a key changes its meaning or goes away. */
const schemaVersion = 1;

const labels: Readonly<Record<Finding['ok'], string>> = {ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped'};

/** One finding in one line, with what to do. */
export function findingLine({name, ok, detail, next}: Finding): string {
	return terminalText(`${labels[ok]}  ${name}: ${detail}${next === null ? '' : `; do: ${next}`}`);
}

/** The lines of `doctor`, or its JSON; ends with a line break. */
export function printDiagnosis({findings, exitCode}: Diagnosis, account: {readonly id: string | null; readonly name: string | null}, format: 'text' | 'json'): string {
	return format === 'json'
		? toJson({
			schemaVersion,
			account: {id: account.id, name: account.name ?? account.id},
			ok: exitCode === 0,
			checks: findings.map(({name, ok, detail, next}) => ({name, ok, detail, next})),
		})
		: findings.map(finding => `${findingLine(finding)}\n`).join('');
}
