import {ActionSet} from './action-set.js';
import type {Catalog, CatalogAction} from './action.js';

/** What CloudTrail's silence about one action is worth in this trail. */
export type Silence = {
	/** Whether not having seen the action proves that it was not used. */
	readonly proves: boolean;
	/** Stable kebab-case code, for scripts. */
	readonly code: string;
	/** The same in words. */
	readonly reason: string;
};

/** What silence proves, action by action. */
export type Coverage = {
	/** The actions whose silence proves something. */
	readonly provable: ActionSet;
	silence(id: number): Silence;
};

/** What is known of the trail in the window. */
export type TrailFacts = {
	/** Events received by the account in the window. */
	readonly events: number;
	/** UTC days with at least one of them. */
	readonly daysCovered: number;
	readonly daysInWindow: number;
	readonly unreadableFiles: number;
	/** Catalog ids that the log holds as management events. */
	readonly seenAsManagement: ReadonlySet<number>;
};

const silences = {
	'not-used': {proves: true, code: 'not-used', reason: 'CloudTrail records this action as a management event, and none was seen in the window'},
	'not-used-assumed': {
		proves: true,
		code: 'not-used-assumed',
		reason: 'none was seen in the window; that CloudTrail records this action is assumed (a public API operation, recorded by default; no page for it was read)',
	},
	'strict-assumed': {proves: false, code: 'strict-assumed', reason: 'that CloudTrail records this action is only assumed, and --strict takes no assumption'},
	'strict-gaps': {proves: false, code: 'strict-gaps', reason: 'the logs do not cover every day of the window, or files could not be read, and --strict takes no gap'},
	'no-logs': {proves: false, code: 'no-logs', reason: 'the trail holds no event of this account in the window'},
	'data-event': {proves: false, code: 'data-event', reason: 'a data event: CloudTrail records it only where a trail selects that resource type'},
	'never-logged': {proves: false, code: 'never-logged', reason: 'CloudTrail does not record this action'},
	'no-public-api': {proves: false, code: 'no-public-api', reason: 'a permission without an API call of its own: there is nothing for CloudTrail to record'},
} as const satisfies Record<string, Silence>;

/**
Judges what the silence of one trail and window proves (Domain rules, section 5).
With `strict`, assumptions and gaps prove nothing.
*/
export function judgeCoverage(catalog: Catalog, trail: TrailFacts, strict: boolean): Coverage {
	const gaps = trail.unreadableFiles > 0 || trail.daysCovered < trail.daysInWindow;

	const management = (action: CatalogAction): Silence => {
		const documented = action.documented || trail.seenAsManagement.has(action.id);
		if (strict && !documented) {
			return silences['strict-assumed'];
		}

		if (strict && gaps) {
			return silences['strict-gaps'];
		}

		return documented ? silences['not-used'] : silences['not-used-assumed'];
	};

	const silence = (id: number): Silence => {
		if (trail.events === 0) {
			return silences['no-logs'];
		}

		const action = catalog.at(id);
		switch (action.trailClass) {
			case 'management': {
				return management(action);
			}

			case 'data': {
				return silences['data-event'];
			}

			case 'never': {
				return silences['never-logged'];
			}

			case 'no-public-api': {
				return silences['no-public-api'];
			}
		}
	};

	const provable = new ActionSet(catalog.size);
	for (let id = 0; id < catalog.size; id++) {
		if (silence(id).proves) {
			provable.add(id);
		}
	}

	return {provable, silence};
}
