import type {ReactNode} from 'react';
import type {Grant} from '../../domain/grants.js';
import {cutEnd, cutMiddle, terminalText} from '../../lib/terminal-text.js';
import type {ListState} from '../list-state.js';
import {Table} from './ink-table.js';

const noLines = () => null;

/** ink-table measures by code units: a letter that is wider or narrower than one column would move the cells behind it. */
function plain(text: string): string {
	return terminalText(text).replaceAll(/[^\u0020-\u007E]/gu, '?');
}

/** "arn:aws:s3:::logs and 3 more", "all but arn:…" for NotResource. */
function resourceWords({resources, notResources}: Grant): string {
	const list = resources ?? notResources ?? [];
	const [first = '(none)', ...others] = list;
	return `${resources ? '' : 'all but '}${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

type Cells = {readonly policy: string; readonly type: string; readonly via: string; readonly statement: string; readonly resources: string};

/** ink-table puts one space on both sides of every cell. */
const padding = 2;
const markWidth = 1;
const conditionWidth = 'CONDITION'.length;
const typeWidth = 'managed'.length;

/** The four columns that may be cut, from the widest text down: as wide as their texts where there is room, else the widest gives way first. */
function fittedWidths(rows: readonly Cells[], width: number): Readonly<Record<'policy' | 'via' | 'statement' | 'resources', number>> {
	const widest = (name: keyof Cells) => Math.max(name.length, ...rows.map(row => row[name].length));
	const widths = {policy: widest('policy'), via: widest('via'), statement: widest('statement'), resources: widest('resources')};
	const fixed = markWidth + typeWidth + conditionWidth + 7 * padding;
	for (let total = fixed + widths.policy + widths.via + widths.statement + widths.resources; total > width; total--) {
		const [first = 'policy'] = (['policy', 'via', 'statement', 'resources'] as const).toSorted((a, b) => widths[b] - widths[a]);
		widths[first] = Math.max(1, widths[first] - 1);
	}

	return widths;
}

/** The statements that grant an action, as many as `height` has rows for; the selected one is marked. */
export function GrantsTable({grants, width, height}: {readonly grants: ListState<Grant>; readonly width: number; readonly height: number}): ReactNode {
	const shown = grants.rows.slice(grants.offset, grants.offset + height);
	const cells = shown.map(grant => ({
		policy: plain(grant.policy),
		type: grant.policyType,
		via: grant.via.kind === 'group' ? plain(`group ${grant.via.name}`) : 'itself',
		statement: plain(`${grant.statement}${grant.sid === null ? '' : ` ${grant.sid}`}`),
		resources: plain(resourceWords(grant)),
		condition: grant.conditional ? 'yes' : 'no',
	}));
	const widths = fittedWidths(cells, width);
	const data = cells.map(({policy, type, via, statement, resources, condition}, index) => Object.fromEntries([
		[' ', grants.offset + index === grants.cursor ? '>' : ' '],
		['POLICY', cutMiddle(policy, widths.policy)],
		['TYPE', type],
		['VIA', cutMiddle(via, widths.via)],
		['STATEMENT', cutEnd(statement, widths.statement)],
		['CONDITION', condition],
		['RESOURCES', cutMiddle(resources, widths.resources)],
	]));
	return <Table data={data} skeleton={noLines}/>;
}
