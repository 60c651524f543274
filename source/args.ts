import {CommanderError, type Command} from 'commander';
import type {Selection} from './app/configured-accounts.js';
import type {ScanLimits} from './app/athena-place.js';
import type {Shell} from './args/completion.js';
import {destinationOf, type Destination} from './args/destination.js';
import type {IngestFlags} from './args/ingest.js';
import {buildProgram, type Parsed, type RawOptions} from './args/program.js';
import {failOn, refuseBeside, reportQuestion, type ReportQuestion} from './args/report.js';
import {scanLimits} from './args/scan.js';
import {requestedWindow} from './args/window.js';
import {midnight, type Window} from './domain/window.js';
import {UserError} from './lib/errors.js';
import {didYouMean} from './lib/nearest.js';
import type {FindingKind} from './print/report/kinds.js';

export type Format = 'text' | 'json' | 'csv';

/** What is asked of an account; `screen` when nothing was: the terminal program, or both lists where there is no terminal. */
export type Question
	= | {readonly kind: 'screen'}
		| {readonly kind: 'list'; readonly principals: 'users' | 'roles'}
		| {readonly kind: 'principal'; readonly principal: 'user' | 'role'; readonly name: string}
		| {readonly kind: 'explain'; readonly principal: 'user' | 'role'; readonly name: string; readonly action: string}
		| {readonly kind: 'destination'; readonly principal: 'user' | 'role'; readonly name: string; readonly destination: Destination}
		| {readonly kind: 'trust'; readonly principal: 'role'; readonly name: string}
		| {readonly kind: 'unmapped'}
		| PolicyQuestion
		| OtherQuestion;

/** What is asked that has no rows of an analysis to print. */
export type OtherQuestion
	= | {readonly kind: 'doctor'; readonly format: 'text' | 'json'}
		| {readonly kind: 'teardown'}
		| ReportQuestion;

/** What becomes of a principal's policies without some actions. */
export type PolicyQuestion = {
	readonly kind: 'policy';
	readonly principal: 'user' | 'role';
	readonly name: string;
	/** Words that mark actions. */
	readonly remove: readonly string[];
	/** Undefined when nothing is to be written. */
	readonly exportTo: string | undefined;
	readonly overwrite: boolean;
};

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
	/** IAM's last accessed data beside the logs: "live", or a file. */
	readonly lastAccessed: string | undefined;
	readonly limits: ScanLimits;
	readonly alternateScreen: boolean;
	/** What makes the exit code 1; empty without --fail-on. */
	readonly failOn: readonly FindingKind[];
};

export type IngestRequest = {readonly kind: 'ingest'; readonly flags: IngestFlags};

export type DiscoverRequest = {readonly kind: 'discover'; readonly selection: Selection};

export type SnapshotRequest = {readonly kind: 'iam-snapshot'; readonly selection: Selection; readonly quiet: boolean};

/** What the command line asks for, checked. */
export type Request
	= | {readonly kind: 'help'; readonly text: string}
		| {readonly kind: 'version'}
		| {readonly kind: 'config-path'; readonly config: string | undefined}
		| {readonly kind: 'config-accounts'; readonly config: string | undefined}
		| {readonly kind: 'completion'; readonly shell: Shell}
		| {readonly kind: 'cache-path'}
		| {readonly kind: 'cache-clear'; readonly quiet: boolean}
		| SnapshotRequest
		| DiscoverRequest
		| IngestRequest
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
		['demo', 'lastAccessed'],
		['iam', 'refresh'],
	];
	return pairs.find(([a, b]) => given(a) && given(b));
}

/** "lastAccessed" as it is typed. */
const flagOf = (name: string): string => `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

function question(options: RawOptions): Question {
	const {list, user, role, explain} = options;
	const destination = destinationOf(options);
	if (destination !== undefined) {
		return {kind: 'destination', principal: user === undefined ? 'role' : 'user', name: user ?? role ?? '', destination};
	}

	if (options.trust) {
		if (role === undefined || explain !== undefined) {
			throw new UserError(role === undefined ? '--trust needs --role beside it' : '--explain and --trust cannot be used together');
		}

		return {kind: 'trust', principal: 'role', name: role};
	}

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

/** Options whose value may not be empty. */
const filled = [
	'account', 'iam', 'trail', 'profile', 'region', 'config', 'user', 'role', 'explain', 'trailConfig', 'credentialReport', 'lastAccessed', 'maxScan',
] as const;

function refuseEmpty(options: RawOptions): void {
	const empty = filled.find(name => options[name]?.trim() === '');
	if (empty !== undefined) {
		throw new UserError(`${flagOf(empty)} is empty`);
	}
}

function selectionOf({account, iam, trail, profile, region, config, demo = false}: RawOptions): Selection {
	return {account, iam, trail, profile, region, config, demo};
}

function policyQuestion({user, role, remove, export: exportTo, overwrite, format}: RawOptions): PolicyQuestion {
	const name = user ?? role;
	if (name === undefined) {
		throw new UserError('policy needs --user or --role');
	}

	if (format === 'csv') {
		throw new UserError('policies do not fit in CSV: use --format text or json');
	}

	if (overwrite && exportTo === undefined) {
		throw new UserError('--overwrite says what --export may do: give --export FOLDER');
	}

	if (exportTo?.trim() === '') {
		throw new UserError('--export is empty');
	}

	const words = (remove ?? []).map(word => word.trim());
	if (words.includes('')) {
		throw new UserError('--remove is empty');
	}

	return {kind: 'policy', principal: user === undefined ? 'role' : 'user', name, remove: words, exportTo, overwrite: overwrite ?? false};
}

function accountRequest(options: RawOptions, asked: Question, today: Date): AccountRequest {
	const clash = conflict(options);
	if (clash) {
		throw new UserError(`${flagOf(clash[0])} and ${flagOf(clash[1])} cannot be used together`);
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
		format: (['text', 'json', 'csv'] as const).find(format => format === options.format),
		color: options.color ?? true,
		quiet: options.quiet ?? false,
		strict: options.strict ?? false,
		trailConfig: options.trailConfig,
		scps: options.scp ?? [],
		credentialReport: options.credentialReport,
		refresh: options.refresh ?? false,
		lastAccessed: options.lastAccessed,
		limits: scanLimits(options),
		alternateScreen: options.altScreen ?? true,
		failOn: failOn(options, asked.kind),
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

		case 'config accounts': {
			return {kind: 'config-accounts', config: options.config};
		}

		case 'completion': {
			return {kind: 'completion', shell: options.shell ?? 'bash'};
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

		case 'trail discover': {
			refuseEmpty(options);
			return {kind: 'discover', selection: selectionOf(options)};
		}

		case 'ingest opensearch': {
			return {kind: 'ingest', flags: options.ingest ?? {}};
		}

		case 'doctor': {
			return accountRequest(options, {kind: 'doctor', format: options.format === 'json' ? 'json' : 'text'}, today);
		}

		case 'athena teardown': {
			return accountRequest(options, {kind: 'teardown'}, today);
		}

		case 'unmapped': {
			return accountRequest(options, {kind: 'unmapped'}, today);
		}

		case 'report': {
			refuseBeside(options);
			return accountRequest(options, reportQuestion(options), today);
		}

		case 'policy': {
			return accountRequest(options, policyQuestion(options), today);
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
