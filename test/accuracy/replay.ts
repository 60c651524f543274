import path from 'node:path';
import {buildAnalysis} from '../../source/app/analyse.js';
import type {Analysis} from '../../source/app/analysis.js';
import type {Catalog} from '../../source/domain/action.js';
import type {EventMapping} from '../../source/domain/event-mapping.js';
import type {IamPrincipal, IamRole, IamSnapshot, IamUser} from '../../source/domain/snapshot.js';
import type {Usage, UsageRow} from '../../source/domain/usage.js';
import {silentTask} from '../../source/lib/task.js';
import {openFilesSource} from '../../source/trail/files/source.js';

/** Holds every sample: the oldest is of 2014. */
export const allTime = {start: '2010-01-01T00:00:00Z', end: '2030-01-01T00:00:00Z'};

const administratorAccess = {
	name: 'AdministratorAccess',
	arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
	document: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]},
};

/** Reads one account's usage off CloudTrail files, through the product's own source. */
export async function readUsage(trail: string, accountId: string, cacheFolder: string): Promise<Usage> {
	const source = openFilesSource({path: trail, accountId, cacheFolder: path.join(cacheFolder, 'cache')});
	try {
		return await source.usage(allTime, silentTask());
	} finally {
		await source.close();
	}
}

type Common = Omit<IamUser, 'kind' | 'groups'>;

function common(accountId: string, kind: 'user' | 'role', pathAndName: string): Common {
	const at = pathAndName.lastIndexOf('/') + 1;
	return {
		arn: `arn:aws:iam::${accountId}:${kind}/${pathAndName}`, name: pathAndName.slice(at), path: `/${pathAndName.slice(0, at)}`, id: null, created: null, boundaryArn: null,
		inlinePolicies: [], attachedPolicies: [{name: administratorAccess.name, arn: administratorAccess.arn}],
	};
}

/** "user/a/b", "role/a/b" of an ARN of the account; a role session without its role is told by "assumed-role/NAME". */
function resourceOf(arn: string | null, accountId: string): readonly string[] {
	const parts = (arn ?? '').split(':');
	return parts[4] === accountId ? parts.slice(5).join(':').split('/') : [];
}

/** A snapshot in which every user and role that the rows name is an administrator. */
export function administrators(rows: readonly UsageRow[], accountId: string): IamSnapshot {
	const users = new Map<string, IamUser>();
	const roles = new Map<string, IamRole>();
	for (const row of rows) {
		const [kind = '', ...rest] = resourceOf(row.issuerArn ?? row.identityArn, accountId);
		const name = kind === '' && row.userName !== null && row.identityAccount === accountId ? row.userName : rest.join('/');
		if (name === '') {
			continue;
		}

		if (kind === 'role' || kind === 'assumed-role') {
			roles.set(name, {...common(accountId, 'role', name), kind: 'role', lastUsed: null, trustPolicy: null});
		} else if (row.identityType === 'IAMUser' || kind === 'user') {
			users.set(name, {...common(accountId, 'user', name), kind: 'user', groups: []});
		}
	}

	return {accountId, users: [...users.values()], roles: [...roles.values()], groups: [], policies: [administratorAccess], warnings: []};
}

/** The whole analysis of an account's usage. */
export function analyse(snapshot: IamSnapshot, usage: Usage, catalog: Catalog): Analysis {
	return buildAnalysis({snapshot, usage, window: allTime, accountName: null, catalog, strict: false});
}

/** What became of the distinct events of all principals of an analysis, as "source:name". */
export type Replayed = {
	/** In the rows of an action that is used. */
	readonly used: ReadonlySet<string>;
	readonly noPermissionNeeded: ReadonlySet<string>;
	readonly unmapped: ReadonlySet<string>;
	/** Actions that are a `+`, with the principal. */
	readonly ungranted: readonly string[];
};

/** Collects every principal's rows. */
export function replayed(analysis: Analysis): Replayed {
	const used = new Set<string>();
	const noPermissionNeeded = new Set<string>();
	const unmapped = new Set<string>();
	const ungranted: string[] = [];
	for (const {arn} of analysis.principals) {
		const detail = analysis.principal(arn);
		for (const row of detail.actions) {
			if (row.verdict === 'ungranted') {
				ungranted.push(`${row.action} of ${arn}`);
			}

			for (const event of row.verdict === 'used' ? row.events : []) {
				used.add(event);
			}
		}

		for (const {eventSource, eventName} of detail.noPermissionNeeded) {
			noPermissionNeeded.add(`${eventSource}:${eventName}`);
		}

		for (const {eventSource, eventName} of detail.unmapped) {
			unmapped.add(`${eventSource}:${eventName}`);
		}
	}

	return {used, noPermissionNeeded, unmapped, ungranted};
}

/** Whether an event proves nothing for certain: all its actions depend on its parameters. */
export function isOnlyConditional(mapping: EventMapping): boolean {
	return mapping.kind === 'actions' && mapping.certain.length === 0;
}

/** Users and roles of a snapshot. */
export function principalsOf(snapshot: IamSnapshot): readonly IamPrincipal[] {
	return [...snapshot.users, ...snapshot.roles];
}
