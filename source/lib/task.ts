/** How far a long piece of work has come. */
export type Progress = {
	/** What is being done, in the words the user reads: "reading CloudTrail files". */
	readonly stage: string;
	/** Units done so far. */
	readonly done: number;
	/** Units in all; null while it is not known. */
	readonly total: number | null;
	/** What `done` and `total` count; null when there is nothing to count. */
	readonly unit: 'files' | 'principals' | null;
	/** Bytes read from the source so far; null where nobody counts them. */
	readonly bytes: number | null;
};

/** What every long piece of work is given: a way to be cancelled and a way to say how far it is. */
export type Task = {
	readonly signal: AbortSignal;
	readonly progress: (progress: Progress) => void;
	/** Asks the user before something that costs money; without it nobody can be asked, and it is not done. */
	readonly confirm?: (question: string) => Promise<boolean>;
	/** Tells the user what is worth keeping in sight, in a line: what a scan has cost. */
	readonly note?: (line: string) => void;
};

/** A task that nobody watches or cancels. */
export function silentTask(): Task {
	return {signal: new AbortController().signal, progress() {}};
}
