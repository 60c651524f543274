import {useMemo, type ReactNode} from 'react';
import type {PrincipalFlag, PrincipalSummary} from '../../../app/analysis.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import type {Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
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
	{head: 'USED', width: 6, align: 'right', cut: 'end', text: row => grouped(row.counts.used)},
	{head: 'GRANTED', width: 7, align: 'right', cut: 'end', text: row => grouped(row.counts.granted)},
	{head: 'UNUSED', width: 6, align: 'right', cut: 'end', text: row => grouped(row.counts.unused)},
	{head: 'DENIED', width: 6, align: 'right', cut: 'end', text: row => grouped(row.denied)},
];

const flagsOf = (row: PrincipalSummary) => row.flags.map(flag => shortFlags[flag]).join(' ');

/** Below this many columns the names need the room of the last two. */
const narrow = 80;

/** The column of flags is as wide as this list's flags are. */
function columnsOf(rows: readonly PrincipalSummary[], width: number): ReadonlyArray<Column<PrincipalSummary>> {
	if (width < narrow) {
		return columnsBeforeFlags.slice(0, -1);
	}

	const longest = Math.max('FLAGS'.length, ...rows.map(row => flagsOf(row).length));
	return [...columnsBeforeFlags, {head: 'FLAGS', width: Math.min(longest, widestFlags), align: 'left', cut: 'end', text: flagsOf}];
}

const widestFlags = 20;

const keyOf = (row: PrincipalSummary) => row.arn;
const prefixOf = (row: PrincipalSummary) => verdictPrefix[row.verdict];
const toneOf = (row: PrincipalSummary) => row.verdict;

/** The users or the roles of the account, and what is known of the selected one. */
export function PrincipalsView({state, layout}: {readonly state: PrincipalsState; readonly layout: Layout}): ReactNode {
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
				empty={<Line text={all.length === 0 ? `  This account has no ${state.tab} in the IAM snapshot; tab shows the others.` : '  No name matches the filter; esc clears it.'}/>}
			/>
			<Detail texts={selected ? principalTexts(selected) : []} layout={layout}/>
		</>
	);
}

function principalTexts(row: PrincipalSummary): readonly string[] {
	const created = row.created === null ? undefined : `created ${dayOf(row.created)}`;
	const flags = row.flags.map(flag => flagWords[flag]);
	const facts = [counted(row.events, 'event'), created, ...flags].filter(part => part !== undefined);
	return [row.arn, `${row.verdict}: ${row.reason}`, facts.join(' · ')];
}
