import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {isMap, isSeq, parseDocument} from 'yaml';
import {messageOf, UserError} from '../lib/errors.js';
import {sourceText, trailOfYaml} from './cloudtracker-trails.js';
import type {TrailPlace} from './schema.js';

/** An account of a CloudTracker config.yaml. */
export type YamlAccount = {
	readonly name: string;
	/** Twelve digits; null where the file gives none. */
	readonly id: string | null;
	/** Absolute path of the IAM snapshot; null where the file gives none or none is there. */
	readonly iam: string | null;
	/** Where an IAM snapshot was looked for; empty where the file gives none. */
	readonly tried: readonly string[];
};

export type CloudTrackerConfig = {
	readonly accounts: readonly YamlAccount[];
	/** The log source it describes, for all of its accounts; null without one. */
	readonly trail: TrailPlace | null;
};

/** CloudTracker opened the path as it is, from where it ran; a path beside the config file is what most mean. */
function iamPaths(written: string, file: string): string[] {
	return [...new Set([path.resolve(written), path.resolve(path.dirname(file), written)])];
}

function accountOf(entry: unknown, index: number, file: string): YamlAccount {
	if (!isMap(entry)) {
		throw new UserError(`${file}: account ${index + 1} is no map of name, id and iam`);
	}

	const name = sourceText(entry, 'name');
	const id = sourceText(entry, 'id');
	if (name === undefined && id === undefined) {
		throw new UserError(`${file}: account ${index + 1} has neither name nor id`);
	}

	if (id !== undefined && !/^\d{12}$/.test(id)) {
		throw new UserError(`${file}: the id of account ${name ?? index + 1} is ${id}, not twelve digits`);
	}

	const written = sourceText(entry, 'iam');
	const tried = written === undefined ? [] : iamPaths(written, file);
	return {name: name ?? id ?? '', id: id ?? null, iam: tried.find(candidate => existsSync(candidate)) ?? null, tried};
}

/**
Reads CloudTracker's own config.yaml. Relative IAM paths are tried from the working folder, as CloudTracker did, then from the file's folder.
Throws UserError, naming the file, for what cannot be read or understood.
*/
export function readCloudTrackerConfig(file: string): CloudTrackerConfig {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new UserError(`the configuration file ${file} cannot be read: ${messageOf(error)}`, {cause: error});
	}

	const document = parseDocument(text);
	const [problem] = document.errors;
	if (problem) {
		throw new UserError(`the configuration file ${file} is no YAML: ${problem.message.split('\n')[0] ?? ''}`);
	}

	const root = document.contents;
	const listed = isMap(root) ? root.get('accounts', true) : undefined;
	if (!isMap(root) || !isSeq(listed)) {
		throw new UserError(`the configuration file ${file} has no list "accounts"`, {hint: 'expected CloudTracker\'s format: accounts: [{name, id, iam}]'});
	}

	return {
		accounts: listed.items.map((entry, index) => accountOf(entry, index, file)),
		trail: trailOfYaml(root, file),
	};
}
