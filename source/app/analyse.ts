import type {Catalog} from '../domain/action.js';
import {rootArn} from '../domain/attribution.js';
import {hasGaps, judgeCoverage, type Coverage} from '../domain/coverage.js';
import {attemptedActions, diffRows, type ActionRow, type DiffInput} from '../domain/diff.js';
import {createEventMapper} from '../domain/event-mapping.js';
import {createGrantEvaluator, type PrincipalGrants, type ServiceControlPolicies} from '../domain/grants.js';
import {createWitness} from '../domain/last-accessed-witness.js';
import {lastAccessedSource, limitsWarning} from '../domain/last-accessed.js';
import {foldUsage, type AccountUsage, type PrincipalUsage, type Tally} from '../domain/principal-usage.js';
import {summarizePrincipal, summarizeRoot, type PrincipalSummary} from '../domain/principals.js';
import type {IamPrincipal, IamSnapshot} from '../domain/snapshot.js';
import type {TrailSettings} from '../domain/trail-config.js';
import {observeTrail} from '../domain/trail-facts.js';
import {judgeTrust} from '../domain/trust.js';
import type {Usage} from '../domain/usage.js';
import type {Warning} from '../domain/warning.js';
import {daysIn, type Window} from '../domain/window.js';
import {UserError} from '../lib/errors.js';
import {eventsToLookFor, explainAction} from './explain.js';
import {markedRows, planRemediation} from './remediation.js';
import {summarizeCoverage} from './trail-coverage.js';
import type {Analysis, EventCount, PrincipalDetail, TrailSummary} from './analysis.js';

/** All that an analysis is made of. */
export type AnalysisInput = {
	readonly snapshot: IamSnapshot;
	readonly usage: Usage;
	readonly window: Window;
	/** The account's name in the configuration; null without one. */
	readonly accountName: string | null;
	readonly catalog: Catalog;
	/** Take no assumption and no gap in the logs: what rests on one is unknown. */
	readonly strict: boolean;
	/** The trail's own configuration, where it was given. */
	readonly trailSettings?: readonly TrailSettings[];
	/** When the IAM snapshot was taken, in words; null or left out where it does not say. */
	readonly snapshotAge?: string | null;
	/** Service control policies, where they were given. */
	readonly serviceControlPolicies?: ServiceControlPolicies;
};

const byName = (a: {readonly name: string}, b: {readonly name: string}): number => a.name < b.name ? -1 : (a.name > b.name ? 1 : 0);

function eventCounts(counts: ReadonlyMap<string, number>): EventCount[] {
	return [...counts].map(([key, count]) => {
		const at = key.indexOf(':');
		return {eventSource: key.slice(0, at), eventName: key.slice(at + 1), count};
	}).toSorted((a, b) => b.count - a.count || (a.eventSource + a.eventName < b.eventSource + b.eventName ? -1 : 1));
}

function summarizeTrail({usage, window, snapshot}: AnalysisInput, account: AccountUsage): TrailSummary {
	const own = usage.accounts.find(entry => entry.accountId === snapshot.accountId);
	return {
		source: usage.source,
		location: usage.location,
		events: own?.events ?? 0,
		firstEvent: own?.firstEvent ?? null,
		lastEvent: own?.lastEvent ?? null,
		daysCovered: usage.days.length,
		daysInWindow: daysIn(window),
		unreadableFiles: usage.unreadable.length,
		unattributed: [...account.unattributed].map(([kind, events]) => ({kind, events})).toSorted((a, b) => a.kind < b.kind ? -1 : 1),
	};
}

const day = (instant: string): string => instant.slice(0, 10);

const grouped = (count: number): string => count.toLocaleString('en-US');

/** How many accounts a message names: the ones with the most events. */
const accountsNamed = 5;

function noLogsMessage({usage, window, snapshot}: AnalysisInput): string {
	const asked = `${usage.location} holds no event of account ${snapshot.accountId} from ${day(window.start)} to before ${day(window.end)}`;
	const own = usage.elsewhere.find(entry => entry.accountId === snapshot.accountId);
	if (own) {
		return `${asked}; its events run from ${day(own.firstEvent)} to ${day(own.lastEvent)}. Give --start and --end within`;
	}

	if (usage.elsewhere.length > 0) {
		const others = usage.elsewhere.toSorted((a, b) => b.events - a.events).map(entry => `${entry.accountId} (${day(entry.firstEvent)} to ${day(entry.lastEvent)})`);
		const more = others.length > accountsNamed ? ` and ${others.length - accountsNamed} more accounts` : '';
		return `${asked}; it holds events of ${others.slice(0, accountsNamed).join(', ')}${more}. Give the IAM snapshot of that account, or another --trail`;
	}

	return usage.unreadable.length > 0
		? `${asked}: no file in it could be read`
		: `${asked}, and no event at all. Give --trail the folder that holds the .json.gz files`;
}

