import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadServiceControlPolicies} from '../../source/iam/scp-files.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const allow = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]};
const deny = {Version: '2012-10-17', Statement: {Effect: 'Deny', Action: 's3:*', Resource: '*'}};

async function fileWith(text: string, name = 'root.json'): Promise<string> {
	const file = path.join(await temporaryFolder(), name);
	await writeFile(file, text);
	return file;
}

describe('service control policies from files', () => {
	test('a policy document is named by its file', async () => {
		expect(await loadServiceControlPolicies([await fileWith(JSON.stringify(allow))])).toEqual({levels: [[{name: 'root', document: allow}]]});
	});

	test('describe-policy wraps the document as text and names it', async () => {
		const answer = {Policy: {PolicySummary: {Name: 'NoS3'}, Content: JSON.stringify(deny)}};
		expect(await loadServiceControlPolicies([await fileWith(JSON.stringify(answer))])).toEqual({levels: [[{name: 'NoS3', document: deny}]]});
	});

	test('several documents in one file, and a folder of files, are one level each, in the caller\'s order', async () => {
		const folder = await temporaryFolder();
		await mkdir(path.join(folder, 'unit'));
		await writeFile(path.join(folder, 'unit', 'b.json'), JSON.stringify(deny));
		await writeFile(path.join(folder, 'unit', 'a.json'), JSON.stringify(allow));
		await writeFile(path.join(folder, 'unit', 'notes.txt'), 'not read');
		const {levels} = await loadServiceControlPolicies([await fileWith(JSON.stringify([allow, deny])), path.join(folder, 'unit')]);
		expect(levels.map(level => level.map(policy => policy.name))).toEqual([['root', 'root'], ['a', 'b']]);
	});

	test('a byte order mark is no error', async () => {
		expect(await loadServiceControlPolicies([await fileWith(`\uFEFF${JSON.stringify(allow)}`)])).toEqual({levels: [[{name: 'root', document: allow}]]});
	});

	test.each([
		['one policy among other documents', JSON.stringify([allow, {UserDetailList: []}]), 'is no service control policy'],
		['no JSON', 'x', 'could not be read as a service control policy'],
		['an IAM snapshot', '{"UserDetailList": []}', 'is no service control policy'],
		['empty', '', 'is no service control policy'],
		['a policy whose content is no JSON', '{"Policy": {"Content": "x"}}', 'is no service control policy'],
	])('%s is an error', async (_, text, message) => {
		await expect(loadServiceControlPolicies([await fileWith(text)])).rejects.toThrow(message);
	});

	test('a path that is not there and a folder without JSON are errors', async () => {
		const folder = await temporaryFolder();
		await expect(loadServiceControlPolicies([path.join(folder, 'none')])).rejects.toThrow('could not be read');
		await expect(loadServiceControlPolicies([folder])).rejects.toThrow('without a .json file');
	});
});
