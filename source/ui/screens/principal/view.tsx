import type {ReactNode} from 'react';
import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import type {Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {counted, dayOf, grouped} from '../../words.js';
import type {PrincipalState} from './state.js';

const columns: ReadonlyArray<Column<ActionRow>> = [
	{head: 'ACTION', width: null, align: 'left', cut: 'middle', text: row => row.action},
	{head: 'COUNT', width: 9, align: 'right', cut: 'end', text: row => row.count === 0 ? '' : grouped(row.count)},
	{head: 'DENIED', width: 7, align: 'right', cut: 'end', text: row => row.denied === 0 ? '' : grouped(row.denied)},
	{head: 'LAST USED', width: 10, align: 'left', cut: 'end', text: row => row.lastUsed === null ? '' : dayOf(row.lastUsed)},
];

const keyOf = (row: ActionRow) => row.lower;
const prefixOf = (row: ActionRow) => verdictPrefix[row.verdict];
const toneOf = (row: ActionRow) => row.verdict;

/** A principal's actions, and why the selected one has its verdict. */
export function PrincipalView({state, layout}: {readonly state: PrincipalState; readonly layout: Layout}): ReactNode {
	const {list, detail} = state;
	const selected = selectedOf(list);
	return (
		<>
			<List
				list={list}
				columns={columns}
				keyOf={keyOf}
				prefixOf={prefixOf}
				toneOf={toneOf}
				width={layout.columns}
				height={layout.list}
				empty={<Line text={`  ${emptyWords(state)}`}/>}
			/>
			<Detail texts={selected ? actionTexts(selected, detail) : []} layout={layout}/>
		</>
	);
}

function emptyWords({detail, toggles, list}: PrincipalState): string {
	if (detail.actions.length === 0) {
		return 'No policy grants it anything, and it used nothing.';
	}

	if (list.filter.text !== '') {
		return 'No action matches the filter; esc clears it.';
	}

	const hidden = [toggles.usedOnly && 'u used only', toggles.hideBenign && 'b benign hidden', toggles.hideUnknown && 'x unknown hidden'].filter(Boolean);
	return `Nothing is left to show (${hidden.join(', ')}): press the key again.`;
}

function actionTexts(row: ActionRow, detail: PrincipalDetail): readonly string[] {
	const facts = [row.action, row.accessLevel, row.failed > 0 && `${counted(row.failed, 'call')} failed after authorization`].filter(Boolean);
	return [facts.join(' · '), `${row.verdict}: ${row.reason}`, grantWords(row, detail)];
}

function grantWords(row: ActionRow, detail: PrincipalDetail): string {
	const [first, ...others] = detail.grantedBy(row);
	if (!first) {
		return 'granted by no policy';
	}

	const via = first.via.kind === 'group' ? ` through group ${first.via.name}` : '';
	const more = others.length === 0 ? '' : ` and ${grouped(others.length)} more`;
	return `granted by ${first.policyType} policy ${first.policy}${via}${more}${row.deniedInPart ? ' · denied in part' : ''}`;
}
