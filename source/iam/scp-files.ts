import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import type {ServiceControlPolicies} from '../domain/grants.js';
import {messageOf, UserError} from '../lib/errors.js';
import {documentOf, isObject, textOf, type Json} from '../lib/json-fields.js';
import {parseJsonPages} from '../lib/json-pages.js';

type NamedPolicy = {readonly name: string; readonly document: unknown};

const hint = 'Give policy documents, or make such files with: aws organizations describe-policy --policy-id ID > scp.json';

/** A policy document as it is, or inside the answer of describe-policy. https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html */
function policyOf(page: Json, fallbackName: string): NamedPolicy | undefined {
	if ('Statement' in page) {
		return {name: fallbackName, document: page};
	}

	const {Policy: policy} = page;
	const document = isObject(policy) ? documentOf(policy.Content) : null;
	if (!isObject(policy) || document === null) {
		return undefined;
	}

	const {PolicySummary: summary} = policy;
	return {name: (isObject(summary) ? textOf(summary.Name) : null) ?? fallbackName, document};
}

async function readPolicies(file: string): Promise<NamedPolicy[]> {
	let pages: unknown[];
	try {
		const text = await readFile(file, 'utf8');
		pages = parseJsonPages(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new UserError(`${file} could not be read as a service control policy (${messageOf(error)})`, {hint, cause: error});
	}

	const name = path.basename(file, path.extname(file));
	const policies = pages.map(page => isObject(page) ? policyOf(page, name) : undefined).filter(policy => policy !== undefined);
	if (policies.length === 0 || policies.length < pages.length) {
		throw new UserError(`${file} is no service control policy: expected a policy document with Statement`, {hint});
	}

	return policies;
}

async function filesOf(place: string): Promise<string[]> {
	const found = await stat(place).catch((error: unknown) => {
		throw new UserError(`--scp ${place} could not be read (${messageOf(error)})`, {hint, cause: error});
	});
	if (!found.isDirectory()) {
		return [place];
	}

	const names = await readdir(place);
	const files = names.filter(name => name.toLowerCase().endsWith('.json')).toSorted().map(name => path.join(place, name));
	if (files.length === 0) {
		throw new UserError(`--scp ${place} is a folder without a .json file`, {hint});
	}

	return files;
}

/**
Reads service control policies: each path is a level (root, then organizational units, then the account, in the caller's order), a file of
one or more policies or a folder of such files. Within a level policies add up, over the levels only what all allow is allowed
(AWS Organizations user guide, "SCP evaluation").
@throws UserError that names the path
*/
export async function loadServiceControlPolicies(paths: readonly string[]): Promise<ServiceControlPolicies> {
	const levels = await Promise.all(paths.map(async place => {
		const files = await filesOf(place);
		const policies = await Promise.all(files.map(async file => readPolicies(file)));
		return policies.flat();
	}));
	return {levels};
}
