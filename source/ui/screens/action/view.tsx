import type {ReactNode} from 'react';
import type {ActionRow} from '../../../app/analysis.js';
import type {Grant} from '../../../domain/grants.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import {cutEnd} from '../../../lib/terminal-text.js';
import {GrantsTable} from '../../components/grants-table.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {counted, minuteOf, verdictWords} from '../../words.js';
import {fitText} from '../../wrap.js';
import {evidenceRows, type ActionState} from './state.js';

const indent = '    ';

/** Why an action has its verdict, and the statements that grant it. */
export function ActionView({state, layout}: {readonly state: ActionState; readonly layout: Layout}): ReactNode {
	const {row, grants} = state;
	const {columns} = layout;
	const rows = evidenceRows(layout.body);
	const {isFull} = rows;
	const selected = selectedOf(grants);
	const blocks = blockWords(row);
	const facts = [
		...(isFull ? [verdictWords[row.verdict]] : []),
		...fitText([`why: ${row.reason}`], columns - indent.length, isFull ? 2 : 1),
		`seen: ${countWords(row)}`,
		...(isFull && row.events.length > 0 ? [`as: ${row.events.join(', ')}`] : []),
		...(blocks === '' ? [] : [`but: ${blocks}`]),
	];
	return (
		<>
			<Line tone={row.verdict} text={cutEnd(`  ${verdictPrefix[row.verdict]}${row.action}${row.accessLevel === null ? '' : ` · ${row.accessLevel}`}`, columns)}/>
			{facts.map(text => <Line key={text} text={cutEnd(indent + text, columns)}/>)}
			{isFull ? <Line text=''/> : null}
			<Line tone='quiet' text={grants.rows.length === 0 ? '  Granted by no policy.' : `  Granted by ${counted(grants.rows.length, 'statement')}:`}/>
			{grants.rows.length > 0 && <GrantsTable grants={grants} width={columns} height={rows.grants}/>}
			{isFull && selected ? <GrantInFull grant={selected} columns={columns} rows={rows.selected}/> : null}
		</>
	);
}

type GrantInFullProps = {readonly grant: Grant; readonly columns: number; readonly rows: number};

function GrantInFull({grant, columns, rows}: GrantInFullProps): ReactNode {
	const {policy, policyType, policyArn, via, statement, sid, conditional, resources, notResources} = grant;
	const lines = fitText([
		`${policyArn ?? `${policyType} policy ${policy}`}${via.kind === 'group' ? `, through group ${via.name}` : ''}`,
		`statement ${statement}${sid === null ? '' : ` "${sid}"`}, ${conditional ? 'only under a condition' : 'without a condition'}`,
		`${resources ? 'on' : 'on all but'} ${(resources ?? notResources ?? []).join(', ')}`,
	], columns - indent.length, rows);
	return (
		<>
			<Line text=''/>
			{lines.map((line, index) => <Line key={line} text={`${index === 0 ? '  > ' : indent}${line}`}/>)}
		</>
	);
}

function countWords({count, failed, denied, firstUsed, lastUsed}: ActionRow): string {
	const parts = [
		count === 0 ? 'no use' : counted(count, 'event'),
		failed > 0 && `${counted(failed, 'of them failed', 'of them failed')} after authorization`,
		denied > 0 && `denied ${counted(denied, 'time')}`,
		firstUsed !== null && `first ${minuteOf(firstUsed)}`,
		lastUsed !== null && `last ${minuteOf(lastUsed)}`,
	];
	return parts.filter(Boolean).join(' · ');
}

function blockWords({deniedInPart, blockedBy}: ActionRow): string {
	return [deniedInPart && 'a Deny takes a part of it away', blockedBy.length > 0 && `blocked by ${blockedBy.join(', ')}`].filter(Boolean).join(' · ');
}
