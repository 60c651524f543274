import type {Place} from './remediation-places.js';
import type {Step} from './remediation-steps.js';

/** A file to be written, its path relative to the folder that is named. */
export type ExportFile = {readonly path: string; readonly text: string};

/** A word as a POSIX shell takes it, whatever it holds. */
export function shellQuote(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`;
}

/** An option with its value in one word: a name may begin with "-". */
const option = (name: string, value: string): string => `--${name}=${shellQuote(value)}`;

const holder = ({kind, name}: Place): string => option(`${kind}-name`, name);

/** A part of a file name, harmless in any file system and shell. */
const slug = (text: string): string => text.replaceAll(/[^\w.-]+/g, '_').replace(/^[.-]+/, '_').slice(0, 80);

type Written = {readonly apply: readonly string[]; readonly rollback: readonly string[]; readonly files: readonly ExportFile[]};

const json = (document: unknown): string => `${JSON.stringify(document, null, 4)}\n`;

function inlineStep(step: Extract<Step, {kind: 'put-inline' | 'delete-inline' | 'new-inline'}>, number: number): Written {
	const file = `${String(number).padStart(2, '0')}-${slug(step.place.kind)}-${slug(step.place.name)}-${slug(step.name)}.json`;
	const named = `${holder(step.place)} ${option('policy-name', step.name)}`;
	const put = (folder: string): string => `aws iam put-${step.place.kind}-policy ${named} --policy-document=file://${folder}/${file}`;
	const remove = `aws iam delete-${step.place.kind}-policy ${named}`;
	const files = [
		...step.kind === 'new-inline' ? [] : [{path: `before/${file}`, text: json(step.before)}],
		...step.kind === 'delete-inline' ? [] : [{path: `after/${file}`, text: json(step.after)}],
	];
	return {
		apply: [step.kind === 'delete-inline' ? remove : put('after')],
		rollback: [step.kind === 'new-inline' ? remove : put('before')],
		files,
	};
}

// A managed policy keeps at most five versions: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
function versionStep({arn, name, before, after}: Extract<Step, {kind: 'version'}>, number: number): Written {
	const file = `${String(number).padStart(2, '0')}-policy-${slug(name)}`;
	return {
		apply: [`new_version ${shellQuote(arn)} ${file}`],
		rollback: [`old_version ${shellQuote(arn)} ${file}`],
		files: [{path: `before/${file}.json`, text: json(before)}, {path: `after/${file}.json`, text: json(after)}],
	};
}

function write(step: Step, number: number): Written {
	switch (step.kind) {
		case 'put-inline':
		case 'delete-inline':
		case 'new-inline': {
			return inlineStep(step, number);
		}

		case 'version': {
			return versionStep(step, number);
		}

		case 'create': {
			const file = `after/${String(number).padStart(2, '0')}-policy-${slug(step.name)}.json`;
			return {
				apply: [`aws iam create-policy ${option('policy-name', step.name)} --policy-document=file://${file} > /dev/null`],
				rollback: [`aws iam delete-policy ${option('policy-arn', step.arn)}`],
				files: [{path: file, text: json(step.after)}],
			};
		}

		case 'attach':
		case 'detach': {
			const attach = `aws iam attach-${step.place.kind}-policy ${holder(step.place)} ${option('policy-arn', step.arn)}`;
			const detach = `aws iam detach-${step.place.kind}-policy ${holder(step.place)} ${option('policy-arn', step.arn)}`;
			return step.kind === 'attach' ? {apply: [attach], rollback: [detach], files: []} : {apply: [detach], rollback: [attach], files: []};
		}

		case 'leave-group': {
			const named = `${option('group-name', step.group)} ${option('user-name', step.user)}`;
			return {apply: [`aws iam remove-user-from-group ${named}`], rollback: [`aws iam add-user-to-group ${named}`], files: []};
		}
	}
}

