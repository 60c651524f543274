import type {Identity} from '../aws/identity.js';
import type {Profile} from '../aws/profiles.js';
import type {SessionUsage} from '../domain/sessions.js';
import type {Window} from '../domain/window.js';
import type {Task} from '../lib/task.js';
import type {ActionEvidence, Analysis} from './analysis.js';
import type {IamPlace, TrailPlace} from './places.js';

export type {Identity} from '../aws/identity.js';
export type {Profile} from '../aws/profiles.js';
export type {IamPlace, TrailPlace} from './places.js';

/** An account that can be analysed. */
export type AccountChoice = {
	/** Stable within one run; what the cursor stays on. */
	readonly key: string;
	readonly name: string | null;
	/** Twelve digits; null until the IAM snapshot was read. */
	readonly id: string | null;
	/** Where its IAM snapshot comes from; null for the demo before it is written, or where the config gives none. */
	readonly iam: IamPlace | null;
	/** Where its usage comes from; null for the demo before it is written, or where the config gives none. */
	readonly trail: TrailPlace | null;
	/** The profile of ~/.aws that reaches it; null where the SDK's own chain finds the credentials. */
	readonly profile: string | null;
	/** Null where the profile or the environment says it. */
	readonly region: string | null;
	readonly origin: 'stored' | 'config-file' | 'ad-hoc' | 'demo';
};

/** An account to be stored. */
export type NewAccount = {
	readonly name: string;
	/** Paths may be relative. */
	readonly iam: IamPlace;
	readonly trail: TrailPlace;
	/** Undefined: the SDK's own chain finds the credentials. */
	readonly profile?: string | undefined;
	readonly region?: string | undefined;
};

/** What a CloudTracker config.yaml holds for the configuration. */
export type ConfigFile = {
	/** Names of its accounts. */
	readonly names: readonly string[];
	/** The log source that it describes for all of them; null without one. */
	readonly trail: TrailPlace | null;
};

export type AnalyzeOptions = {
	/** Take the IAM snapshot from the account anew, whatever is kept of it. */
	readonly refresh?: boolean;
};

/** What the program can be asked to do; the screens and the printed commands use nothing else. */
export type Workspace = {
	/** Configured accounts in their order, the demo last. */
	accounts(): readonly AccountChoice[];
	/** Reads an IAM snapshot file just far enough to say whose it is. Rejects with UserError. */
	checkIamFile(path: string): Promise<{readonly accountId: string; readonly users: number; readonly roles: number}>;
	/** Says whether a path can hold CloudTrail files; counts files, at most for a moment. Rejects with UserError. */
	checkTrailPath(path: string): Promise<{readonly files: number}>;
	/** The profiles of ~/.aws, `default` first; none where there are none. Rejects with UserError. */
	profiles(): Promise<readonly Profile[]>;
	/** Asks AWS whose credentials a profile gives. Rejects with UserError or CancelledError. */
	checkProfile(profile: {readonly profile?: string | undefined; readonly region?: string | undefined}, signal?: AbortSignal): Promise<Identity>;
	/** Reads a CloudTracker config.yaml. Rejects with UserError, also where an account of it has no IAM snapshot or a name that is taken. */
	checkConfigFile(path: string): Promise<ConfigFile>;
	/** Checks and stores every account of a config.yaml, or none; `trail` takes the place of the file's own. Rejects with UserError. */
	addConfigFile(path: string, trail?: TrailPlace): Promise<readonly AccountChoice[]>;
	/** Checks an account and stores it: its id comes from the IAM file, else from its profile. Rejects with UserError. */
	addAccount(account: NewAccount): Promise<AccountChoice>;
	/** One pass over an account and window. Rejects with UserError or CancelledError. */
	analyze(choice: AccountChoice, window: Window, task: Task, options?: AnalyzeOptions): Promise<Analysis>;
	/** All that the verdict on one action of one principal of an analysis rests on, with what the log holds of it. Rejects as `analyze` does. */
	explain(choice: AccountChoice, analysis: Analysis, question: {readonly arn: string; readonly action: string}, task: Task): Promise<ActionEvidence>;
	/** Who was behind a role of an analysis, and what each did in it; most recent first. Rejects as `analyze` does. */
	sessions(choice: AccountChoice, analysis: Analysis, roleArn: string, task: Task): Promise<readonly SessionUsage[]>;
	close(): Promise<void>;
};
