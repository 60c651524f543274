import {CommanderError, type Command} from 'commander';
import type {Selection} from './app/configured-accounts.js';
import {buildProgram, type Parsed, type RawOptions} from './args/program.js';
import {requestedWindow} from './args/window.js';
import {midnight, type Window} from './domain/window.js';
import {UserError} from './lib/errors.js';
import {didYouMean} from './lib/nearest.js';

export type Format = 'text' | 'json' | 'csv';

/** What is asked of an account; `screen` when nothing was: the terminal program, or both lists where there is no terminal. */
export type Question
	= | {readonly kind: 'screen'}
		| {readonly kind: 'list'; readonly principals: 'users' | 'roles'}
		| {readonly kind: 'principal'; readonly principal: 'user' | 'role'; readonly name: string}
		| {readonly kind: 'explain'; readonly principal: 'user' | 'role'; readonly name: string; readonly action: string}
		| {readonly kind: 'unmapped'};

export type AccountRequest = {
	readonly kind: 'account';
	readonly question: Question;
	readonly selection: Selection;
	readonly window: Window;
	/** Whether --start was given: then the screen does not ask for it. */
	readonly startGiven: boolean;
	/** The window's last day, as midnight: of --end, else today. */
	readonly lastDay: string;
	readonly showUsed: boolean;
	readonly ignoreBenign: boolean;
	readonly ignoreUnknown: boolean;
	/** Undefined when --format was not given. */
	readonly format: Format | undefined;
	/** False with --no-color. */
	readonly color: boolean;
	readonly quiet: boolean;
	readonly strict: boolean;
	/** Files that say more about the account; undefined and empty where not given. */
	readonly trailConfig: string | undefined;
	readonly scps: readonly string[];
	readonly credentialReport: string | undefined;
	/** Take IAM from the account again. */
	readonly refresh: boolean;
	readonly alternateScreen: boolean;
};

export type SnapshotRequest = {readonly kind: 'iam-snapshot'; readonly selection: Selection; readonly quiet: boolean};

/** What the command line asks for, checked. */
export type Request
	= | {readonly kind: 'help'; readonly text: string}
		| {readonly kind: 'version'}
		| {readonly kind: 'config-path'; readonly config: string | undefined}
		| {readonly kind: 'cache-path'}
		| {readonly kind: 'cache-clear'; readonly quiet: boolean}
		| SnapshotRequest
		| AccountRequest;

/** The first given pair of flags that cannot stand together. */
function conflict(options: RawOptions): [string, string] | undefined {
	const given = (name: keyof RawOptions): boolean => options[name] !== undefined;
	const pairs: ReadonlyArray<[keyof RawOptions, keyof RawOptions]> = [
		['user', 'role'],
		['list', 'user'],
		['list', 'role'],
		['demo', 'iam'],
		['demo', 'trail'],
		['demo', 'config'],
		['demo', 'profile'],
		['demo', 'region'],
		['iam', 'refresh'],
	];
	return pairs.find(([a, b]) => given(a) && given(b));
}

function question({list, user, role, explain}: RawOptions): Question {
	if (explain !== undefined) {
		const name = user ?? role;
		if (name === undefined) {
			throw new UserError('--explain needs --user or --role beside it');
		}

		return {kind: 'explain', principal: user === undefined ? 'role' : 'user', name, action: explain.trim()};
	}

	if (list !== undefined) {
		return {kind: 'list', principals: list};
	}

	if (user !== undefined) {
		return {kind: 'principal', principal: 'user', name: user};
	}

	return role === undefined ? {kind: 'screen'} : {kind: 'principal', principal: 'role', name: role};
}

/** Options whose value may not be empty, each with its flag. */
const filled = [
	['account', '--account'], ['iam', '--iam'], ['trail', '--trail'], ['profile', '--profile'], ['region', '--region'], ['config', '--config'], ['user', '--user'], ['role', '--role'],
	['explain', '--explain'], ['trailConfig', '--trail-config'], ['credentialReport', '--credential-report'],
] as const;