/** Says which account the commands would change, and stops where it is another. */
const guard = (accountId: string): string[] => [
	'cd -- "$(dirname -- "$0")"',
	'account=$(aws sts get-caller-identity --query Account --output text)',
	`if [ "$account" != ${shellQuote(accountId)} ]; then echo "these commands are for account ${accountId}, not for $account" >&2; exit 1; fi`,
];

const newVersion = String.raw`
# A policy keeps five versions. The new one needs room: --delete-oldest saves the oldest that is not in use beside this script and deletes it.
delete_oldest=no
if [ "$#" -gt 0 ] && [ "$1" = --delete-oldest ]; then delete_oldest=yes; fi
room_for() {
	count=$(aws iam list-policy-versions --policy-arn="$1" --query 'length(Versions)' --output text)
	if [ "$count" -lt 5 ]; then return; fi
	oldest=$(aws iam list-policy-versions --policy-arn="$1" --query 'sort_by(Versions[?!IsDefaultVersion], &CreateDate)[0].VersionId' --output text)
	if [ "$delete_oldest" = no ]; then
		echo "$1 has five versions: delete one, or run this script with --delete-oldest, which saves $oldest here and deletes it. Nothing was changed" >&2
		exit 1
	fi
	aws iam get-policy-version --policy-arn="$1" --version-id="$oldest" --query PolicyVersion.Document --output json > "$2.deleted-$oldest.json"
	aws iam delete-policy-version --policy-arn="$1" --version-id="$oldest"
}
new_version() {
	aws iam get-policy --policy-arn="$1" --query Policy.DefaultVersionId --output text > "$2.old-version"
	aws iam create-policy-version --policy-arn="$1" --policy-document="file://after/$2.json" --set-as-default --query PolicyVersion.VersionId --output text > "$2.new-version"
}`.split('\n');

const oldVersion = String.raw`
old_version() {
	aws iam set-default-policy-version --policy-arn="$1" --version-id="$(cat "$2.old-version")"
	aws iam delete-policy-version --policy-arn="$1" --version-id="$(cat "$2.new-version")"
}`.split('\n');

/** A half-made change is rolled back by the half that was made: apply.sh keeps a list of its steps. */
const journal = 'applied.txt';

/**
The policies before and after, and two POSIX shell scripts of AWS CLI commands: one that makes the changes, one that takes them back in the opposite order.
Both stop at the first command that fails, and change nothing in another account.
@param about a line on what the scripts do
*/
export function exportFiles(steps: readonly Step[], accountId: string, about: string): readonly ExportFile[] {
	if (steps.length === 0) {
		return [];
	}

	const written = steps.map((step, index) => write(step, index + 1));
	const versions = steps.flatMap((step, index) => step.kind === 'version' ? [{arn: step.arn, file: `${String(index + 1).padStart(2, '0')}-policy-${slug(step.name)}`}] : []);
	const script = (lines: readonly string[]): string => `${['#!/bin/sh', `# ${about.replaceAll(/[^\u0020-\u007E]/g, '?')}`, 'set -eu', ...lines].join('\n')}\n`;
	return [
		...written.flatMap(({files}) => files),
		{
			path: 'apply.sh',
			text: script([
				...guard(accountId),
				...versions.length > 0 ? newVersion : [],
				`if [ -e ${journal} ]; then echo "applied already, or in part: run rollback.sh first" >&2; exit 1; fi`,
				...versions.map(({arn, file}) => `room_for ${shellQuote(arn)} ${file}`),
				...written.flatMap(({apply}, index) => [...apply, `echo ${index + 1} >> ${journal}`]),
			]),
		},
		{
			path: 'rollback.sh',
			text: script([
				...guard(accountId),
				`if [ ! -e ${journal} ]; then echo "apply.sh was not run here: nothing to roll back" >&2; exit 1; fi`,
				...versions.length > 0 ? oldVersion : [],
				...written.map(({rollback}, index) => `if grep -qx ${index + 1} ${journal}; then ${rollback.join(' && ')}; fi`).toReversed(),
				`rm ${journal}`,
			]),
		},
	];
}
