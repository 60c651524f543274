import {readFile} from 'node:fs/promises';
import type {EventSelector, FieldCondition, TrailSettings} from '../domain/trail-config.js';
import {messageOf, UserError} from '../lib/errors.js';
import {isObject, objectsOf, textOf, type Json} from '../lib/json-fields.js';
import {parseJsonPages} from '../lib/json-pages.js';

const hint = 'Make one with: (aws cloudtrail describe-trails; aws cloudtrail get-event-selectors --trail-name ARN) > trail.json';

const texts = (value: unknown): readonly string[] => Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

const flag = (value: unknown): boolean | null => typeof value === 'boolean' ? value : null;

function condition(field: string, more: Partial<FieldCondition>): FieldCondition {
	return {field, equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [], ...more};
}

/** An advanced event selector as it is. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html */
function advancedSelector(selector: Json): EventSelector {
	return objectsOf(selector.FieldSelectors).map(field => condition(textOf(field.Field) ?? '', {
		equals: texts(field.Equals),
		startsWith: texts(field.StartsWith),
		endsWith: texts(field.EndsWith),
		notEquals: texts(field.NotEquals),
		notStartsWith: texts(field.NotStartsWith),
		notEndsWith: texts(field.NotEndsWith),
	}));
}

/** Values that stand for every bucket, function or table: "arn:aws:s3", "arn:aws:s3:::", "arn:aws:lambda", "arn:aws:dynamodb". */
const everyResource = /^arn:[^:]+:(s3(:::)?|lambda|dynamodb)$/;

/** A basic event selector, as the advanced ones that say the same. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
function basicSelectors(selector: Json): EventSelector[] {
	const readWrite = textOf(selector.ReadWriteType) ?? 'All';
	const half = readWrite === 'All' ? [] : [condition('readOnly', {equals: [String(readWrite === 'ReadOnly')]})];
	const excluded = texts(selector.ExcludeManagementEventSources);
	const selectors: EventSelector[] = [];
	if (selector.IncludeManagementEvents !== false) {
		selectors.push([condition('eventCategory', {equals: ['Management']}), ...half, ...(excluded.length > 0 ? [condition('eventSource', {notEquals: excluded})] : [])]);
	}

	for (const resource of objectsOf(selector.DataResources)) {
		const values = texts(resource.Values);
		selectors.push([
			condition('eventCategory', {equals: ['Data']}),
			condition('resources.type', {equals: texts([resource.Type])}),
			...half,
			...(values.some(value => everyResource.test(value)) ? [] : [condition('resources.ARN', {startsWith: values})]),
		]);
	}

	return selectors;
}

function selectorsOf(page: Json): EventSelector[] | null {
	const {EventSelectors: basic, AdvancedEventSelectors: advanced} = page;
	return Array.isArray(basic) || Array.isArray(advanced)
		? [...objectsOf(basic).flatMap(selector => basicSelectors(selector)), ...objectsOf(advanced).map(selector => advancedSelector(selector))]
		: null;
}

const accountOf = (arn: string): string | null => /^\d{12}$/.exec(arn.split(':')[4] ?? '')?.[0] ?? null;

const arnName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function settingsOf(trail: Json): TrailSettings {
	const arn = textOf(trail.TrailARN);
	return {
		name: textOf(trail.Name) ?? (arn === null ? 'trail' : arnName(arn)),
		accountId: arn === null ? null : accountOf(arn),
		organization: flag(trail.IsOrganizationTrail),
		homeRegion: textOf(trail.HomeRegion),
		multiRegion: flag(trail.IsMultiRegionTrail),
		globalServiceEvents: flag(trail.IncludeGlobalServiceEvents),
		logging: flag(trail.IsLogging),
		selectors: null,
	};
}

/** Whether two descriptions are of one trail. */
const isSame = (a: Pick<TrailSettings, 'name' | 'accountId'>, b: {readonly name: string | null; readonly accountId: string | null}): boolean =>
	a.name === b.name && (a.accountId === null || b.accountId === null || a.accountId === b.accountId);

/**
Takes the AWS CLI's answers of several calls together by trail; the selectors' trail ARN names the trail they belong to. A trail that is described
without its selectors stays in the list: the logs may be its own, so the selectors of another one prove nothing.
*/
function combine(pages: readonly Json[]): TrailSettings[] {
	const described = pages.flatMap(page => [...objectsOf(page.trailList), ...(isObject(page.Trail) ? [page.Trail] : [])]).map(trail => settingsOf(trail));
	const selected = pages.flatMap(page => {
		const selectors = selectorsOf(page);
		const arn = textOf(page.TrailARN);
		return selectors === null ? [] : [{name: arn === null ? null : arnName(arn), accountId: arn === null ? null : accountOf(arn), selectors}];
	});
	// A status names no trail: of several trails any may be the one that is switched off.
	const statuses = pages.map(page => flag(page.IsLogging));
	const logging = statuses.includes(false) ? false : (statuses.includes(true) ? true : null);
	const nameless: TrailSettings = {name: 'trail', accountId: null, organization: null, homeRegion: null, multiRegion: null, globalServiceEvents: null, logging: null, selectors: null};
	if (selected.length === 0) {
		return described.map(trail => ({...trail, logging: trail.logging ?? logging}));
	}

	// A lone description belongs to lone selectors.
	const owner = ({name, accountId}: (typeof selected)[number]): TrailSettings | undefined =>
		described.find(trail => isSame(trail, {name, accountId})) ?? (described.length === 1 && name === null ? described[0] : undefined);
	const owners = new Set(selected.map(page => owner(page)));
	const known = [...owners].filter(trail => trail !== undefined);
	return [
		...selected.map((page): TrailSettings => {
			const trail = owner(page) ?? {...nameless, name: page.name ?? nameless.name, accountId: page.accountId};
			return {...trail, logging: trail.logging ?? logging, selectors: page.selectors};
		}),
		// The same trail may be described once by describe-trails and once by get-trail.
		...described.filter(trail => !known.some(other => isSame(other, trail))).map(trail => ({...trail, logging: trail.logging ?? logging})),
	];
}

/**
Reads a trail's configuration from the AWS CLI's output of describe-trails, get-trail, get-trail-status and get-event-selectors, one after another in one file.
A text in, the trails out; those without selectors have `selectors: null`.
@throws UserError that names the file
*/
export function parseTrailConfig(text: string, name: string): readonly TrailSettings[] {
	let pages: unknown[];
	try {
		pages = parseJsonPages(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new UserError(`${name} is not JSON (${messageOf(error)}); expected a trail's configuration`, {hint, cause: error});
	}

	const trails = combine(pages.filter(page => isObject(page)));
	if (trails.length === 0) {
		throw new UserError(`${name} describes no trail; expected the output of describe-trails, get-trail or get-event-selectors`, {hint});
	}

	return trails;
}

/**
Reads a file for {@link parseTrailConfig}.
@throws UserError that names the file
*/
export async function loadTrailConfig(path: string): Promise<readonly TrailSettings[]> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		throw new UserError(`${path} could not be read (${messageOf(error)}); expected a trail's configuration`, {hint, cause: error});
	}

	return parseTrailConfig(text, path);
}
