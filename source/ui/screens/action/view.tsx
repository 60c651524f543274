import type {ReactNode} from 'react';
import type {ActionRow} from '../../../app/analysis.js';
import type {Grant} from '../../../domain/grants.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import {cutEnd, cutMiddle} from '../../../lib/terminal-text.js';
import {GrantsTable} from '../../components/grants-table.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {counted, minuteOf, verdictWords} from '../../words.js';
import {evidenceRows, type ActionState} from './state.js';

/** Why an action has its verdict, and the statements that grant it. */
export function ActionView({state, layout}: {readonly state: ActionState; readonly layout: Layout}): ReactNode {
	const {row, grants} = state;
	const {columns} = layout;
	const {isFull, grantRows} = evidenceRows(layout.body);
	const selected = selectedOf(grants);
	const blocks = blockWords(row);
	return (
		<>
			<Line tone={row.verdict} text={cutEnd(`  ${verdictPrefix[row.verdict]}${row.action}${row.accessLevel === null ? '' : ` · ${row.accessLevel}`}`, columns)}/>
			<Line text={cutEnd(`    ${verdictWords[row.verdict]}`, columns)}/>
			<Line text={cutEnd(`    why: ${row.reason}`, columns)}/>
			<Line text={cutEnd(`    seen: ${countWords(row)}`, columns)}/>
			{row.events.length > 0 && <Line text={cutEnd(`    as: ${row.events.join(', ')}`, columns)}/>}
			{blocks !== '' && <Line text={cutEnd(`    but: ${blocks}`, columns)}/>}
			{isFull ? <Line text=''/> : null}
			<Line tone='quiet' text={grants.rows.length === 0 ? '  Granted by no policy.' : `  Granted by ${counted(grants.rows.length, 'statement')}:`}/>
			{grants.rows.length > 0 && <GrantsTable grants={grants} width={columns} height={grantRows}/>}
			{isFull && selected ? <GrantInFull grant={selected} columns={columns}/> : null}
		</>
	);
}

function GrantInFull({grant, columns}: {readonly grant: Grant; readonly columns: number}): ReactNode {
	const {policy, policyType, policyArn, via, statement, sid, conditional, resources, notResources} = grant;
	const list = resources ?? notResources ?? [];
	const label = resources ? 'on' : 'on all but';
	return (
		<>
			<Line text=''/>
			<Line text={cutMiddle(`  > ${policyArn ?? `${policyType} policy ${policy}`}, ${via.kind === 'group' ? 'through' : 'of'} ${via.kind} ${via.name}`, columns)}/>
			<Line text={cutEnd(`    statement ${statement}${sid === null ? '' : ` "${sid}"`}, ${conditional ? 'only under a condition' : 'without a condition'}`, columns)}/>
			<Line text={cutMiddle(`    ${label} ${list.join(', ')}`, columns)}/>
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