/** What the given configuration of the trail leaves open. */
function trailWarnings({trailSettings = [], snapshot, usage}: AnalysisInput): Warning[] {
	const unselected = trailSettings.filter(({selectors}) => selectors === null).map(({name}) => name).join(', ');
	const foreign = trailSettings.filter(({accountId}) => accountId !== null && accountId !== snapshot.accountId);
	const narrow = trailSettings.length > 0 ? [] : (usage.trailSettings ?? []).filter(({multiRegion, globalServiceEvents}) => multiRegion === false || globalServiceEvents === false);
	const unknown: Warning = {
		code: 'trail-without-selectors',
		message: `--trail-config describes trail ${unselected} without event selectors: the logs may be of that trail, so no data action is called unused. `
			+ 'Add them with: aws cloudtrail get-event-selectors --trail-name ARN',
	};
	return [
		...narrow.map(({name, homeRegion, multiRegion}) => ({
			code: 'narrow-trail',
			message: `trail ${name} records ${multiRegion === false ? `one region only (${homeRegion ?? 'not told'})` : 'no events of global services'}: what it may have missed is not called unused`,
		})),
		...unselected === '' ? [] : [unknown],
		...foreign.map(({name, accountId}) => ({
			code: 'organization-trail',
			message: `trail ${name} belongs to account ${accountId ?? ''}: a change of what it selects is an event of that account and is not seen here, `
				+ 'so its selectors are taken as if they had held all the time (not with --strict)',
		})),
	];
}

function warningsOf(input: AnalysisInput, trail: TrailSummary, unmapped: readonly EventCount[]): Warning[] {
	const {lastAccessed, source} = input.usage;
	const warnings = [...input.snapshot.warnings, ...input.usage.warnings, ...lastAccessed?.warnings ?? [], ...trailWarnings(input)];
	if (lastAccessed && source === lastAccessedSource) {
		warnings.push(limitsWarning(lastAccessed));
	} else if (trail.events === 0) {
		warnings.push({code: 'no-logs', message: noLogsMessage(input)});
	} else if (trail.daysCovered < trail.daysInWindow) {
		warnings.push({
			code: 'days-without-logs',
			message: `logs cover ${grouped(trail.daysCovered)} of ${grouped(trail.daysInWindow)} days, last ${day(trail.lastEvent ?? '')}`,
		});
	}

	if (trail.unreadableFiles > 0) {
		warnings.push({code: 'unreadable-files', message: `${grouped(trail.unreadableFiles)} of ${grouped(input.usage.files)} files could not be read`});
	}

	if (unmapped.length > 0) {
		const events = unmapped.reduce((sum, entry) => sum + entry.count, 0);
		warnings.push({code: 'unmapped-events', message: `${grouped(events)} events of ${grouped(unmapped.length)} kinds map to no known IAM action: see "cloudtracker-tui unmapped" (m on the screen)`});
	}

	return warnings;
}

/** An assumption from before the role was made was of an earlier role of its name. */
function assumedSince(assumed: Tally | undefined, created: string | null): Tally | undefined {
	return assumed?.last && created !== null && assumed.last < created ? undefined : assumed;
}

function sumUnmapped(account: AccountUsage): EventCount[] {
	const sum = new Map<string, number>();
	for (const usage of account.principals.values()) {
		for (const [key, count] of usage.unmapped) {
			sum.set(key, (sum.get(key) ?? 0) + count);
		}
	}

	return eventCounts(sum);
}

/** What a principal's detail needs beside its summary. */
type Subject = {readonly grants: PrincipalGrants; readonly usage: PrincipalUsage | undefined; readonly coverage: Coverage};

function rootDiff(catalog: Catalog, usage: PrincipalUsage, grants: (principal: IamPrincipal) => PrincipalGrants, arn: string): Omit<Subject, 'coverage'> {
	// Root is granted all and never asked to prove it: an identity with no policy, then every used action counted as granted.
	const nobody: IamPrincipal = {
		kind: 'user', arn, name: '<root>', path: '/', id: null, created: null, boundaryArn: null, groups: [], inlinePolicies: [], attachedPolicies: [],
	};
	const granted = grants(nobody).granted.clone();
	for (const [id, entry] of usage.actions) {
		if (entry.used.count > 0 && id < catalog.size) {
			granted.add(id);
		}
	}

	return {usage, grants: {...grants(nobody), granted}};
}

