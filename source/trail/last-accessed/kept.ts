import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type {LastAccessedReport} from '../../domain/last-accessed.js';
import {messageOf, UserError} from '../../lib/errors.js';
import {isObject} from '../../lib/json-fields.js';
import {isReport} from './report.js';

/** Raised when what is kept changes its shape. */
const version = 1;

/** Reports younger than this are not asked for again: IAM's data itself is about as late. */
const keptMs = 4 * 3_600_000;

export const keptFile = (folder: string, accountId: string): string => path.join(folder, `${accountId}.json`);

/** The reports that were kept and are still fresh, by ARN. What cannot be read counts as nothing. */
export async function readKept(file: string, now: Date): Promise<Map<string, LastAccessedReport>> {
	let value: unknown;
	try {
		value = JSON.parse(await readFile(file, 'utf8'));
	} catch {
		return new Map();
	}

	const reports = isObject(value) && value.version === version && Array.isArray(value.reports) ? value.reports.filter(report => isReport(report)) : [];
	const isFresh = ({created}: LastAccessedReport) => {
		const age = now.getTime() - Date.parse(created);
		return age >= 0 && age < keptMs;
	};

	return new Map(reports.filter(report => isFresh(report)).map(report => [report.arn, report]));
}

/** Keeps reports, for the owner's eyes only. A kill leaves the old ones. */
export async function writeKept(file: string, reports: Iterable<LastAccessedReport>): Promise<void> {
	const aside = `${file}.${process.pid}`;
	try {
		await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await writeFile(aside, JSON.stringify({version, reports: [...reports]}), {mode: 0o600});
		await rename(aside, file);
	} catch (error) {
		await rm(aside, {force: true});
		throw new UserError(`IAM's last accessed data cannot be kept in ${file}: ${messageOf(error)}`, {hint: 'name another folder in CLOUDTRACKER_TUI_CACHE_DIR', cause: error});
	}
}
