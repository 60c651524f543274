import type {Analysis} from '../../app/analysis.js';
import {accountWarnings} from '../document.js';
import {counted, dayOf, grouped, windowWords} from '../words.js';

/** What a report must say beside its tables, in words: the same in every format that people read. */
export type Truths = {
	readonly title: string;
	/** "Account", "Window" and the like, each with what there is to say. */
	readonly facts: ReadonlyArray<readonly [name: string, text: string]>;
	/** One sentence that says how much of the window the logs cover. */
	readonly coverage: string;
	/** Whether that sentence is a warning. */
	readonly hasGaps: boolean;
	/** False where the window holds no event of the account: then nothing is known of use. */
	readonly hasLogs: boolean;
	readonly warnings: readonly string[];
	/** What the marks cannot know. */
	readonly limits: readonly string[];
};

/** How many unreadable files a report names; the JSON names all. */
const filesNamed = 20;

const limits: readonly string[] = [
	'A “-” claims that the permission was not used in the window and that CloudTrail would have shown it. In doubt the mark is “?”.',
	'Data events (reading an S3 object, invoking a function) are recorded only where a trail selects them; some actions leave no event at all, and some permissions have no call of their own: all of these are “?”.',
	'Resource policies, session policies and resource control policies are not evaluated: a “+” may be allowed by one of them. Conditions and narrow resources are not judged.',
	'Use before the window, and use that is still to come (a yearly job, an emergency role), is in no log of it.',
];

const strictLimit = 'Days without logs, unreadable files and mere assumptions prove nothing here (--strict): what rests on one is “?”.';
const gapLimit = 'Days without logs and unreadable files do not change a mark: with --strict they turn “-” into “?”.';

function coverageSentence({trail}: Analysis): string {
	const {events, daysCovered, daysInWindow, lastEvent} = trail;
	return events === 0
		? 'The window holds no event of this account in the logs: every mark is “?”, and nothing here says “unused”.'
		: `Logs cover ${grouped(daysCovered)} of ${counted(daysInWindow, 'day')}, last ${dayOf(lastEvent ?? '')}.`;
}

/** What to say of an analysis before its tables. */
export function truthsOf(analysis: Analysis, strict: boolean): Truths {
	const {account, window, trail, coverage} = analysis;
	const name = account.name === null || account.name === account.id ? account.id : `${account.name} (${account.id})`;
	const facts: ReadonlyArray<readonly [string, string | null]> = [
		['Account', name],
		['Window', `${windowWords(window)}, UTC`],
		['Source', `${trail.source}: ${trail.location}`],
		['Events', trail.events === 0 ? 'none' : `${grouped(trail.events)}, from ${trail.firstEvent ?? ''} to ${trail.lastEvent ?? ''}`],
		['Regions', coverage.regions.length === 0 ? null : coverage.regions.join(', ')],
		['Trail configuration', coverage.configuration.length === 0 ? 'not given: what the trail records is inferred from the logs' : coverage.configuration.join(', ')],
		['Events of nobody listed', trail.unattributed.length === 0 ? null : trail.unattributed.map(({kind, events}) => `${grouped(events)} ${kind}`).join(', ')],
	];
	return {
		title: `What account ${name} grants, and what was used`,
		facts: facts.flatMap(([label, text]) => text === null ? [] : [[label, text] as const]),
		coverage: coverageSentence(analysis),
		hasGaps: trail.daysCovered < trail.daysInWindow,
		hasLogs: trail.events > 0,
		// The sentence on coverage says what that warning says.
		warnings: accountWarnings(analysis, filesNamed).filter(({code}) => code !== 'days-without-logs').map(({message}) => message),
		limits: [...limits, strict ? strictLimit : gapLimit],
	};
}
