import {Command, Option} from 'commander';

/** Option values as commander collects them; a flag that was not given is absent. */
export type RawOptions = {
	account?: string;
	start?: string;
	end?: string;
	iam?: string;
	trail?: string;
	config?: string;
	demo?: boolean;
	strict?: boolean;
	trailConfig?: string;
	scp?: string[];
	explain?: string;
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
	skipSetup?: boolean;
	format?: 'text' | 'json' | 'csv';
	altScreen?: boolean;
	version?: boolean;
};

/** The command that was named; `main` without one. */
export type CommandName = 'main' | 'config path' | 'cache path' | 'cache clear' | 'unmapped';

/** What the command line named, before it is judged. */
export type Parsed = {readonly command: CommandName; readonly options: RawOptions};

const examples = `
Examples:
  cloudtracker-tui --demo                                   look around in a made-up account
  cloudtracker-tui --iam iam.json --trail ./logs            your account, from files
  cloudtracker-tui --account prod --list roles --start 90d  which roles did nothing for 90 days
  cloudtracker-tui --account prod --user alice              what alice may do, and what she did
  cloudtracker-tui --account prod --user alice --explain s3:CreateBucket   why an action has its mark
  cloudtracker-tui --account prod --role ci --format csv    the same of a role, for a spreadsheet
  cloudtracker-tui unmapped --account prod                  events that map to no IAM action

iam.json is the output of: aws iam get-account-authorization-details

Before each action:
  (two spaces)  granted and used
  -             granted, not used, and CloudTrail would have shown it
  ?             granted, and CloudTrail's silence proves nothing
  +             used, and not granted today

Environment: CLOUDTRACKER_TUI_CONFIG_DIR, CLOUDTRACKER_TUI_CACHE_DIR, NO_COLOR
Exit codes: 0 ok, 2 usage or input error, 3 the source failed, 70 a bug of ours, 128+n ended by signal n`;

/** Options that say which account and window; the main command and `unmapped` share them. */
function addSelection(command: Command): Command {
	return command
		.option('--account <name|id>', 'the account, by its configured name or its id')
		.option('--start <date>', 'first day: 2018-01-01, or back from today: 90d, 12w, 6m, 1y (default: a year back)')
		.option('--end <date>', 'last day, included (default: today)')
		.option('--iam <file>', 'IAM snapshot, instead of a configured account\'s')
		.option('--trail <path>', 'folder or file of CloudTrail logs, instead of a configured account\'s')
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
	addOutput(program)
		.option('--skip-setup', 'accepted from CloudTracker; log files need no setup, so it has no effect on them')
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
	const cache = program.command('cache').description('what was kept of the logs').helpCommand(false);
	add(cache, 'path', 'print the path of the cache folder', 'cache path');
	add(cache, 'clear', 'remove what the cache folder holds; it is made again from the logs', 'cache clear')
		.option('--quiet', 'say nothing');
	addOutput(addSelection(add(program, 'unmapped', 'print the events that map to no IAM action', 'unmapped')));
	return program;
}
