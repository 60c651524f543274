import type {Question} from '../args.js';
import type {Analysis, PrincipalSummary} from '../app/analysis.js';
import {findPrincipal} from '../app/find-principal.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {sessionsOf, type SessionDetail} from '../app/role-sessions.js';
import type {AccountChoice, TrailPlace} from '../app/workspace.js';
import {UserError} from '../lib/errors.js';
import {didYouMean} from '../lib/nearest.js';
import type {Task} from '../lib/task.js';

export type DestinationQuestion = Extract<Question, {kind: 'destination'}>;

/** What somebody did in a role, perhaps in another account. */
export type Arrival = {
	/** The account of the role. */
	readonly target: Analysis;
	readonly by: PrincipalSummary;
	readonly role: PrincipalSummary;
	readonly found: SessionDetail;
};

function destinationAccount(workspace: OpenWorkspace, analysis: Analysis, word: string): AccountChoice {
	const accounts = workspace.accounts();
	const found = accounts.find(({name}) => name === word) ?? accounts.find(({id}) => id === word) ?? accounts.find(({name}) => name?.toLowerCase() === word.toLowerCase());
	if (found) {
		return found;
	}

	const seen = analysis.accountsInTrail.find(({accountId}) => accountId === word);
	const suggestion = didYouMean(word, accounts.flatMap(({name, id}) => [name, id]).filter(text => text !== null));
	throw seen
		? new UserError(`the trail holds ${seen.events} events of account ${word}, but its IAM is not known: no account of that id is configured`, {hint: 'add it with its own IAM snapshot and this trail'})
		: new UserError(`unknown account "${word}" for --destaccount${suggestion || `: there are ${accounts.map(({name, id}) => name ?? id).join(', ')}`}`);
}

/** Why a kind of trail cannot say who was behind a role; the others can. */
const sessionless: Readonly<Partial<Record<TrailPlace['kind'], string>>> = {
	'last-accessed': 'IAM\'s last accessed data does not say who was behind a role',
};

/** Refuses a question about the sessions of a role before the account is read, where its trail cannot answer it. Throws UserError. */
export function requireSessions({trail}: AccountChoice): void {
	const reason = trail ? sessionless[trail.kind] : undefined;
	if (reason !== undefined) {
		throw new UserError(reason, {hint: 'name the CloudTrail logs with --trail: a folder of log files, or s3://BUCKET/PREFIX'});
	}
}

/** The account of the role, as far as the command line alone tells it; undefined: only the analysis can say. */
export function destinationBefore(workspace: OpenWorkspace, choice: AccountChoice, {destination: {account}}: DestinationQuestion): AccountChoice | undefined {
	const accounts = workspace.accounts();
	const found = account === undefined ? choice : accounts.find(({name}) => name === account) ?? accounts.find(({id}) => id === account);
	// One id is not known before its snapshot was read: then it is the one that is asked for, or none is.
	const unread = accounts.filter(({id, origin}) => id === null && origin !== 'demo');
	return found ?? (unread.length === 1 && unread[0]?.key === choice.key ? choice : undefined);
}

/** Asks who went into the role and what they did there. `analysis` is of the account that they came from. Throws UserError and CancelledError. */
export async function arrive(workspace: OpenWorkspace, choice: AccountChoice, {analysis, question, task}: {
	readonly analysis: Analysis;
	readonly question: DestinationQuestion;
	readonly task: Task;
}): Promise<Arrival> {
	const by = findPrincipal(analysis, question.principal, question.name);
	const {account} = question.destination;
	const isHere = account === undefined || account === analysis.account.id || account === analysis.account.name;
	const there = isHere ? choice : destinationAccount(workspace, analysis, account);
	requireSessions(there);
	const target = there.key === choice.key ? analysis : await workspace.analyze(there, analysis.window, task);
	const role = findPrincipal(target, 'role', question.destination.role);
	const usages = await workspace.sessions(there, target, role.arn, task);
	return {target, by, role, found: sessionsOf(target, role, usages, by)};
}
