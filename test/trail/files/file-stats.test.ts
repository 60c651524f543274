import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {CancelledError} from '../../../source/lib/errors.js';
import {askAboutFiles} from '../../../source/trail/files/file-stats.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

/** As many as make several slices; every tenth is not there. */
async function someFiles(): Promise<{readonly files: readonly string[]; readonly sizes: ReadonlyArray<number | string>}> {
	const folder = await temporaryFolder();
	const files = Array.from({length: 350}, (_, index) => path.join(folder, String(index)));
	await Promise.all(files.map(async (file, index) => index % 10 === 0 ? undefined : writeFile(file, 'x'.repeat(index))));
	return {files, sizes: files.map((_, index) => index % 10 === 0 ? 'ENOENT' : index)};
}

describe('askAboutFiles', () => {
	test.each([['a quick disk', undefined], ['a disk that is slow from the first file on', -1]])('gives every file one answer, of %s', async (_, slowAfterMs) => {
		const {files, sizes} = await someFiles();
		const answers = files.map((): Array<number | string> => []);
		await askAboutFiles(files, (index, answer) => {
			answers[index]!.push(answer instanceof Error ? (answer as NodeJS.ErrnoException).code ?? '' : answer.size);
		}, new AbortController().signal, slowAfterMs);
		expect(answers).toEqual(sizes.map(size => [size]));
	});

	test.each([['a quick disk', undefined, 99], ['a slow disk', -1, 0]])('stops where it is cancelled, on %s', async (_, slowAfterMs, cancelAt) => {
		const {files} = await someFiles();
		const abort = new AbortController();
		let answers = 0;
		await expect(askAboutFiles(files, () => {
			if (answers++ === cancelAt) {
				abort.abort();
			}
		}, abort.signal, slowAfterMs)).rejects.toThrow(CancelledError);
		expect(answers).toBeLessThan(files.length / 2);
	});

	test('asks nothing where there is nothing', async () => {
		await askAboutFiles([], () => expect.fail('there is no file'), new AbortController().signal);
	});
});
