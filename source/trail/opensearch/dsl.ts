import type {Window} from '../../domain/window.js';
import type {Json} from '../../lib/json-fields.js';
import {sharedSources} from '../query.js';
import type {Column} from './columns.js';
import type {Field} from './field-caps.js';
import type {Layout} from './layout.js';

/** Builds the questions to one layout, in the query language that Elasticsearch 7 to 9 and OpenSearch 1 to 3 share. Values never become part of a name. */

export const all = (...clauses: readonly Json[]): Json => ({bool: {filter: clauses}});
export const any = (...clauses: readonly Json[]): Json => clauses.length === 0 ? {match_none: {}} : {bool: {should: clauses, minimum_should_match: 1}};
export const not = (...clauses: readonly Json[]): Json => ({bool: {must_not: clauses}});

const existing = (field: string): Json => ({exists: {field}});

/** An event source by both of its names: in China some services write another ending. */
const sourceNames = (sources: readonly string[]): string[] => sources.flatMap(source => [source, `${source}.cn`]);

const sts = 'sts.amazonaws.com';
const signIn = 'signin.amazonaws.com';

/** The calls whose parameters name a role, or tags and source identity of the session that they open (AWS STS API reference). */
export const assumingCalls = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];
const openingCalls = [...assumingCalls, 'AssumeRoot', 'GetFederationToken'];

/** Columns that the index groups by, whatever is asked. */
const groupColumns: readonly Column[] = [
	'identityType', 'identityAccount', 'issuerArn', 'issuerType', 'issuerId', 'recipientAccount', 'eventSource', 'eventName', 'eventType', 'eventCategory',
	'managementEvent', 'readOnly', 'errorCode', 'denial', 'errorMessage',
];

/** A role, and the ARN of its sessions up to their names. */
export type Role = {readonly arn: string; readonly sessions: string};

export class Dsl {
	readonly layout: Layout;
	readonly #accountId: string;

	constructor(layout: Layout, accountId: string) {
		this.layout = layout;
		this.#accountId = accountId;
	}

	/** The name to compare and group by; undefined where the index has none. */
	exact(column: Column): string | undefined {
		return this.layout.fields[column]?.exact ?? undefined;
	}

	get time(): string {
		return this.exact('time') ?? '@timestamp';
	}

	has(column: Column): Json {
		const name = this.exact(column);
		return name === undefined ? {match_none: {}} : all(existing(name), not({term: {[name]: ''}}));
	}

	is(column: Column, values: readonly string[]): Json {
		const name = this.exact(column);
		return name === undefined ? {match_none: {}} : {terms: {[name]: values}};
	}

