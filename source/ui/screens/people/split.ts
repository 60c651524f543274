import type {PrincipalSummary} from '../../../app/analysis.js';
import type {SplitProposal} from '../../../app/role-sessions.js';
import {counted} from '../../words.js';
import {linesOf, type LinesState, type TextLine} from '../lines/state.js';

/** A proposal to split a role, as lines: who belongs together, and the actions that each group needs. Advice, with what it rests on. */
export function splitLines({name}: PrincipalSummary, split: readonly SplitProposal[]): LinesState {
	const advice = `advice: ${counted(split.length, 'role')} could take the place of ${name}: these people used different parts of it. It rests on this window alone: what they need more rarely is not in it`;
	const lines = split.flatMap(({people, actions, shared}, index): TextLine[] => {
		const lead = `role ${index + 1}`;
		const who = people.join(', ');
		const used = `${counted(actions.length, 'action')}${shared.length === 0 ? '' : `, ${shared.length} of them used by others, too`}`;
		return [
			{key: lead, lead, text: `${who} · ${used}`, more: `${lead}, for ${who}: ${used}`},
			...actions.map(action => ({
				key: `${lead} ${action}`, lead: '', text: `${action}${shared.includes(action) ? ' · others use it, too' : ''}`, more: `${lead}, for ${who}: ${action}`,
			})),
		];
	});
	return linesOf('split', ['ROLE', 'WHO, AND WHAT THEY USED'], 'nothing to split', [{key: 'advice', lead: 'advice', text: advice, more: advice}, ...lines]);
}
