/** used: granted and used. unused: granted, not used, and the log would have shown it. unknown: silence proves nothing. ungranted: used, not granted today. */
export type Verdict = 'used' | 'unused' | 'unknown' | 'ungranted';

/** The two characters before an action or a principal in CloudTracker's lines. */
export const verdictPrefix: Readonly<Record<Verdict, string>> = {
	used: '  ',
	unused: '- ',
	unknown: '? ',
	ungranted: '+ ',
};