	/** Documents that are CloudTrail's: others may lie in the same index. */
	events(): Json {
		const marks = (['identityType', 'eventType', 'recipientAccount', 'eventSource', 'eventName'] as const).filter(column => !this.#isGeneral(column));
		return any(...marks.flatMap(column => this.exact(column) ?? []).map(name => existing(name)));
	}

	inWindow({start, end}: Window): Json {
		return {range: {[this.time]: {gte: start, lt: end, format: 'strict_date_optional_time'}}};
	}

	/** Events that the account made or received. */
	ofAccount(): Json {
		return any(this.madeByAccount(), this.received());
	}

	madeByAccount(): Json {
		return this.is('identityAccount', [this.#accountId]);
	}

	received(): Json {
		return this.is('recipientAccount', [this.#accountId]);
	}

	/** Events of which another account may hold the caller's own record: made by one account, received by another. */
	guests(): Json {
		return all(this.has('sharedEventId'), this.crossing());
	}

	/** Events between the account and another one. */
	crossing(): Json {
		const madeHere = all(this.madeByAccount(), this.has('recipientAccount'), not(this.received()));
		const madeElsewhere = all(this.received(), this.has('identityAccount'), not(this.madeByAccount()));
		return any(madeHere, madeElsewhere);
	}

	/** Records that cannot be placed: without time, source or name. */
	incomplete(): Json {
		return any(...(['eventSource', 'eventName'] as const).map(column => not(this.has(column))), not(existing(this.time)));
	}

	/** Events of those names ("source:name"). */
	named(events: readonly string[]): Json {
		const bySource = new Map<string, string[]>();
		for (const event of events) {
			const colon = event.indexOf(':');
			const source = event.slice(0, colon);
			bySource.set(source, [...bySource.get(source) ?? [], event.slice(colon + 1)]);
		}

		return any(...[...bySource].map(([source, names]) => all(this.is('eventSource', sourceNames([source])), this.is('eventName', names))));
	}

	assumptions(): Json {
		return all(this.is('eventSource', sourceNames([sts])), this.is('eventName', assumingCalls));
	}

	/** Events in the sessions of a role: of an issuer, or by the ARN of its sessions up to their names. */
	inRole({arn, sessions}: Role): Json {
		const name = this.exact('arn');
		return any(this.is('issuerArn', [arn]), ...name === undefined ? [] : [all(not(this.has('issuerArn')), {prefix: {[name]: sessions}})]);
	}

	/** Documents of which the index does not know whose they are. */
	nameless(): Json[] {
		return this.#unknown(['issuerArn', 'arn']);
	}

	/** Sources of which more must be known than of others. */
	special(): Json {
		return this.is('eventSource', sourceNames([...sharedSources, sts, signIn]));
	}

	/**
	Documents of which the index does not know all that a row needs: a value was too long for it, is analysed text alone, or was not indexed.
	They are read one by one, so that nothing is left out. `more` are columns that are asked beyond those of a row.
	*/
	unindexed(more: readonly Column[] = []): Json[] {
		const {hidesParameters, hidesNamespace, hidesSignIns, hidesAccessKeys, cutsMessages} = this.layout;
		return [
			...this.#unknown([...groupColumns, 'arn', 'principalId', 'userName', 'sharedEventId', 'clientHost', 'serviceNamespace', ...more]),
			...hidesAccessKeys && more.includes('accessKey') ? [{match_all: {}}] : [],
			...hidesParameters ? [all(this.is('eventSource', sourceNames([sts])), this.is('eventName', openingCalls))] : [],
			...hidesNamespace ? [this.is('eventSource', sourceNames(['autoscaling.amazonaws.com']))] : [],
			...hidesSignIns ? [this.is('eventSource', sourceNames([signIn]))] : [],
			...cutsMessages ? [all(this.has('errorCode'), not(this.has('errorMessage')))] : [],
		];
	}

	/** The columns of one grouping that the index can group by, with their fields. */
	sources({issued, special: isSpecial, shared}: {readonly issued: boolean | null; readonly special: boolean; readonly shared: boolean}, more: readonly Column[] = []): Array<readonly [Column, string]> {
		const ids: Column[] = this.exact('foldedPrincipalId') === undefined ? ['principalId'] : ['foldedPrincipalId'];
		const arns: Column[] = this.exact('foldedArn') === undefined ? ['arn'] : ['foldedArn'];
		// With an issuer the session's ARN and id tell nothing more, and there is one of them for each session.
		const identity: Column[] = issued === true ? ids.filter(id => id === 'foldedPrincipalId') : [...ids, ...arns, 'userName'];
		const special: Column[] = isSpecial ? ['serviceNamespace', 'clientHost'] : [];
		const asked = new Set<Column>([...groupColumns, ...identity, ...special, ...shared ? ['sharedEventId' as const] : [], ...more]);
		return [...asked].filter(column => column !== 'errorMessage' || this.exact('denial') === undefined).flatMap(column => {
			const name = this.exact(column);
			return name === undefined ? [] : [[column, name] as const];
		});
	}

	/** Filters that take a group apart by what its columns do not tell; each event falls under one of them. */
	flagFilters(): Record<string, Json> {
		const failed = all(this.is('eventSource', sourceNames([signIn])), any(...this.layout.signIns.map(name => ({term: {[name]: 'Failure'}}))));
		const ofSts = this.is('eventSource', sourceNames([sts]));
		const tagged = all(ofSts, this.has('sessionTag'));
		const named = all(ofSts, this.has('sourceIdentity'));
		return {
			plain: not(failed, tagged, named),
			failed,
			tagged: all(tagged, not(named)),
			named: all(named, not(tagged)),
			both: all(tagged, named),
		};
	}

	/** Documents that hold values of the columns which the index left out. */
	#unknown(columns: readonly Column[]): Json[] {
		const fields = columns.flatMap(column => this.layout.fields[column] ?? []);
		const ignored = fields.flatMap(({exact}) => exact ?? []);
		return [...fields.flatMap(field => this.#cutAway(field)), ...this.layout.isOurs ? [] : [{terms: {_ignored: ignored}}]];
	}

	#cutAway({path, exact}: Field): Json[] {
		if (exact === path) {
			return [];
		}

		return [exact === null ? existing(path) : all(existing(path), not(existing(exact)))];
	}

	/** Names that other logs write, too: they mark no event as CloudTrail's. */
	#isGeneral(column: Column): boolean {
		return /^(?:event|user|cloud)\./.test(this.layout.fields[column]?.path ?? '');
	}
}
