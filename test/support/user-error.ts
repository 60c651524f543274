import {expect} from 'vitest';
import {UserError} from '../../source/lib/errors.js';

/** The UserError that a piece of work ends in; what else it ends in is thrown. */
export async function userErrorOf(work: Promise<unknown>): Promise<UserError> {
	try {
		await work;
	} catch (error) {
		if (error instanceof UserError) {
			return error;
		}

		throw error;
	}

	throw new Error('it did not fail');
}

/** For `toMatchObject`: a text that matches. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** For `toMatchObject`: a text that holds another. */
export const containing = (text: string): unknown => expect.stringContaining(text);
