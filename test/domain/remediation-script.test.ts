import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {exportFiles, shellQuote} from '../../source/domain/remediation-script.js';
import type {Step} from '../../source/domain/remediation-steps.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const evil = '-o\'x $(touch pwned) `id`\n;"';
const place = {kind: 'user', name: evil} as const;
const arn = 'arn:aws:iam::111122223333:policy/Own';
const aws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const steps: readonly Step[] = [
	{kind: 'put-inline', place, name: 'mine', before: {old: 1}, after: {new: 1}},
	{kind: 'delete-inline', place, name: 'gone', before: {old: 2}},
	{kind: 'version', arn, name: 'Own', before: {old: 3}, after: {new: 3}},
	{kind: 'create', arn: `${arn}-reduced`, name: 'Own-reduced', after: {new: 4}},
	{kind: 'attach', place, arn: `${arn}-reduced`},
	{kind: 'detach', place, arn: aws},
	{kind: 'leave-group', user: evil, group: 'devs'},
];

/** Answers like the AWS CLI, writes every change to a list, and fails at the change whose number is in FAIL_AT. */
const fakeAws = String.raw`#!/bin/sh
case "$2" in
get-caller-identity) echo "$ACCOUNT" ;;
list-policy-versions) case "$*" in *length*) echo "$VERSIONS" ;; *) echo v1 ;; esac ;;
get-policy) echo v7 ;;
get-policy-version) echo '{}' ;;
*)
	echo x >> "$LOG.count"
	if [ "$(wc -l < "$LOG.count")" = "$FAIL_AT" ]; then echo denied >&2; exit 254; fi
	printf '%s\0' "$@" >> "$LOG"; printf '\n' >> "$LOG"
	if [ "$2" = create-policy-version ]; then echo v8; fi ;;
esac
`;

type Run = {readonly status: number | null; readonly stderr: string};

type Prepared = {readonly run: (script: string, environment?: Readonly<Record<string, string>>, flags?: readonly string[]) => Run; readonly changes: () => string[][]};

async function prepare(): Promise<Prepared> {
	const folder = await temporaryFolder();
	for (const file of exportFiles(steps, '111122223333', `the edit of ${evil}`)) {
		mkdirSync(path.dirname(path.join(folder, file.path)), {recursive: true});
		writeFileSync(path.join(folder, file.path), file.text);
	}

	const bin = path.join(folder, 'bin');
	mkdirSync(bin);
	writeFileSync(path.join(bin, 'aws'), fakeAws, {mode: 0o755});
	const log = path.join(folder, 'log');
	writeFileSync(log, '');
	return {
		run(script, environment = {}, flags = []) {
			writeFileSync(`${log}.count`, '');
			writeFileSync(log, '');
			const {status, stderr} = spawnSync('sh', [path.join(folder, script), ...flags], {
				encoding: 'utf8', env: {PATH: `${bin}:${process.env.PATH ?? ''}`, LOG: log, ACCOUNT: '111122223333', VERSIONS: '2', FAIL_AT: '0', ...environment},
			});
			return {status, stderr};
		},
		changes: () => readFileSync(log, 'utf8').split('\0\n').filter(Boolean).map(line => line.split('\0').slice(1)),
	};
}

const named = (option: string): string => `--${option}=${evil}`;

describe('the scripts', () => {
	test('apply every step in order, whatever the names hold', async () => {
		const {run, changes} = await prepare();
		expect(run('apply.sh')).toEqual({status: 0, stderr: ''});
		expect(changes().map(([command, first]) => [command, first])).toEqual([
			['put-user-policy', named('user-name')],
			['delete-user-policy', named('user-name')],
			['create-policy-version', `--policy-arn=${arn}`],
			['create-policy', '--policy-name=Own-reduced'],
			['attach-user-policy', named('user-name')],
			['detach-user-policy', named('user-name')],
			['remove-user-from-group', '--group-name=devs'],
		]);
	});

	test('roll back every step in the opposite order, to the version that was the default', async () => {
		const {run, changes} = await prepare();
		run('apply.sh');
		expect(run('rollback.sh')).toEqual({status: 0, stderr: ''});
		expect(changes().map(([command, , last]) => [command, last])).toEqual([
			['add-user-to-group', named('user-name')],
			['attach-user-policy', `--policy-arn=${aws}`],
			['detach-user-policy', `--policy-arn=${arn}-reduced`],
			['delete-policy', undefined],
			['set-default-policy-version', '--version-id=v7'],
			['delete-policy-version', '--version-id=v8'],
			['put-user-policy', '--policy-name=gone'],
			['put-user-policy', '--policy-name=mine'],
		]);
	});

	test('a change that was made in part is rolled back in that part', async () => {
		const {run, changes} = await prepare();
		expect(run('apply.sh', {FAIL_AT: '3'}).status).not.toBe(0);
		expect(run('apply.sh').stderr).toContain('run rollback.sh first');
		expect(run('rollback.sh').status).toBe(0);
		expect(changes().map(([command, , last]) => [command, last])).toEqual([['put-user-policy', '--policy-name=gone'], ['put-user-policy', '--policy-name=mine']]);
	});

	test('change nothing in another account', async () => {
		const {run, changes} = await prepare();
		expect(run('apply.sh', {ACCOUNT: '999999999999'})).toMatchObject({status: 1, stderr: 'these commands are for account 111122223333, not for 999999999999\n'});
		expect(changes()).toEqual([]);
	});

	test('roll back nothing that was not applied', async () => {
		const {run, changes} = await prepare();
		expect(run('rollback.sh').stderr).toContain('nothing to roll back');
		expect(changes()).toEqual([]);
	});

	test('a policy with five versions stops it before anything is changed, unless it may delete the oldest', async () => {
		const {run, changes} = await prepare();
		const stopped = run('apply.sh', {VERSIONS: '5'});
		expect(stopped.status).toBe(1);
		expect(stopped.stderr).toContain('has five versions');
		expect(changes()).toEqual([]);
		expect(run('apply.sh', {VERSIONS: '5'}, ['--delete-oldest']).status).toBe(0);
		expect(changes()[0]).toEqual(['delete-policy-version', `--policy-arn=${arn}`, '--version-id=v1']);
	});

	test('say the policies before and after in files with harmless names', () => {
		const files = new Map(exportFiles(steps, '111122223333', '').map(file => [file.path, file.text]));
		expect([...files.keys()].filter(name => !/^[\w./-]+$/.test(name))).toEqual([]);
		expect(JSON.parse(files.get('before/03-policy-Own.json') ?? '')).toEqual({old: 3});
		expect(JSON.parse(files.get('after/03-policy-Own.json') ?? '')).toEqual({new: 3});
	});

	test('no steps, no scripts', () => {
		expect(exportFiles([], '111122223333', '')).toEqual([]);
	});
});

test('a word is quoted for a POSIX shell', () => {
	const words = ['plain', '', evil, 'a b', '*', '~', 'it\'s'];
	const {stdout} = spawnSync('sh', ['-c', String.raw`printf '%s\0' ${words.map(word => shellQuote(word)).join(' ')}`], {encoding: 'utf8'});
	expect(stdout.split('\0').slice(0, -1)).toEqual(words);
});
