/** What the user can act on: printed without a stack, with the next step. `cli.ts` alone prints it and exits. */
export class UserError extends Error {
	/** The next command to type, or the next thing to check; undefined where the message says it all. */
	readonly hint: string | undefined;

	/** Exit code: 2 for a usage or input error, 3 when the source (AWS, a server) failed. */
	readonly exitCode: 2 | 3;

	constructor(message: string, options: {hint?: string; exitCode?: 2 | 3; cause?: unknown} = {}) {
		super(message, options.cause === undefined ? undefined : {cause: options.cause});
		this.name = 'UserError';
		this.hint = options.hint;
		this.exitCode = options.exitCode ?? 2;
	}
}

/** Thrown when the caller's signal was aborted; never shown as a failure. */
export class CancelledError extends Error {
	/** What was stopped at a far service, in words; null where nothing ran there. */
	readonly stopped: string | null;

	constructor(stopped: string | null = null) {
		super('cancelled');
		this.name = 'CancelledError';
		this.stopped = stopped;
	}
}

/** Throws {@link CancelledError} if the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) {
		throw new CancelledError();
	}
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
