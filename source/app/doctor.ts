import {CancelledError, throwIfCancelled, UserError} from '../lib/errors.js';

/** What came of one check. */
export type Finding = {
	/** What was looked at. */
	readonly name: string;
	readonly ok: 'ok' | 'failed' | 'skipped';
	/** What was found, or why it was skipped. */
	readonly detail: string;
	/** What to do; null where nothing is to be done. */
	readonly next: string | null;
};

/** Something that an account needs. One check may find several things. */
export type Check = {
	readonly name: string;
	/** Names of checks without which this one cannot be made. */
	readonly needs?: readonly string[];
	/** Rejects with UserError where what it looks at is wrong: that is its finding. */
	readonly run: (signal: AbortSignal) => Promise<readonly Finding[]>;
	/** Exit code for findings that failed: 2 where the user gave something wrong, 3 where the source failed. A UserError has its own. */
	readonly exitCode?: 2 | 3;
};

export type Diagnosis = {
	readonly findings: readonly Finding[];
	/** 0 when nothing failed, 3 when a source did, else 2. */
	readonly exitCode: 0 | 2 | 3;
};

/** A check of one thing: `look` says what it found, or throws a UserError. */
export function check(name: string, look: (signal: AbortSignal) => Promise<string>, needs: readonly string[] = []): Check {
	return {name, needs, run: async signal => [{name, ok: 'ok', detail: await look(signal), next: null}]};
}

/** What a source's own list of checks found, as findings. */
export function findingsOf(list: ReadonlyArray<{readonly check: string; readonly ok: boolean | 'skipped'; readonly detail: string; readonly next: string | null}>): Finding[] {
	return list.map(({check: name, ok, detail, next}) => ({name, ok: ok === 'skipped' ? ok : (ok ? 'ok' : 'failed'), detail, next}));
}

type Outcome = {readonly findings: readonly Finding[]; readonly exitCode: 0 | 2 | 3};

async function runOne({name, run, exitCode = 3}: Check, signal: AbortSignal): Promise<Outcome> {
	try {
		const findings = await run(signal);
		return {findings, exitCode: findings.some(({ok}) => ok === 'failed') ? exitCode : 0};
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		return {findings: [{name, ok: 'failed', detail: error.message, next: error.hint ?? null}], exitCode: error.exitCode};
	}
}

/**
Makes the checks one after another and never stops at the first that fails; one that needs another which did not succeed is skipped.
`found` is told each finding as it comes. Rejects with CancelledError.
*/
export async function diagnose(checks: readonly Check[], {signal, found}: {readonly signal: AbortSignal; readonly found?: (finding: Finding) => void}): Promise<Diagnosis> {
	const findings: Finding[] = [];
	const succeeded = new Set<string>();
	const codes = new Set<Diagnosis['exitCode']>();
	for (const one of checks) {
		throwIfCancelled(signal);
		const missing = (one.needs ?? []).find(name => !succeeded.has(name));
		const outcome: Outcome = missing === undefined
			// A check may rest on those before it.
			// eslint-disable-next-line no-await-in-loop
			? await runOne(one, signal)
			: {findings: [{name: one.name, ok: 'skipped', detail: `needs: ${missing}`, next: null}], exitCode: 0};
		if (signal.aborted) {
			throw new CancelledError();
		}

		if (outcome.findings.every(({ok}) => ok === 'ok')) {
			succeeded.add(one.name);
		}

		for (const finding of outcome.findings) {
			findings.push(finding);
			found?.(finding);
		}

		codes.add(outcome.exitCode);
	}

	return {findings, exitCode: codes.has(3) ? 3 : (codes.has(2) ? 2 : 0)};
}
