import {Box} from 'ink';
import {useMemo, type ReactNode} from 'react';
import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import {fittedColumns, type Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
import {PaneView} from '../../components/pane.js';
import {keyFor, type Keys} from '../../keys.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {counted, dayOf, grouped, riskWords} from '../../words.js';
import {isGroup, keyOfItem, type PrincipalItem, type ServiceGroup} from './groups.js';
import {markSign} from './marks.js';
import {evidenceTexts} from './pane.js';
import type {PrincipalState} from './state.js';

/** The longest words about a group that fit: with names, with marks, or the number alone. */
export function groupWords({service, rows, counts}: ServiceGroup, width: number): string {
	const {unused, unknown, used, ungranted} = counts;
	const named = [
		unused > 0 && `${grouped(unused)} unused`, unknown > 0 && `${grouped(unknown)} unknown`, used > 0 && `${grouped(used)} used`,
		ungranted > 0 && `${grouped(ungranted)} not granted`,
	].filter(Boolean).join(' · ');
	const marked = [unused > 0 && `-${unused}`, unknown > 0 && `?${unknown}`, used > 0 && `used ${used}`, ungranted > 0 && `+${ungranted}`].filter(Boolean).join(' ');
	const forms = [`${service} · ${named}`, `${service} · ${marked}`, `${service} · ${grouped(rows.length)}`];
	return forms.find(form => form.length <= width) ?? service;
}

/** What an action is known for; of a service, how many unused ones are known for something. */
function riskCell(item: PrincipalItem): string {
	if (isGroup(item)) {
		return item.dangerous === 0 ? '' : `${grouped(item.dangerous)} unused`;
	}

	return item.risk === null ? '' : riskWords[item.risk.kind];
}

const countOf = (count: number) => count === 0 ? '' : grouped(count);

/** In the order of the screen. The narrower the list, the fewer columns stand beside the action. */
const columns: ReadonlyArray<Column<PrincipalItem>> = [
	{head: 'ACTION', width: null, align: 'left', cut: 'middle', text: (item, width) => isGroup(item) ? groupWords(item, width) : item.action},
	{head: 'RISK', width: 10, align: 'left', cut: 'end', drop: 1, text: riskCell},
	{head: 'LEVEL', width: 11, align: 'left', cut: 'end', drop: 4, text: item => isGroup(item) ? '' : item.accessLevel?.replace(' management', '') ?? ''},
	{head: 'COUNT', width: 9, align: 'right', cut: 'end', drop: 2, text: ({count}) => countOf(count)},
	{head: 'DENIED', width: 7, align: 'right', cut: 'end', drop: 3, text: ({denied}) => countOf(denied)},
	{head: 'FIRST USED', width: 10, align: 'left', cut: 'end', drop: 5, text: item => isGroup(item) || item.firstUsed === null ? '' : dayOf(item.firstUsed)},
	{head: 'LAST USED', width: 10, align: 'left', cut: 'end', text: ({lastUsed}) => lastUsed === null ? '' : dayOf(lastUsed)},
];

/** Columns that the name of an action is to have at least: nearly all names fit into 44. */
const actionRoom = (width: number) => Math.min(44, Math.floor(width * 0.55));

const prefixOf = (item: PrincipalItem) => isGroup(item) ? (item.isOpen ? '▾ ' : '▸ ') : verdictPrefix[item.verdict];
const toneOf = (item: PrincipalItem) => isGroup(item) ? 'head' : item.verdict;
const isMatched = (item: PrincipalItem) => !isGroup(item);

export type PrincipalViewProps = {readonly state: PrincipalState; readonly layout: Layout; readonly keys: Keys};

/** A principal's actions, and what the selected one's verdict rests on. */
export function PrincipalView({state, layout, keys}: PrincipalViewProps): ReactNode {
	const {list, detail, marked} = state;
	const {pane, listColumns} = layout;
	const selected = selectedOf(list);
	const fitted = useMemo(() => fittedColumns(columns, listColumns, actionRoom(listColumns)), [listColumns]);
	const rows = (
		<List
			list={list}
			columns={fitted}
			keyOf={keyOfItem}
			prefixOf={prefixOf}
			toneOf={toneOf}
			signOf={item => markSign(marked, isGroup(item) ? item.rows : [item])}
			isMatched={isMatched}
			width={listColumns}
			height={layout.list}
			empty={<Line text={`  ${emptyWords(state, keys)}`}/>}
		/>
	);
	if (!pane) {
		return (
			<>
				{rows}
				<Detail texts={selected ? detailTexts(selected, detail) : []} layout={layout}/>
			</>
		);
	}

	const evidence = <PaneView pane={pane} texts={selected ? evidenceTexts(selected, detail, pane.rows) : []}/>;
	return pane.place === 'below'
		? <>{rows}{evidence}</>
		: (
			<Box height={layout.body}>
				<Box flexDirection='column' width={listColumns + 1} flexShrink={0}>{rows}</Box>
				{evidence}
			</Box>
		);
}

/** Why there is no line: three different things. */
export function emptyWords({detail, toggles, list}: PrincipalState, keys: Keys): string {
	if (detail.actions.length === 0) {
		return 'No policy grants it anything, and it used nothing.';
	}

	if (list.filter.text !== '') {
		return `No action matches the filter; ${keyFor(keys, 'back')} clears it.`;
	}

	const hidden = [
		toggles.usedOnly && `${keyFor(keys, 'used-only')} used only`,
		toggles.hideBenign && `${keyFor(keys, 'hide-benign')} benign hidden`,
		toggles.hideUnknown && `${keyFor(keys, 'hide-unknown')} unknown hidden`,
	].filter(Boolean);
	return `Nothing is left to show (${hidden.join(', ')}): press the key again.`;
}

function detailTexts(item: PrincipalItem, detail: PrincipalDetail): readonly string[] {
	return isGroup(item) ? [groupWords(item, Number.POSITIVE_INFINITY)] : actionTexts(item, detail);
}

function actionTexts(row: ActionRow, detail: PrincipalDetail): readonly string[] {
	const facts = [row.action, row.accessLevel, row.risk && `${row.risk.kind}: ${row.risk.note}`, row.failed > 0 && `${counted(row.failed, 'call')} failed after authorization`].filter(Boolean);
	return [facts.join(' · '), `${row.verdict}: ${row.reason}`, grantedWords(row, detail)];
}

function grantedWords(row: ActionRow, detail: PrincipalDetail): string {
	const [first, ...others] = detail.grantedBy(row);
	if (!first) {
		return 'granted by no policy';
	}

	const via = first.via.kind === 'group' ? ` through group ${first.via.name}` : '';
	const more = others.length === 0 ? '' : ` and ${grouped(others.length)} more`;
	return `granted by ${first.policyType} policy ${first.policy}${via}${more}${row.deniedInPart ? ' · denied in part' : ''}`;
}
