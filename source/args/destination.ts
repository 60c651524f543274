import {UserError} from '../lib/errors.js';
import type {RawOptions} from './program.js';

/** The role that was gone into, and its account: a name or an id; undefined where it is the account that is asked. */
export type Destination = {readonly role: string; readonly account: string | undefined};

/**
What --destrole and --destaccount name; undefined where neither was given. The ARN of a role names its account, too.
Throws UserError for one of them alone, for nobody who went there, and for an account that contradicts the ARN.
*/
export function destinationOf({destrole, destaccount, user, role, explain, trust}: RawOptions): Destination | undefined {
	if (destrole === undefined && destaccount === undefined) {
		return undefined;
	}

	if (destrole === undefined) {
		throw new UserError('--destaccount needs --destrole beside it: the role in that account');
	}

	if (destrole.trim() === '' || destaccount?.trim() === '') {
		throw new UserError(`--${destrole.trim() === '' ? 'destrole' : 'destaccount'} is empty`);
	}

	if (user === undefined && role === undefined) {
		throw new UserError('--destrole needs --user or --role beside it: who assumed it');
	}

	if (explain !== undefined || trust) {
		throw new UserError(`--${trust ? 'trust' : 'explain'} and --destrole cannot be used together`);
	}

	return {role: destrole, account: destaccount ?? /^arn:[^:]*:iam::(\d{12}):role\//.exec(destrole)?.[1]};
}
