import {readFile} from 'node:fs/promises';
import type {LastAccessed, LastAccessedReport, ServiceAccess} from '../../domain/last-accessed.js';
import type {Warning} from '../../domain/warning.js';
import {plural} from '../../domain/words.js';
import {messageOf, UserError} from '../../lib/errors.js';
import {isObject, objectsOf, textOf, type Json} from '../../lib/json-fields.js';
import {parseJsonPages} from '../../lib/json-pages.js';
import {createdOf, servicesOfPage} from './report.js';

const expected = 'the outputs of `aws iam get-service-last-accessed-details`, one after another';

/**
Reads reports from a file with the AWS CLI's outputs as they are. An output does not say whose it is but by the entities in it; where an added key "Arn" does, that is taken.
@throws UserError that names the file, when it cannot be read or holds no such output
*/
export async function loadLastAccessedFile(path: string): Promise<LastAccessed> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (error) {
		throw new UserError(`${path} cannot be read: ${messageOf(error)}; expected ${expected}`, {cause: error});
	}

	// PowerShell's `>` writes UTF-16, with a mark.
	const encoding = bytes[0] === 0xFF && bytes[1] === 0xFE ? 'utf-16le' : 'utf8';
	return parseLastAccessed(new TextDecoder(encoding).decode(bytes), path);
}

/** The pure part of {@link loadLastAccessedFile}. @throws UserError */
export function parseLastAccessed(text: string, name: string): LastAccessed {
	const pages = pagesOf(text, name);
	const reports = new Map<string, Pages>();
	let strangers = 0;
	let unfinished = 0;
	for (const page of pages) {
		if (page.JobStatus !== 'COMPLETED') {
			unfinished++;
			continue;
		}

		const arn = subjectOf(page);
		const created = createdOf(page);
		if (arn === undefined || created === null) {
			strangers++;
			continue;
		}

		reports.set(arn, merge(reports.get(arn), {created, pages: [page]}));
	}

	return {location: name, reports: [...reports].map(([arn, pages]) => reportOf(arn, pages)), warnings: [...unfinishedWarning(name, unfinished), ...strangerWarning(name, strangers)]};
}

function pagesOf(text: string, name: string): readonly Json[] {
	let values: unknown[];
	try {
		values = parseJsonPages(text);
	} catch (error) {
		throw new UserError(`${name} is not JSON (${messageOf(error)}); expected ${expected}`, {cause: error});
	}

	const pages = values.filter(value => isObject(value));
	if (pages.length < values.length || pages.length === 0 || pages.some(page => typeof page.JobStatus !== 'string')) {
		throw new UserError(`${name} holds no last accessed data; expected ${expected}`, {hint: 'docs/last-accessed.md has the commands that write such a file'});
	}

	return pages;
}

/**
The user or role that a page is about: an added "Arn", else the one entity that its services name. A report on a group or a policy names its members, one or several:
several, or a count of several, is no report on a principal. A page that names nobody tells of no access, and not of whom.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
*/
function subjectOf(page: Json): string | undefined {
	const given = textOf(page.Arn);
	if (given !== null) {
		return given;
	}

	const services = objectsOf(page.ServicesLastAccessed);
	const entities = new Set(services.map(service => textOf(service.LastAuthenticatedEntity)).filter(entity => entity !== null));
	const [arn] = entities;
	const isShared = services.some(({TotalAuthenticatedEntities: total}) => typeof total === 'number' && total > 1);
	return entities.size === 1 && !isShared ? arn : undefined;
}

/** The pages of one report, as they stand in the file. */
type Pages = {readonly created: string; readonly pages: readonly Json[]};

/** Pages of one report come together; of several reports on one principal the newest stays. */
function merge(before: Pages | undefined, page: Pages): Pages {
	if (!before || page.created > before.created) {
		return page;
	}

	if (page.created < before.created) {
		return before;
	}

	return {created: page.created, pages: [...before.pages, ...page.pages]};
}

/**
Whether pages are a whole report: each names by a marker of its own that there is a next one, and the last that there is none. A page does not say which
marker it was asked with: their order in the file is what chains them.
*/
function isWhole(pages: readonly Json[]): boolean {
	const different = [...new Map(pages.map(page => [JSON.stringify(page), page])).values()];
	const markers = different.slice(0, -1).map(page => page.IsTruncated === true ? textOf(page.Marker) : null);
	return different.at(-1)?.IsTruncated !== true && markers.every(marker => marker !== null) && new Set(markers).size === markers.length;
}

function reportOf(arn: string, {created, pages}: Pages): LastAccessedReport {
	const services = new Map<string, ServiceAccess>(pages.flatMap(page => servicesOfPage(page)).map(access => [access.service, access]));
	return {arn, created, complete: isWhole(pages), services: [...services.values()]};
}

function unfinishedWarning(name: string, count: number): Warning[] {
	return count === 0 ? [] : [{code: 'last-accessed-unfinished', message: `${plural(count, 'output')} in ${name} of jobs that were not done, or failed: ask again until JobStatus is COMPLETED`}];
}

function strangerWarning(name: string, count: number): Warning[] {
	return count === 0
		? []
		: [{
			code: 'last-accessed-whose',
			message: `${plural(count, 'report')} in ${name} of which it cannot be told whose: without any access, or of a group or policy; add the key "Arn" to each`,
		}];
}
