import {readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {writeFiles} from '../../source/app/write-files.js';
import {UserError} from '../../source/lib/errors.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const files = [{path: 'edit/apply.sh', text: 'one'}, {path: 'edit/after/a.json', text: '{}'}];
const modeOf = (file: string): string => (statSync(file).mode % 0o1000).toString(8);

test('files are written into a folder that is made, for their owner alone', async () => {
	const folder = path.join(await temporaryFolder(), 'out');
	expect(await writeFiles(folder, files, {overwrite: false})).toEqual(files.map(file => path.join(folder, file.path)));
	expect(readFileSync(path.join(folder, 'edit/apply.sh'), 'utf8')).toBe('one');
	expect([modeOf(path.join(folder, 'edit/apply.sh')), modeOf(path.join(folder, 'edit'))]).toEqual(['600', '700']);
});

test('a file that is there is not overwritten, and nothing else is written', async () => {
	const folder = await temporaryFolder();
	await writeFiles(folder, [{path: 'b', text: 'old'}], {overwrite: false});
	await expect(writeFiles(folder, [{path: 'a', text: 'new'}, {path: 'b', text: 'new'}], {overwrite: false})).rejects.toThrow('b is there already');
	expect(readFileSync(path.join(folder, 'b'), 'utf8')).toBe('old');
	expect(() => statSync(path.join(folder, 'a'))).toThrow();
	await writeFiles(folder, [{path: 'b', text: 'new'}], {overwrite: true});
	expect(readFileSync(path.join(folder, 'b'), 'utf8')).toBe('new');
});

test('a folder that cannot be written to is the user\'s error', async () => {
	const folder = await temporaryFolder();
	writeFileSync(path.join(folder, 'file'), '');
	await expect(writeFiles(path.join(folder, 'file'), files, {overwrite: false})).rejects.toThrow(UserError);
});

test('a folder in one that is not there is refused: no whole path is made', async () => {
	const folder = await temporaryFolder();
	await expect(writeFiles(path.join(folder, 'nowhere', 'out'), [{path: 'a', text: 'x'}], {overwrite: false})).rejects.toThrow(/there is no folder .*nowhere$/);
});
