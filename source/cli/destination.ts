import type {Question} from '../args.js';
import type {Analysis, PrincipalSummary} from '../app/analysis.js';
import {findPrincipal} from '../app/find-principal.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {sessionsOf, type SessionDetail} from '../app/role-sessions.js';
import type {AccountChoice} from '../app/workspace.js';
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
	const target = there.key === choice.key ? analysis : await workspace.analyze(there, analysis.window, task);
	const role = findPrincipal(target, 'role', question.destination.role);
	const usages = await workspace.sessions(there, target, role.arn, task);
	return {target, by, role, found: sessionsOf(target, role, usages, by)};
}
