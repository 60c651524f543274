import {Writable} from 'node:stream';
import {expect, test} from 'vitest';
import {UserError} from '../../source/lib/errors.js';
import {writeAll} from '../../source/print/output.js';

function stream(code: string | null): {target: Writable; written: () => string} {
	let written = '';
	const target = new Writable({
		write(chunk, _encoding, done) {
			written += String(chunk);
			done(code === null ? null : Object.assign(new Error(`${code}: no`), {code}));
		},
	});
	target.on('error', () => {});
	return {target, written: () => written};
}

test('the whole text is there when it resolves', async () => {
	const {target, written} = stream(null);
	const text = '€'.repeat(100_000);
	expect(await writeAll(target, text)).toBe(true);
	expect(written()).toBe(text);
});

test('a reader that has gone is no error', async () => {
	expect(await writeAll(stream('EPIPE').target, 'x')).toBe(false);
});

test('a stream that was closed before is no error either', async () => {
	const {target} = stream('EPIPE');
	await writeAll(target, 'x');
	expect(await writeAll(target, 'y')).toBe(false);
});

test('a full disk is the user\'s to know', async () => {
	await expect(writeAll(stream('ENOSPC').target, 'x')).rejects.toThrow(UserError);
	await expect(writeAll(stream('ENOSPC').target, 'x')).rejects.toThrow('the output cannot be written: ENOSPC: no');
});
