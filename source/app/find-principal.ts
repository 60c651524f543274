import {UserError} from '../lib/errors.js';
import {didYouMean} from '../lib/nearest.js';
import type {Analysis, PrincipalSummary} from './analysis.js';

/** Root is listed as "<root>"; whoever types "root" means it, unless an IAM user has that name. */
const rootName = 'root';

function byArn(analysis: Analysis, kind: 'user' | 'role', arn: string): PrincipalSummary | undefined {
	const account = arn.split(':')[4] ?? '';
	if (/^\d{12}$/.test(account) && account !== analysis.account.id) {
		throw new UserError(`${arn} is of account ${account}, not of ${analysis.account.id}`);
	}

	const found = analysis.principals.find(principal => principal.arn === arn);
	if (found && (found.kind === 'role') !== (kind === 'role')) {
		throw new UserError(`${arn} is a ${found.kind}: use --${found.kind === 'role' ? 'role' : 'user'}`);
	}

	return found;
}

/**
The user or role that a name or an ARN means: the exact name, else the only one whose name differs in case alone.
Throws UserError, with the nearest names, when there is none, and for an ARN of another account.
*/
export function findPrincipal(analysis: Analysis, kind: 'user' | 'role', nameOrArn: string): PrincipalSummary {
	const ofKind = analysis.principals.filter(principal => (principal.kind === 'role') === (kind === 'role'));
	const found = nameOrArn.startsWith('arn:')
		? byArn(analysis, kind, nameOrArn)
		: ofKind.find(({kind, name}) => kind !== 'root' && name === nameOrArn)
			?? ofKind.find(({kind, name}) => kind !== 'root' && name.toLowerCase() === nameOrArn.toLowerCase())
			?? ofKind.find(({kind, name}) => kind === 'root' && [rootName, name].includes(nameOrArn.toLowerCase()));
	if (found) {
		return found;
	}

	const other = kind === 'user' ? 'role' : 'user';
	const elsewhere = analysis.principals.find(principal => principal.kind === other && principal.name === nameOrArn);
	const candidates = ofKind.map(principal => nameOrArn.startsWith('arn:') ? principal.arn : principal.name);
	const account = analysis.account.name ?? analysis.account.id;
	throw new UserError(elsewhere
		? `account ${account} has no ${kind} "${nameOrArn}", but a ${other} of that name: use --${other}`
		: `account ${account} has no ${kind} "${nameOrArn}"${didYouMean(nameOrArn, candidates)}`);
}