/**
Evaluates one account and window: every principal's grants against what the trail saw it use.
Whole accounts are evaluated at once; the rows of one principal are made when asked for.
*/
export function buildAnalysis(input: AnalysisInput): Analysis {
	const {snapshot, usage, window, catalog} = input;
	const mapEvent = createEventMapper(catalog);
	const account = foldUsage({snapshot, rows: usage.rows, assumptions: usage.assumptions, catalog, mapEvent});
	const trail = summarizeTrail(input, account);
	const settings = input.trailSettings ?? usage.trailSettings ?? [];
	const observed = observeTrail(usage.rows, snapshot.accountId, catalog, mapEvent);
	const root = rootArn(snapshot);
	const coverage = judgeCoverage(
		catalog,
		{...trail, regions: usage.regions, observed},
		{strict: input.strict, settings, partition: root.split(':')[1] ?? 'aws', accountId: snapshot.accountId},
	);
	const evaluate = createGrantEvaluator(snapshot, catalog, input.serviceControlPolicies);
	const {lastAccessed} = usage;
	const hear = lastAccessed && createWitness({lastAccessed, alone: usage.source === lastAccessedSource, coverage, catalog, mapEvent, window, strict: input.strict});
	const strictGaps = input.strict && hasGaps(trail);
	const subjects = new Map<string, Subject>();
	const summaries = new Map<string, PrincipalSummary>();

	const summarize = (principal: IamPrincipal): PrincipalSummary => {
		const seen = {grants: evaluate(principal), usage: account.principals.get(principal.arn)};
		const {witness, ...heard} = hear?.({...seen, principal}) ?? {...seen, coverage, witness: undefined};
		const subject = {...seen, ...heard};
		subjects.set(principal.arn, subject);
		return summarizePrincipal(
			{...subject, witness, principal, assumed: assumedSince(account.assumed.get(principal.arn), principal.created), window, anyLogs: trail.events > 0, strictGaps},
			{catalog, ...subject},
		);
	};

	const principals: PrincipalSummary[] = [];
	const rootUsage = account.principals.get(root);
	if (rootUsage) {
		const subject = {...rootDiff(catalog, rootUsage, evaluate, root), coverage};
		subjects.set(root, subject);
		principals.push(summarizeRoot(root, snapshot.accountId, rootUsage, subject.grants.granted.count()));
	}

	principals.push(...snapshot.users.toSorted(byName).map(user => summarize(user)), ...snapshot.roles.toSorted(byName).map(role => summarize(role)));
	for (const summary of principals) {
		summaries.set(summary.arn, summary);
	}

	const unknownArn = (arn: string): RangeError => new RangeError(`no principal ${arn} in account ${snapshot.accountId}`);

	const summaryOf = (arn: string): PrincipalSummary => {
		const summary = summaries.get(arn);
		if (!summary) {
			throw unknownArn(arn);
		}

		return summary;
	};

	const diffOf = (arn: string): DiffInput => {
		const subject = subjects.get(arn);
		if (!subject) {
			throw unknownArn(arn);
		}

		return {catalog, ...subject};
	};

	const unmapped = sumUnmapped(account);
	return {
		account: {id: snapshot.accountId, name: input.accountName},
		window,
		snapshotAge: input.snapshotAge ?? null,
		trail,
		coverage: summarizeCoverage(usage, window, observed, input.trailSettings ?? []),
		warnings: warningsOf(input, trail, unmapped),
		unreadable: usage.unreadable,
		principals,
		unmapped,
		principal: arn => detail(summaryOf(arn), diffOf(arn)),
		accountsInTrail: usage.accounts.length > 0 ? usage.accounts : usage.elsewhere,
		rolesAssumed: arn => usage.source === lastAccessedSource
			? null
			: usage.assumptions.filter(({caller}) => caller === arn).toSorted((a, b) => a.last > b.last ? -1 : 1),
		inRole(arn, rows) {
			const {principals: found} = foldUsage({snapshot, rows, assumptions: [], catalog, mapEvent});
			return detail(summaryOf(arn), {...diffOf(arn), usage: found.get(arn)});
		},
		trust(arn, usages) {
			const role = snapshot.roles.find(one => one.arn === arn);
			if (!role) {
				throw unknownArn(arn);
			}

			const opening = catalog.idOf('sts:AssumeRole');
			const silence = opening === undefined ? {provable: false, reason: ''} : {provable: coverage.provable.has(opening), reason: coverage.silence(opening).reason};
			return judgeTrust({roleArn: arn, policy: role.trustPolicy, usages, silence});
		},
		eventsToLookFor: (arn, action) => eventsToLookFor({diff: diffOf(arn), snapshot, mapEvent, arn, action}),
		plan(arn, marks) {
			if (arn === root) {
				throw new UserError('nothing can be taken from the root user: no policy holds it', {hint: 'use it for nothing, and watch it'});
			}

			const {actions} = detail(summaryOf(arn), diffOf(arn));
			const planner = {snapshot, catalog, serviceControlPolicies: input.serviceControlPolicies, rows: usage.rows, mapEvent};
			return planRemediation(planner, arn, {rows: actions, marked: markedRows(catalog, actions, marks)});
		},
		explain: (arn, action, found) => explainAction({diff: diffOf(arn), snapshot, mapEvent, arn, action}, found),
	};
}

function detail(principal: PrincipalSummary, diff: DiffInput): PrincipalDetail {
	const {rows, grantedBy} = diffRows(diff);
	const isRoot = principal.kind === 'root';
	return {
		principal,
		actions: isRoot ? rows.filter(row => row.verdict === 'used').map((row): ActionRow => ({...row, reasonCode: 'root', reason: 'the root user may do everything; used in the window'})) : rows,
		grantedBy,
		attempted: isRoot ? [] : attemptedActions(diff),
		noPermissionNeeded: eventCounts(diff.usage?.noPermissionNeeded ?? new Map()),
		unmapped: eventCounts(diff.usage?.unmapped ?? new Map()),
		notes: [...diff.grants.incomplete, ...diff.grants.rejected],
	};
}
