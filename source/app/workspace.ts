import type {SessionUsage} from '../domain/sessions.js';
import type {Window} from '../domain/window.js';
import type {Task} from '../lib/task.js';
import type {ActionEvidence, Analysis} from './analysis.js';

/** An account that can be analysed. */
export type AccountChoice = {
	/** Stable within one run; what the cursor stays on. */
	readonly key: string;
	readonly name: string | null;
	/** Twelve digits; null until the IAM snapshot was read. */
	readonly id: string | null;
	/** Path of the IAM snapshot; null for the demo before it is written, or where the config gives none. */
	readonly iam: string | null;
	/** Path of the CloudTrail folder or file; null where the config gives none. */
	readonly trail: string | null;
	readonly origin: 'stored' | 'config-file' | 'ad-hoc' | 'demo';
};

/** What the program can be asked to do; the screens and the printed commands use nothing else. */
export type Workspace = {
	/** Configured accounts in their order, the demo last. */
	accounts(): readonly AccountChoice[];
	/** Reads an IAM snapshot file just far enough to say whose it is. Rejects with UserError. */
	checkIamFile(path: string): Promise<{readonly accountId: string; readonly users: number; readonly roles: number}>;
	/** Says whether a path can hold CloudTrail files; counts files, at most for a moment. Rejects with UserError. */
	checkTrailPath(path: string): Promise<{readonly files: number}>;
	/** Stores an account built from files. Rejects with UserError. */
	addAccount(account: {readonly name: string; readonly iam: string; readonly trail: string}): Promise<AccountChoice>;
	/** One pass over an account and window. Rejects with UserError or CancelledError. */
	analyze(choice: AccountChoice, window: Window, task: Task): Promise<Analysis>;
	/** All that the verdict on one action of one principal of an analysis rests on, with what the log holds of it. Rejects as `analyze` does. */
	explain(choice: AccountChoice, analysis: Analysis, question: {readonly arn: string; readonly action: string}, task: Task): Promise<ActionEvidence>;
	/** Who was behind a role of an analysis, and what each did in it; most recent first. Rejects as `analyze` does. */
	sessions(choice: AccountChoice, analysis: Analysis, roleArn: string, task: Task): Promise<readonly SessionUsage[]>;
	close(): Promise<void>;
};
