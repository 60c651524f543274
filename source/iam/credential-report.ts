import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import type {IamSnapshot} from '../domain/snapshot.js';
import {messageOf, UserError} from '../lib/errors.js';
import {instantOf, isObject, textOf} from '../lib/json-fields.js';
import {withCredentials, type CredentialsByUser, type UserCredentials} from './credentials-used.js';

const hint = 'Make one with: aws iam generate-credential-report, and then: aws iam get-credential-report --query Content --output text | base64 -d > credentials.csv';

/** Columns that the dates are read from. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const columns = ['arn', 'password_last_used', 'access_key_1_last_used_date', 'access_key_2_last_used_date'] as const;

/** The fields of a CSV line; a field that holds a comma stands in quotes. */
function fieldsOf(line: string): string[] {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

/** "N/A" (there is none) and "no_information" (never used since IAM keeps it) are no dates. */
const dateOf = (field: string | undefined): string | null => field === undefined || field === 'N/A' || field === 'no_information' ? null : instantOf(field);

/**
Reads the CSV of a credential report.
@param name what the text is called in errors
@throws UserError
*/
export function parseCredentialReport(text: string, name: string): CredentialsByUser {
	const [head, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter(line => line.trim() !== '');
	const heads = fieldsOf(head ?? '');
	const missing = columns.filter(column => !heads.includes(column));
	if (missing.length > 0) {
		throw new UserError(`${name} is no credential report: its first line has no ${missing.join(', no ')}`, {hint});
	}

	const users = new Map<string, UserCredentials>();
	for (const [index, line] of lines.entries()) {
		const fields = fieldsOf(line);
		if (fields.length !== heads.length) {
			throw new UserError(`${name} is cut off or damaged: line ${index + 2} has ${fields.length} fields, not ${heads.length}`, {hint});
		}

		const [arn, password, ...keys] = columns.map(column => fields[heads.indexOf(column)]);
		users.set(arn ?? '', {password: dateOf(password), keys: keys.map(key => dateOf(key)), complete: true});
	}

	return users;
}

/** The CSV inside what the file holds: bare, in base64, or in the AWS CLI's JSON with base64 Content. */
function csvOf(text: string, name: string): string {
	const bare = text.replace(/^\uFEFF/, '').trim();
	if (bare.startsWith('{')) {
		let value: unknown;
		try {
			value = JSON.parse(bare);
		} catch (error) {
			throw new UserError(`${name} is not whole JSON (${messageOf(error)}); expected the output of \`aws iam get-credential-report\``, {hint, cause: error});
		}

		const content = isObject(value) ? textOf(value.Content) : null;
		if (content === null) {
			throw new UserError(`${name} has no Content; expected the output of \`aws iam get-credential-report\``, {hint});
		}

		return Buffer.from(content, 'base64').toString('utf8');
	}

	// The header has underscores and commas in its first line: base64 has none.
	return /^[A-Za-z\d+/\s]+=*$/.test(bare) ? Buffer.from(bare, 'base64').toString('utf8') : bare;
}

/**
Reads a credential report from a file: the CSV, its base64 form, or the AWS CLI's JSON around it. Gives what puts its dates into a snapshot;
that throws UserError for the snapshot of another account.
@throws UserError that names the file and the command that makes one
*/
export async function loadCredentialReport(file: string): Promise<(snapshot: IamSnapshot) => IamSnapshot> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw new UserError(`${file} could not be read (${messageOf(error)}); expected a credential report`, {hint, cause: error});
	}

	const credentials = parseCredentialReport(csvOf(text, file), file);
	return snapshot => {
		// Every report has a line of the root user.
		const accounts = [...new Set([...credentials.keys()].map(arn => arn.split(':')[4] ?? ''))];
		if (!accounts.includes(snapshot.accountId)) {
			throw new UserError(`${file} is the credential report of account ${accounts.join(', ') || 'nobody'}, not of ${snapshot.accountId}`, {hint});
		}

		return withCredentials(snapshot, credentials);
	};
}
