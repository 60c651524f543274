import {Command, Option} from 'commander';
import type {ReportFormat} from '../print/report/kinds.js';
import {addIngest, type IngestFlags} from './ingest.js';
import {addScan} from './scan.js';
import {addCompletion, type Shell} from './completion.js';
import {addFailOn, addReport} from './report.js';

/** Option values as commander collects them; a flag that was not given is absent. */
export type RawOptions = {
	account?: string;
	start?: string;
	end?: string;
	iam?: string;
	trail?: string;
	profile?: string;
	region?: string;
	refresh?: boolean;
	credentialReport?: string;
	config?: string;
	demo?: boolean;
	strict?: boolean;
	trailConfig?: string;
	scp?: string[];
	explain?: string;
	remove?: string[];
	export?: string;
	overwrite?: boolean;
	list?: 'users' | 'roles';
	user?: string;
	role?: string;
	trust?: boolean;
	destrole?: string;
	destaccount?: string;
	showUsed?: boolean;
	ignoreBenign?: boolean;
	ignoreUnknown?: boolean;
	color?: boolean;
	quiet?: boolean;
	lastAccessed?: string;
	ingest?: IngestFlags;
	yes?: boolean;
	maxScan?: string;
	skipSetup?: boolean;
	format?: 'text' | 'json' | 'csv' | ReportFormat;
	output?: string;
	failOn?: string[];
	shell?: Shell;
	altScreen?: boolean;
	version?: boolean;
};

/** The command that was named; `main` without one. */
export type CommandName = 'main' | 'config path' | 'config accounts' | 'cache path' | 'cache clear' | 'unmapped' | 'policy' | 'iam snapshot' | 'report' | 'completion' | 'doctor' | 'trail discover' | 'athena teardown' | 'ingest opensearch';

/** What the command line named, before it is judged. */
export type Parsed = {readonly command: CommandName; readonly options: RawOptions};

const examples = `
Examples:
  cloudtracker-tui --demo                                   look around in a made-up account
  cloudtracker-tui --iam iam.json --trail ./logs            your account, from files
  cloudtracker-tui --profile prod --trail ./logs            the same, with IAM from the account itself
  cloudtracker-tui --account prod --list roles --start 90d  which roles did nothing for 90 days
  cloudtracker-tui --account prod --user alice              what alice may do, and what she did
  cloudtracker-tui --account prod --user alice --explain s3:CreateBucket   why an action has its mark
  cloudtracker-tui --account prod --role ci --format csv    the same of a role, for a spreadsheet
  cloudtracker-tui unmapped --account prod                  events that map to no IAM action
  cloudtracker-tui policy --account prod --user alice --remove unused   her policies without what she never used
  cloudtracker-tui report --account prod --output prod.html the whole account as one page to hand on
  cloudtracker-tui --account prod --list roles --fail-on unused-dangerous  exit code 1 when one is found
  eval "$(cloudtracker-tui completion bash)"                completions, also for zsh and fish

iam.json is the output of: cloudtracker-tui iam snapshot, or aws iam get-account-authorization-details

Before each action:
  (two spaces)  granted and used
  -             granted, not used, and CloudTrail would have shown it
  ?             granted, and CloudTrail's silence proves nothing
  +             used, and not granted today

Environment: CLOUDTRACKER_TUI_CONFIG_DIR, CLOUDTRACKER_TUI_CACHE_DIR, NO_COLOR
Exit codes: 0 ok, 1 --fail-on found something, 2 usage or input error, 3 the source failed, 70 a bug of ours, 128+n ended by signal n`;

/** Options that say which account and window; the main command and `unmapped` share them. */
function addSelection(command: Command): Command {
	return addScan(command)
		.option('--account <name|id>', 'the account, by its configured name or its id')
		.option('--start <date>', 'first day: 2018-01-01, or back from today: 90d, 12w, 6m, 1y (default: a year back)')
		.option('--end <date>', 'last day, included (default: today)')
		.option('--profile <name>', 'a profile of ~/.aws: IAM is read from its account, unless --iam or the configured account names a file')
		.option('--region <region>', 'the AWS region, where the profile names none or another one')
		.option('--iam <file>', 'IAM snapshot, instead of a configured account\'s')
		.option('--trail <path>', 'folder or file of CloudTrail logs, s3://BUCKET/PREFIX or athena, https://HOST/INDEX, or last-accessed; instead of a configured account\'s')
		.option('--refresh', 'take IAM from the account again, not the copy of the last 24 hours')
		.option('--last-accessed <live|file>', 'IAM\'s last accessed data beside the logs: from the account, or a file of aws iam get-service-last-accessed-details')
		.option('--credential-report <file>', 'IAM\'s credential report: when passwords and access keys were last used')
		.option('--config <file>', 'CloudTracker\'s config.yaml, or a configuration file of our own (.json)')
		.option('--demo', 'the bundled demo account')
		.option('--trail-config <file>', 'the trail\'s configuration: output of aws cloudtrail describe-trails and get-event-selectors')
		.addOption(new Option('--scp <path>', 'service control policies, a file or folder a level; repeat it from the root down').argParser(collect))
		.option('--strict', 'let days without logs and mere assumptions prove nothing: their "-" becomes "?"');
}

/** Values of an option that may be given several times. */
function collect(value: string, before: string[] | undefined): string[] {
	return [...before ?? [], value];
}

/** Formats of what has no rows. */
function addFormat(command: Command): Command {
	return command.addOption(new Option('--format <format>', 'how to print (default: text)').choices(['text', 'json']));
}

