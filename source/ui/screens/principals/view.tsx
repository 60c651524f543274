import {useMemo, type ReactNode} from 'react';
import type {PrincipalFlag, PrincipalSummary} from '../../../app/analysis.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import {fittedColumns, type Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
import {keyFor, type Keys} from '../../keys.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {counted, dayOf, grouped} from '../../words.js';
import type {PrincipalsState} from './state.js';

const flagWords: Readonly<Record<PrincipalFlag, string>> = {
	admin: 'may do everything',
	'service-linked': 'service-linked: AWS made it and only a service can assume it',
	sso: 'made by IAM Identity Center',
	boundary: 'held by a permissions boundary',
	incomplete: 'incomplete: the snapshot lacks the document of an attached policy',
};

const shortFlags: Readonly<Record<PrincipalFlag, string>> = {
	admin: 'admin',
	'service-linked': 'linked',
	sso: 'sso',
	boundary: 'boundary',
	incomplete: 'incomplete',
};

const columnsBeforeFlags: ReadonlyArray<Column<PrincipalSummary>> = [
	{head: 'NAME', width: null, align: 'left', cut: 'middle', text: row => row.name},
	{head: 'LAST USED', width: 10, align: 'left', cut: 'end', text: row => row.lastUsed === null ? 'not seen' : dayOf(row.lastUsed)},
	{head: 'USED', width: 6, drop: 4, align: 'right', cut: 'end', text: row => grouped(row.counts.used)},
	{head: 'GRANTED', width: 7, drop: 2, align: 'right', cut: 'end', text: row => grouped(row.counts.granted)},
	{head: 'UNUSED', width: 6, align: 'right', cut: 'end', text: row => grouped(row.counts.unused)},
	{head: 'RISKY', width: 5, drop: 1, align: 'right', cut: 'end', text: row => row.unusedDangerous === 0 ? '' : grouped(row.unusedDangerous)},
	{head: 'DENIED', width: 6, drop: 5, align: 'right', cut: 'end', text: row => grouped(row.denied)},
];

const flagsOf = (row: PrincipalSummary) => row.flags.map(flag => shortFlags[flag]).join(' ');

/** Columns that a name is to have at least. */
const nameRoom = 20;

/** The column of flags is as wide as this list's flags are. */
function columnsOf(rows: readonly PrincipalSummary[], width: number): ReadonlyArray<Column<PrincipalSummary>> {
	let longest = 'FLAGS'.length;
	for (const row of rows) {
		longest = Math.max(longest, flagsOf(row).length);
	}

	const flags: Column<PrincipalSummary> = {head: 'FLAGS', width: Math.min(longest, widestFlags), align: 'left', cut: 'end', drop: 3, text: flagsOf};
	return fittedColumns([...columnsBeforeFlags, flags], width, nameRoom);
}

const widestFlags = 20;

const keyOf = (row: PrincipalSummary) => row.arn;
const prefixOf = (row: PrincipalSummary) => verdictPrefix[row.verdict];
const toneOf = (row: PrincipalSummary) => row.verdict;

/** The users or the roles of the account, and what is known of the selected one. */
export function PrincipalsView({state, layout, keys}: {readonly state: PrincipalsState; readonly layout: Layout; readonly keys: Keys}): ReactNode {
	const {list, all} = state[state.tab];
	const selected = selectedOf(list);
	const columns = useMemo(() => columnsOf(all, layout.columns), [all, layout.columns]);
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
				empty={<Line text={`  ${emptyWords(state, keys)}`}/>}
			/>
			<Detail texts={selected ? principalTexts(selected) : []} layout={layout}/>
		</>
	);
}

/** Why there is no line: the account has none, the filter matches none, or the toggles hide them all. */
function emptyWords(state: PrincipalsState, keys: Keys): string {
	const {all, list, toggles} = state[state.tab];
	if (all.length === 0) {
		return `This account has no ${state.tab} in the IAM snapshot; ${keyFor(keys, 'switch')} shows the others.`;
	}

	if (list.filter.text !== '') {
		return `No name matches the filter; ${keyFor(keys, 'back')} clears it.`;
	}

	const hidden = [toggles.usedOnly && `${keyFor(keys, 'used-only')} used only`, toggles.hideUnknown && `${keyFor(keys, 'hide-unknown')} unknown hidden`].filter(Boolean);
	return `Nothing is left to show (${hidden.join(', ')}): press the key again.`;
}

function principalTexts(row: PrincipalSummary): readonly string[] {
	const created = row.created === null ? undefined : `created ${dayOf(row.created)}`;
	const flags = row.flags.map(flag => flagWords[flag]);
	const dangerous = row.unusedDangerous === 0 ? undefined : `${counted(row.unusedDangerous, 'unused grant is', 'unused grants are')} known for a step of an attack`;
	const facts = [dangerous, counted(row.events, 'event'), created, ...flags].filter(part => part !== undefined);
	return [row.arn, `${row.verdict}: ${row.reason}`, facts.join(' · ')];
}
