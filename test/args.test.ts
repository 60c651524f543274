import {describe, expect, test} from 'vitest';
import {parseArguments, type AccountRequest, type Request} from '../source/args.js';
import {UserError} from '../source/lib/errors.js';

const today = new Date('2026-11-23T12:00:00Z');

const parse = (line: string): Request => parseArguments(line === '' ? [] : line.split(' '), today);

function account(line: string): AccountRequest {
	const request = parse(line);
	if (request.kind !== 'account') {
		throw new Error(`${line} asks for ${request.kind}`);
	}

	return request;
}

describe('what is asked', () => {
	test.each([
		['nothing: the screen', '', {kind: 'screen'}],
		['--list users', '--list users', {kind: 'list', principals: 'users'}],
		['--list roles', '--list roles', {kind: 'list', principals: 'roles'}],
		['--user', '--user alice', {kind: 'principal', principal: 'user', name: 'alice'}],
		['--role by its ARN', '--role arn:aws:iam::123456789012:role/ci', {kind: 'principal', principal: 'role', name: 'arn:aws:iam::123456789012:role/ci'}],
		['unmapped', 'unmapped', {kind: 'unmapped'}],
		['policy of a user', 'policy --user alice', {kind: 'policy', principal: 'user', name: 'alice', remove: [], exportTo: undefined, overwrite: false}],
		[
			'policy of a role, with what goes and where to', 'policy --role ci --remove unused s3:Get* --export out --overwrite',
			{kind: 'policy', principal: 'role', name: 'ci', remove: ['unused', 's3:Get*'], exportTo: 'out', overwrite: true},
		],
		['--explain of a user', '--user alice --explain s3:CreateBucket', {kind: 'explain', principal: 'user', name: 'alice', action: 's3:CreateBucket'}],
		['--explain of a role, before it', '--explain iam:PassRole --role ci', {kind: 'explain', principal: 'role', name: 'ci', action: 'iam:PassRole'}],
	])('%s', (_, line, question) => {
		expect(account(line).question).toEqual(question);
	});

	test.each([
		['policy', 'policy needs --user or --role'],
		['policy --user a --role b', '--user and --role cannot be used together'],
		['policy --user a --format csv', 'policies do not fit in CSV: use --format text or json'],
		['policy --user a --overwrite', '--overwrite says what --export may do: give --export FOLDER'],
		['policy --user a --remove ', '--remove is empty'],
		['policy --user a --export ', '--export is empty'],
	])('%s is refused', (line, message) => {
		expect(() => parse(line)).toThrow(message);
	});

	test('CloudTracker\'s own command line', () => {
		expect(account('--account demo --user alice --start 2018-01-01 --show-used --ignore-benign --ignore-unknown --no-color --quiet --skip-setup --config config.yaml')).toMatchObject({
			question: {kind: 'principal', principal: 'user', name: 'alice'},
			selection: {account: 'demo', config: 'config.yaml', demo: false},
			window: {start: '2018-01-01T00:00:00Z', end: '2026-11-24T00:00:00Z'},
			startGiven: true,
			showUsed: true,
			ignoreBenign: true,
			ignoreUnknown: true,
			color: false,
			quiet: true,
		});
	});

	test('without flags: text, colour, headings, the alternate screen', () => {
		expect(account('')).toMatchObject({format: undefined, color: true, quiet: false, strict: false, alternateScreen: true, showUsed: false, startGiven: false});
	});

	test('an account through a profile', () => {
		expect(account('--profile prod --region eu-west-1 --trail logs --refresh --credential-report c.csv')).toMatchObject({
			selection: {profile: 'prod', region: 'eu-west-1', trail: 'logs', iam: undefined}, refresh: true, credentialReport: 'c.csv',
		});
		expect(account('')).toMatchObject({selection: {profile: undefined, region: undefined}, refresh: false, credentialReport: undefined});
	});

	test('iam snapshot', () => {
		expect(parse('iam snapshot --profile prod --region eu-west-1 --quiet')).toEqual({
			kind: 'iam-snapshot', quiet: true,
			selection: {account: undefined, iam: undefined, trail: undefined, config: undefined, demo: false, profile: 'prod', region: 'eu-west-1'},
		});
	});

	test('files that say more about the account: none by default', () => {
		expect(account('')).toMatchObject({trailConfig: undefined, scps: []});
	});

	test('--scp may be repeated, and the order stays: a level each', () => {
		expect(account('--scp root.json --list users --scp unit --scp account.json').scps).toEqual(['root.json', 'unit', 'account.json']);
	});

	test.each([
		['beside a question', '--trail-config trail.json --scp root.json --user alice'],
		['beside --explain', '--trail-config trail.json --scp root.json --user alice --explain s3:GetObject'],
		['for the screen', '--demo --trail-config trail.json --scp root.json'],
		['before unmapped', '--trail-config trail.json --scp root.json unmapped'],
		['behind unmapped', 'unmapped --trail-config trail.json --scp root.json'],
	])('--trail-config and --scp %s', (_, line) => {
		expect(account(line)).toMatchObject({trailConfig: 'trail.json', scps: ['root.json']});
	});

	test.each([
		['a role of the same account', '--user alice --destrole admin', {principal: 'user', name: 'alice', destination: {role: 'admin', account: undefined}}],
		['a role of another account', '--user alice --destrole admin --destaccount backup', {principal: 'user', name: 'alice', destination: {role: 'admin', account: 'backup'}}],
		['a role by its ARN, which names the account', '--role first --destrole arn:aws:iam::777788889999:role/x/admin', {
			principal: 'role', name: 'first', destination: {role: 'arn:aws:iam::777788889999:role/x/admin', account: '777788889999'},
		}],
	])('--destrole: %s', (_, line, question) => {
		expect(account(line).question).toEqual({kind: 'destination', ...question});
	});

	test('--trust asks for a role\'s trust', () => {
		expect(account('--role admin --trust').question).toEqual({kind: 'trust', principal: 'role', name: 'admin'});
	});

	test('flags may stand before and after a command', () => {
		expect(account('--demo --no-color unmapped --format csv --start 90d')).toMatchObject({
			question: {kind: 'unmapped'}, selection: {demo: true}, color: false, format: 'csv', startGiven: true,
		});
	});

	test.each([
		['--version', {kind: 'version'}],
		['config path', {kind: 'config-path', config: undefined}],
		['config path --config a.yaml', {kind: 'config-path', config: 'a.yaml'}],
		['--config a.json config path', {kind: 'config-path', config: 'a.json'}],
		['config accounts', {kind: 'config-accounts', config: undefined}],
		['config accounts --config a.yaml', {kind: 'config-accounts', config: 'a.yaml'}],
		['completion fish', {kind: 'completion', shell: 'fish'}],
		['cache path', {kind: 'cache-path'}],
		['cache clear', {kind: 'cache-clear', quiet: false}],
		['cache clear --quiet', {kind: 'cache-clear', quiet: true}],
	])('%s', (line, request) => {
		expect(parse(line)).toEqual(request);
	});

	test.each([
		['html by default', 'report', 'html', undefined],
		['by the extension of the file', 'report --output a.MD', 'md', 'a.MD'],
		['.sarif.json is SARIF', 'report --output a.sarif.json', 'sarif', 'a.sarif.json'],
		['.json is JSON', 'report --output a.json', 'json', 'a.json'],
		['an extension that says nothing', 'report --output a.txt', 'html', 'a.txt'],
		['--format wins over the extension', 'report --output a.html --format csv', 'csv', 'a.html'],
		['--format before the command', '--format json report', 'json', undefined],
	])('the format of a report: %s', (_, line, format, output) => {
		expect(account(`--demo ${line}`)).toMatchObject({question: {kind: 'report', format, output}, selection: {demo: true}});
	});

	test.each([
		['repeated', '--list users --fail-on ungranted --fail-on unused-principal', ['unused-principal', 'ungranted']],
		['with commas', 'report --fail-on unused-dangerous,ungranted', ['unused-dangerous', 'ungranted']],
		['one twice', '--user a --fail-on ungranted,ungranted', ['ungranted']],
		['not given', '--role a', []],
	])('--fail-on %s', (_, line, kinds) => {
		expect(account(line).failOn).toEqual(kinds);
	});

	test.each(['--help', '-h', 'unmapped --help', 'report --help'])('%s gives the help, with every option', line => {
		const request = parse(line);
		expect(request.kind === 'help' && request.text).toMatch(/--account <name\|id>[\s\S]*--format/);
	});

	test('the help has examples and says what does nothing', () => {
		const request = parse('--help');
		const text = request.kind === 'help' ? request.text : '';
		expect(text).toMatch(/Examples:/);
		expect(text.replaceAll(/\s+/g, ' ')).toMatch(/--skip-setup take Athena's table as it is/);
	});
});

describe('the window', () => {
	test.each([
		['a year back to today by default', '', '2025-11-23', '2026-11-24'],
		['the end\'s day is included', '--start 2018-01-01 --end 2018-01-31', '2018-01-01', '2018-02-01'],
		['one day', '--start 2018-01-01 --end 2018-01-01', '2018-01-01', '2018-01-02'],
		['an end alone: a year back from it', '--end 2019-03-01', '2018-03-01', '2019-03-02'],
		['days back', '--start 90d', '2026-08-25', '2026-11-24'],
		['weeks back', '--start 12w', '2026-08-31', '2026-11-24'],
		['years back', '--start 1y', '2025-11-23', '2026-11-24'],
		['both back', '--start 60d --end 30d', '2026-09-24', '2026-10-25'],
		['an end in the future', '--start 2026-01-01 --end 2026-12-31', '2026-01-01', '2027-01-01'],
	])('%s', (_, line, start, end) => {
		expect(account(line).window).toEqual({start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z`});
	});

	test('the last day is the day before the end', () => {
		expect(account('--end 2019-03-01').lastDay).toBe('2019-03-01T00:00:00Z');
		expect(account('').lastDay).toBe('2026-11-23T00:00:00Z');
	});
});

describe('usage errors, in one line', () => {
	test.each([
		['an unknown flag: the nearest', '--usr alice', /^unknown option '--usr' \(Did you mean --user\?\)$/],
		['an unknown flag with nothing near', '--zzz', /^unknown option '--zzz'$/],
		['an unknown command: the nearest', 'unmaped', /^unknown command 'unmaped' \(did you mean unmapped\?\)$/],
		['an unknown command with nothing near', 'zzz', /^unknown command 'zzz': there are config, iam, doctor, trail, athena, ingest, cache, unmapped, policy, report, completion$/],
		['an unknown subcommand', 'cache clean', /^unknown command 'clean' \(Did you mean clear\?\)$/],
		['an unknown shell', 'completion tcsh', /^command-argument value 'tcsh' is invalid for argument 'shell'\. Allowed choices are bash, zsh, fish\.$/],
		['completion without a shell', 'completion', /^missing required argument 'shell'$/],
		['a report format that is none', 'report --format pdf', /argument 'pdf' is invalid\. Allowed choices are html, md, json, csv, sarif\.$/],
		['a list\'s format before report', '--format text report', /^a report has no format text: there are html, md, json, csv, sarif$/],
		['a user before report', '--user alice report', /^--user does not go with report: it is of the whole account$/],
		['a filter before report', '--ignore-unknown report', /^--ignore-unknown does not go with report: it is of the whole account$/],
		['an empty --output', 'report --output=', /^--output is empty$/],
		['a kind of finding that is none', 'report --fail-on ungranted,all', /^--fail-on "all" is no kind of finding: there are unused-principal, unused-dangerous, ungranted$/],
		['an empty --fail-on', 'report --fail-on=', /^--fail-on "" is no kind of finding/],
		['--fail-on for the screen', '--demo --fail-on ungranted', /^--fail-on needs --list, --user, --role or the command report beside it/],
		['--fail-on of an --explain', '--user a --explain s3:GetObject --fail-on ungranted', /^--fail-on needs --list/],
		['--fail-on before unmapped', '--fail-on ungranted unmapped', /^--fail-on needs --list/],
		['a group of commands alone', 'cache', /^cache needs a command after it: path or clear$/],
		['a word too many', 'config path now', /^too many arguments for 'path'/],
		['a flag without its value', '--account', /^option '--account <name\|id>' argument missing$/],
		['an empty value', '--account=', /^--account is empty$/],
		['a format that is none', '--format xml', /argument 'xml' is invalid\. Allowed choices are text, json, csv\.$/],
		['a list that is none', '--list groups', /argument 'groups' is invalid/],
		['a day that does not exist', '--start 2018-02-30', /^--start "2018-02-30" is no day/],
		['words that name no day', '--end soon', /^--end "soon" is no day/],
		['a start after the end', '--start 2018-05-01 --end 2018-01-01', /^--start 2018-05-01 is after --end 2018-01-01$/],
		['a start in the future', '--start 2026-11-24', /^--start 2026-11-24 is in the future: today is 2026-11-23 \(UTC\)$/],
		['--user and --role', '--user a --role b', /^--user and --role cannot be used together$/],
		['--list and --user', '--list users --user a', /^--list and --user cannot be used together$/],
		['--list and --role', '--list roles --role a', /^--list and --role cannot be used together$/],
		['--demo and --iam', '--demo --iam a.json', /^--demo and --iam cannot be used together$/],
		['--demo and --trail', '--demo --trail logs', /^--demo and --trail cannot be used together$/],
		['--destrole with nobody who went there', '--destrole b', /^--destrole needs --user or --role beside it/],
		['--destaccount without a role', '--user a --destaccount b', /^--destaccount needs --destrole beside it/],
		['--trust without a role', '--user a --trust', /^--trust needs --role beside it$/],
		['--trust with --explain', '--role a --trust --explain s3:GetObject', /^--explain and --trust cannot be used together$/],
		['--trust with --destrole', '--role a --trust --destrole b', /^--trust and --destrole cannot be used together$/],
		['--destrole with --explain', '--user a --destrole b --explain s3:GetObject', /^--explain and --destrole cannot be used together$/],
		['--explain alone', '--explain s3:CreateBucket', /^--explain needs --user or --role beside it$/],
		['--explain with a list', '--list users --explain s3:CreateBucket', /^--explain needs --user or --role beside it$/],
		['--explain of a user and a role', '--user a --role b --explain s3:CreateBucket', /^--user and --role cannot be used together$/],
		['--explain of a user in a list', '--list users --user a --explain s3:CreateBucket', /^--list and --user cannot be used together$/],
		['an empty --explain', '--user a --explain=', /^--explain is empty$/],
		['--explain without its value', '--user a --explain', /^option '--explain <action>' argument missing$/],
		['--explain behind unmapped', 'unmapped --explain s3:CreateBucket', /^unknown option '--explain'/],
		['an empty --trail-config', '--trail-config=', /^--trail-config is empty$/],
		['--trail-config without its value', '--trail-config', /^option '--trail-config <file>' argument missing$/],
		['an empty --scp', '--scp=', /^--scp is empty$/],
		['an empty --scp among others', '--scp=root.json --scp=', /^--scp is empty$/],
		['--scp without its value', '--scp', /^option '--scp <path>' argument missing$/],
		['a filter for unmapped events', 'unmapped --list users', /^unknown option '--list'/],
	])('%s', (_, line, message) => {
		const ask = (): Request => parse(line);
		expect(ask).toThrow(UserError);
		expect(ask).toThrow(message);
		expect(ask).not.toThrow(/\n/);
	});
});
