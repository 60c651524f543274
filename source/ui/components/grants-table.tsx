import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {Grant} from '../../domain/grants.js';
import {cutEnd, cutMiddle, terminalText} from '../../lib/terminal-text.js';
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

type Cells = Readonly<Record<'policy' | 'type' | 'via' | 'statement' | 'resources' | 'condition', string>>;

/** ink-table puts one space on both sides of every cell. */
const padding = 2;
/** Columns before the table, with its own padding as deep as the lines under a heading. */
const indent = 3;
const conditionWidth = 'CONDITION'.length;
const typeWidth = 'managed'.length;

/** The four columns that may be cut, from the widest text down: as wide as their texts where there is room, else the widest gives way first. */
function fittedWidths(rows: readonly Cells[], width: number): Readonly<Record<'policy' | 'via' | 'statement' | 'resources', number>> {
	const widest = (name: keyof Cells) => Math.max(name.length, ...rows.map(row => row[name].length));
	const widths = {policy: widest('policy'), via: widest('via'), statement: widest('statement'), resources: widest('resources')};
	const fixed = indent + typeWidth + conditionWidth + 6 * padding;
	for (let total = fixed + widths.policy + widths.via + widths.statement + widths.resources; total > width; total--) {
		const [first = 'policy'] = (['policy', 'via', 'statement', 'resources'] as const).toSorted((a, b) => widths[b] - widths[a]);
		widths[first] = Math.max(1, widths[first] - 1);
	}

	return widths;
}

export type GrantsTableProps = {
	readonly grants: readonly Grant[];
	readonly width: number;
	/** First drawn line of the table; line 0 are its heads. */
	readonly first: number;
	/** Lines that are drawn. */
	readonly height: number;
};

/** The statements that grant an action, a line each. */
export function GrantsTable({grants, width, first, height}: GrantsTableProps): ReactNode {
	const cells = grants.map(grant => cellsOf(grant));
	const widths = fittedWidths(cells, width);
	// ink-table always draws its heads: above rows further down they are clipped away.
	const start = Math.max(0, first - 1);
	const data = cells.slice(start, start + height).map(({policy, type, via, statement, resources, condition}) => ({
		POLICY: cutMiddle(policy, widths.policy).padEnd(widths.policy),
		TYPE: type.padEnd(typeWidth),
		VIA: cutMiddle(via, widths.via).padEnd(widths.via),
		STATEMENT: cutEnd(statement, widths.statement).padEnd(widths.statement),
		CONDITION: condition,
		RESOURCES: cutMiddle(resources, widths.resources),
	}));
	return (
		<Box height={height} marginLeft={indent} overflow='hidden' flexShrink={0}>
			<Box marginTop={first > 0 ? -1 : 0} flexShrink={0}><Table data={data} skeleton={noLines}/></Box>
		</Box>
	);
}

function cellsOf(grant: Grant): Cells {
	return {
		policy: plain(grant.policy),
		type: grant.policyType,
		via: grant.via.kind === 'group' ? plain(`group ${grant.via.name}`) : 'itself',
		statement: plain(`${grant.statement}${grant.sid === null ? '' : ` ${grant.sid}`}`),
		resources: plain(resourceWords(grant)),
		condition: grant.conditional ? 'yes' : 'no',
	};
}
