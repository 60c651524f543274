import type {SampledRow} from '../domain/evidence.js';
import type {PolicyChange} from '../domain/policy-changes.js';
import type {SessionUsage} from '../domain/sessions.js';
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
	/** Rows as `usage` gives them, of the named events alone ("s3.amazonaws.com:ListBuckets"), each with its latest event. */
	samples(window: Window, events: readonly string[], task: Task): Promise<readonly SampledRow[]>;
	/** The successful calls of the named events that the account received, with their parameters, oldest first. */
	calls(window: Window, events: readonly string[], task: Task): Promise<readonly PolicyChange[]>;
	/** Who was behind a role, and what each of them did in it; most recent first. `roleArn` is the role's ARN, with its path. */
	sessions(window: Window, roleArn: string, task: Task): Promise<readonly SessionUsage[]>;
	/** Releases what the source holds; safe to call twice. */
	close(): Promise<void>;
};
