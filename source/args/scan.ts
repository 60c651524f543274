import type {Command} from 'commander';
import type {ScanLimits} from '../app/athena-place.js';
import {UserError} from '../lib/errors.js';

/** What the flags of scans hold. */
export type ScanOptions = {yes?: boolean; maxScan?: string; skipSetup?: boolean};

const units: ReadonlyMap<string, number> = new Map([['B', 1], ['KB', 1e3], ['MB', 1e6], ['GB', 1e9], ['TB', 1e12]]);

/** Bytes that "50GB" names; decimal units, as AWS's prices have them. Throws UserError. */
function bytesOf(text: string): number {
	const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?b)$/i.exec(text.trim()) ?? [];
	const factor = units.get(unit.toUpperCase());
	if (factor === undefined) {
		throw new UserError(`--max-scan ${JSON.stringify(text)} is no size`, {hint: 'give a number and B, KB, MB, GB or TB: --max-scan 50GB'});
	}

	return Math.floor(Number(amount) * factor);
}

/** Flags of what Athena may scan. */
export function addScan(command: Command): Command {
	return command
		.option('--yes', 'scan with Athena without being asked')
		.option('--max-scan <size>', 'refuse a scan of Athena that would read more: 50GB')
		.option('--skip-setup', 'take Athena\'s table as it is: make nothing, check nothing');
}

/** The limits that the flags set. Throws UserError. */
export function scanLimits({yes, maxScan, skipSetup}: ScanOptions): ScanLimits {
	return {yes: yes ?? false, maxBytes: maxScan === undefined ? null : bytesOf(maxScan), skipSetup: skipSetup ?? false};
}
