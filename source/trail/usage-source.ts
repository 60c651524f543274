import type {Usage} from '../domain/usage.js';
import type {Window} from '../domain/window.js';
import type {Task} from '../lib/task.js';

/** Where usage of one account comes from. Every source passes the one contract suite of test/contract. */
export type UsageSource = {
	/**
	One pass over the window, rows for every principal of the account: never one scan per principal.
	Aborting the task's signal stops the work where it runs and rejects with CancelledError; what was read stays.
	*/
	usage(window: Window, task: Task): Promise<Usage>;
	/** Releases what the source holds; safe to call twice. */
	close(): Promise<void>;
};