function refuseEmpty(options: RawOptions): void {
	const empty = filled.find(([name]) => options[name]?.trim() === '');
	if (empty) {
		throw new UserError(`${empty[1]} is empty`);
	}
}

function selectionOf({account, iam, trail, profile, region, config, demo = false}: RawOptions): Selection {
	return {account, iam, trail, profile, region, config, demo};
}

function accountRequest(options: RawOptions, asked: Question, today: Date): AccountRequest {
	if (options.destrole !== undefined || options.destaccount !== undefined) {
		throw new UserError(`--${options.destrole === undefined ? 'destaccount' : 'destrole'} is not supported yet`);
	}

	const clash = conflict(options);
	if (clash) {
		throw new UserError(`--${clash[0]} and --${clash[1]} cannot be used together`);
	}

	refuseEmpty(options);
	if (options.scp?.some(place => place.trim() === '')) {
		throw new UserError('--scp is empty');
	}

	const window = requestedWindow(options.start, options.end, today);
	return {
		kind: 'account',
		question: asked,
		selection: selectionOf(options),
		window,
		startGiven: options.start !== undefined,
		lastDay: midnight(new Date(window.end), -1),
		showUsed: options.showUsed ?? false,
		ignoreBenign: options.ignoreBenign ?? false,
		ignoreUnknown: options.ignoreUnknown ?? false,
		format: options.format,
		color: options.color ?? true,
		quiet: options.quiet ?? false,
		strict: options.strict ?? false,
		trailConfig: options.trailConfig,
		scps: options.scp ?? [],
		credentialReport: options.credentialReport,
		refresh: options.refresh ?? false,
		alternateScreen: options.altScreen ?? true,
	};
}

function judge({command, options}: Parsed, today: Date): Request {
	if (options.version) {
		return {kind: 'version'};
	}

	switch (command) {
		case 'config path': {
			return {kind: 'config-path', config: options.config};
		}

		case 'cache path': {
			return {kind: 'cache-path'};
		}

		case 'cache clear': {
			return {kind: 'cache-clear', quiet: options.quiet ?? false};
		}

		case 'iam snapshot': {
			refuseEmpty(options);
			return {kind: 'iam-snapshot', selection: selectionOf(options), quiet: options.quiet ?? false};
		}

		case 'unmapped': {
			return accountRequest(options, {kind: 'unmapped'}, today);
		}

		case 'main': {
			return accountRequest(options, question(options), today);
		}
	}
}

/** Commander's complaint as one line of ours. */
function usageError(error: CommanderError, program: Command): UserError {
	const [operand] = program.args;
	const names = program.commands.map(command => command.name());
	if (error.code === 'commander.excessArguments' && operand !== undefined && !names.includes(operand)) {
		return new UserError(`unknown command '${operand}'${didYouMean(operand, names) || `: there are ${names.join(', ')}`}`);
	}

	if (error.code === 'commander.help') {
		const group = program.commands.find(command => command.name() === program.args[0]);
		const wanted = (group ?? program).commands.map(command => command.name()).join(' or ');
		return new UserError(`${group?.name() ?? 'the command'} needs a command after it: ${wanted}`);
	}

	return new UserError(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '));
}

/**
The request that a command line makes. `argv` holds the words after the program's name, `today` decides what "90d" means.
Throws UserError, in one line, for everything that cannot be asked.
*/
export function parseArguments(argv: readonly string[], today: Date): Request {
	let parsed: Parsed | undefined;
	let text = '';
	const program = buildProgram(found => {
		parsed = found;
	}, written => {
		text += written;
	});
	try {
		program.parse(argv, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) {
			throw error;
		}

		if (error.code === 'commander.helpDisplayed') {
			return {kind: 'help', text};
		}

		throw usageError(error, program);
	}

	if (parsed === undefined) {
		throw new Error('commander ran no command');
	}

	return judge(parsed, today);
}