function addOutput(command: Command): Command {
	return command
		.addOption(new Option('--format <format>', 'how to print (default: text)').choices(['text', 'json', 'csv']))
		.option('--no-color', 'no colours')
		.option('--quiet', 'no heading and no progress');
}

/** The values that were typed, the ones nearest to the end of the line first. */
function typedOptions(command: Command): RawOptions {
	const options: Record<string, unknown> = {};
	for (let current: Command | null = command; current !== null; current = current.parent) {
		for (const [name, value] of Object.entries(current.opts())) {
			if (!(name in options) && current.getOptionValueSource(name) === 'cli') {
				options[name] = value;
			}
		}
	}

	return options;
}

/** The commander program; `found` is called with what was named. Output goes to `write`. */
export function buildProgram(found: (parsed: Parsed) => void, write: (text: string) => void): Command {
	const program = new Command('cloudtracker-tui')
		.description('Find over-privileged IAM users and roles: what each is granted against what CloudTrail saw it use.')
		.usage('[options]\n       cloudtracker-tui [command]')
		// Before any command is added: commands copy these settings.
		.exitOverride()
		.configureOutput({writeOut: write, writeErr() {}})
		.enablePositionalOptions()
		.helpCommand(false);

	addSelection(program)
		.addOption(new Option('--list <kind>', 'print the users or the roles').choices(['users', 'roles']))
		.option('--user <name|arn>', 'print the actions of a user')
		.option('--role <name|arn>', 'print the actions of a role')
		.option('--explain <action>', 'with --user or --role: why an action has its mark, with the evidence')
		.option('--trust', 'with --role: who may assume it and who did')
		.option('--show-used', 'only what was used')
		.option('--ignore-benign', 'leave out actions that only list or describe')
		.option('--ignore-unknown', 'leave out what CloudTrail\'s silence cannot prove ("?")');
	addFailOn(addOutput(program))
		.option('--destrole <name|arn>', 'with --user or --role: what it did after it assumed this role')
		.option('--destaccount <name|id>', 'the account of --destrole: a name or an id')
		.option('--no-alt-screen', 'draw below the prompt instead of on the alternate screen')
		.option('--version', 'print the version')
		.addHelpText('after', examples)
		.action(() => {
			found({command: 'main', options: typedOptions(program)});
		});

	const add = (parent: Command, name: string, description: string, command: CommandName): Command => {
		const child = parent.command(name).description(description);
		return child.action(() => {
			found({command, options: typedOptions(child)});
		});
	};

	const config = program.command('config').description('where the configuration is').helpCommand(false);
	add(config, 'path', 'print the path of the configuration file', 'config path')
		.option('--config <file>', 'the file that --config names');
	add(config, 'accounts', 'print the names of the configured accounts', 'config accounts')
		.option('--config <file>', 'the file that holds them');
	const iam = program.command('iam').description('the IAM of an account').helpCommand(false);
	add(iam, 'snapshot', 'print the IAM of an account as JSON, for --iam', 'iam snapshot')
		.option('--profile <name>', 'a profile of ~/.aws (default: what the AWS SDK finds)')
		.option('--region <region>', 'the AWS region, where the profile names none or another one')
		.option('--account <name|id>', 'a configured account: its profile, and its id to be checked')
		.option('--config <file>', 'the file that names the account')
		.option('--quiet', 'no progress');
	addFormat(addSelection(add(program, 'doctor', 'check all that an account needs: files, rights, buckets, table', 'doctor')));
	const trail = program.command('trail').description('the trails of an account').helpCommand(false);
	add(trail, 'discover', 'print the trails that record an account, and the buckets of their logs', 'trail discover')
		.option('--account <name|id>', 'a configured account: its profile and region')
		.option('--config <file>', 'the file that names the account')
		.option('--profile <name>', 'a profile of ~/.aws (default: what the AWS SDK finds)')
		.option('--region <region>', 'the AWS region, where the profile names none or another one');
	const athena = program.command('athena').description('what was made for Athena').helpCommand(false);
	addSelection(add(athena, 'teardown', 'remove the table and database that the first scan made, after saying so', 'athena teardown'));
	addIngest(program, ingest => {
		found({command: 'ingest opensearch', options: {ingest}});
	});
	const cache = program.command('cache').description('what was kept of the logs and of IAM').helpCommand(false);
	add(cache, 'path', 'print the path of the cache folder', 'cache path');
	add(cache, 'clear', 'remove what the cache folder holds; it is made again', 'cache clear')
		.option('--quiet', 'say nothing');
	addOutput(addSelection(add(program, 'unmapped', 'print the events that map to no IAM action', 'unmapped')));
	addOutput(addSelection(add(program, 'policy', 'print what becomes of a principal\'s policies without some actions; AWS is not changed', 'policy')))
		.option('--user <name|arn>', 'the policies of a user')
		.option('--role <name|arn>', 'the policies of a role')
		.option('--remove <what...>', 'actions that go: "unused" for every "-", an action, a pattern (s3:Delete*), a service (s3)')
		.option('--export <folder>', 'write the policies and AWS CLI commands to apply and to roll back into a folder')
		.option('--overwrite', 'let --export replace files that are there already');
	addReport(addSelection(add(program, 'report', 'write the whole account: one page, a table, or findings for a pipeline', 'report')));
	addCompletion(program, (shell, child) => {
		found({command: 'completion', options: {...typedOptions(child), shell}});
	});
	return program;
}
