import {Option, type Command} from 'commander';
import {UserError} from '../lib/errors.js';
import {findingKinds, reportFormats, type FindingKind, type ReportFormat} from '../print/report/kinds.js';

/** What the report command and --fail-on add to the command line. */
export type ReportOptions = {format?: string; output?: string; failOn?: string[]};

/** File extensions that name a format. */
const extensions: ReadonlyArray<readonly [RegExp, ReportFormat]> = [
	[/\.html?$/i, 'html'], [/\.(md|markdown)$/i, 'md'], [/\.csv$/i, 'csv'], [/\.sarif(\.json)?$/i, 'sarif'], [/\.json$/i, 'json'],
];

/** The account and window of `report` are those of every command; the rest is its own. */
export function addReport(command: Command): Command {
	return addFailOn(command
		.addOption(new Option('--format <format>', 'what to write (default: what the extension of --output says, else html)').choices(reportFormats))
		.option('--output <file>', 'write to a file instead of standard output; one that is there is replaced'))
		.option('--quiet', 'no progress')
		.addHelpText('after', `
Examples:
  cloudtracker-tui report --account prod --output prod.html            one page to hand on: tables, charts, every action
  cloudtracker-tui report --account prod --start 90d --output prod.md  for a pull request or a wiki
  cloudtracker-tui report --account prod --format sarif --output prod.sarif --fail-on unused-dangerous,ungranted
                                                                       for a pipeline: exit code 1 when something was found

Exit codes: 0 nothing that --fail-on names, 1 found, 2 usage or input error, 3 the source failed, or the logs hold nothing to judge by`);
}

/** --fail-on, as the report command and the lists have it. */
export function addFailOn(command: Command): Command {
	return command.addOption(new Option('--fail-on <kinds>', 'exit with 1 when one is found; repeat it, or separate by commas').choices(findingKinds).argParser(collectKinds));
}

/** Kinds given several times, or with commas between. Commander shows what is thrown as its own complaint. */
function collectKinds(value: string, before: string[] | undefined): string[] {
	return [...before ?? [], ...value.split(',').map(word => word.trim())];
}

/** What --fail-on can judge. */
const judged = ['list', 'principal', 'report'];

/** The kinds of --fail-on, each once. Throws UserError for a word that is none, and beside a question that has no findings. */
export function failOn({failOn: words = []}: ReportOptions, question: string): readonly FindingKind[] {
	const unknown = words.find(word => findingKinds.every(kind => kind !== word));
	if (unknown !== undefined) {
		throw new UserError(`--fail-on ${JSON.stringify(unknown)} is no kind of finding: there are ${findingKinds.join(', ')}`);
	}

	if (words.length > 0 && !judged.includes(question)) {
		throw new UserError('--fail-on needs --list, --user, --role or the command report beside it, and no --explain');
	}

	return findingKinds.filter(kind => words.includes(kind));
}

/** Flags that narrow what is printed, and stand before a command. */
const narrowing = ['list', 'user', 'role', 'explain', 'showUsed', 'ignoreBenign', 'ignoreUnknown'] as const;

/** Throws UserError for a flag that would make less of the account: a report that leaves something out unsaid misleads. */
export function refuseBeside(options: Partial<Record<(typeof narrowing)[number], unknown>>): void {
	const given = narrowing.find(name => options[name] !== undefined);
	if (given !== undefined) {
		throw new UserError(`--${given.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} does not go with report: it is of the whole account`);
	}
}

export type ReportQuestion = {readonly kind: 'report'; readonly format: ReportFormat; readonly output: string | undefined};

/** What `report` asks for. Throws UserError for a format that a report cannot have, and an --output without a name. */
export function reportQuestion({format, output}: ReportOptions): ReportQuestion {
	if (output?.trim() === '') {
		throw new UserError('--output is empty');
	}

	// The format may stand before the command, where the lists' formats are allowed.
	const named = reportFormats.find(one => one === format);
	if (format !== undefined && named === undefined) {
		throw new UserError(`a report has no format ${format}: there are ${reportFormats.join(', ')}`);
	}

	return {kind: 'report', output, format: named ?? extensions.find(([pattern]) => pattern.test(output ?? ''))?.[1] ?? 'html'};
}
