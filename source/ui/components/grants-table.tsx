import type {ReactNode} from 'react';
import type {Grant} from '../../domain/grants.js';
import {cutEnd, cutMiddle, terminalText} from '../../lib/terminal-text.js';
import type {ListState} from '../list-state.js';
import {Table} from './ink-table.js';

const noLines = () => null;

/** ink-table measures by code units: a letter that is wider or narrower than one column would move the cells behind it. */
function cell(text: string, width: number, cut: (text: string, width: number) => string): string {
	return cut(terminalText(text).replaceAll(/[^\u0020-\u007E]/gu, '?'), width);
}

/** "arn:aws:s3:::logs and 3 more", "all but arn:…" for NotResource. */
function resourceWords({resources, notResources}: Grant): string {
	const list = resources ?? notResources ?? [];
	const [first = '(none)', ...others] = list;
	return `${resources ? '' : 'all but '}${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

/** The statements that grant an action, as many as `height` has rows for; the selected one is marked. */
export function GrantsTable({grants, width, height}: {readonly grants: ListState<Grant>; readonly width: number; readonly height: number}): ReactNode {
	const shown = grants.rows.slice(grants.offset, grants.offset + height);
	const spare = Math.max(0, width - 80);
	const policy = 20 + Math.floor(spare / 2);
	const resource = 9 + Math.ceil(spare / 2);
	const data = shown.map((grant, index) => ({
		' ': grants.offset + index === grants.cursor ? '>' : ' ',

		POLICY: cell(grant.policy, policy, cutMiddle),
		TYPE: grant.policyType,
		VIA: cell(`${grant.via.kind} ${grant.via.name}`, 12, cutMiddle),
		STATEMENT: cell(`${grant.statement}${grant.sid === null ? '' : ` ${grant.sid}`}`, 12, cutEnd),
		IF: grant.conditional ? 'yes' : 'no',
		RESOURCES: cell(resourceWords(grant), resource, cutMiddle),
	}));
	return <Table data={data} skeleton={noLines}/>;
}
