import type {Writable} from 'node:stream';
import {messageOf, UserError} from '../lib/errors.js';

/** Whether the reader of a pipe has gone (`| head -1`). */
function isClosedPipe(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/**
Writes a whole text and waits until the stream took it: a pipe is never cut short.
Resolves to false when the reader has gone; rejects with UserError when the text cannot be written (a full disk). The stream needs an `error` listener of its own.
*/
export async function writeAll(stream: Writable, text: string): Promise<boolean> {
	return new Promise((resolve, reject) => {
		stream.write(text, error => {
			if (!error || isClosedPipe(error)) {
				resolve(!error);
			} else {
				reject(new UserError(`the output cannot be written: ${messageOf(error)}`, {cause: error}));
			}
		});
	});
}
