import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import {blockLines, grantWords} from '../../../domain/evidence.js';
import {verdictPrefix, type Verdict} from '../../../domain/verdict.js';
import type {PaneText} from '../../components/pane.js';
import {counted, minuteOf, usageWords, verdictWords} from '../../words.js';
import {isGroup, type PrincipalItem, type ServiceGroup} from './groups.js';

const lines = (texts: readonly string[]): readonly PaneText[] => texts.map(text => ({text}));

/** What is known of a line of the list, from memory: grants, blocks, events seen, reason. The log itself is asked when the action is opened. */
export function evidenceTexts(item: PrincipalItem, detail: PrincipalDetail, rows: number): readonly PaneText[] {
	return isGroup(item) ? groupTexts(item) : actionTexts(item, detail, rows);
}

function actionTexts(row: ActionRow, detail: PrincipalDetail, rows: number): readonly PaneText[] {
	const grants = detail.grantedBy(row);
	return [
		{text: `${verdictPrefix[row.verdict].trimStart()}${row.action}${row.accessLevel === null ? '' : ` · ${row.accessLevel}`}`, tone: row.verdict},
		...row.risk === null ? [] : [{text: `${row.risk.kind}: ${row.risk.note}`, tone: 'warning' as const}],
		...lines([verdictWords[row.verdict], `why: ${row.reason}`, `use: ${usageWords(row)}`, ...blockLines(row)]),
		...lines(grants.length === 0
			? ['granted by no policy']
			// What has no room is not even put into words: an action may have hundreds of statements.
			: [`granted by ${counted(grants.length, 'statement')}:`, ...grants.slice(0, rows).map(grant => `  ${grantWords(grant)}`)]),
		...lines(row.events.length === 0 ? ['events seen: none'] : ['events seen:', ...row.events.slice(0, rows).map(event => `  ${event}`)]),
	];
}

const groupVerdicts: readonly Verdict[] = ['unused', 'unknown', 'used', 'ungranted'];

function groupTexts({service, rows, counts, dangerous, count, denied, lastUsed}: ServiceGroup): readonly PaneText[] {
	const facts = [counted(count, 'event'), denied > 0 && `denied ${counted(denied, 'time')}`, lastUsed !== null && `last ${minuteOf(lastUsed)}`];
	return [
		{text: `${service} · ${counted(rows.length, 'action')}`, tone: 'head'},
		...groupVerdicts.filter(verdict => counts[verdict] > 0).map(verdict => ({
			text: `${verdictPrefix[verdict]}${counts[verdict]} ${verdictWords[verdict]}`, tone: verdict,
		})),
		...dangerous === 0 ? [] : [{text: `${counted(dangerous, 'unused action is', 'unused actions are')} known for a step of an attack`, tone: 'warning' as const}],
		{text: facts.filter(Boolean).join(' · ')},
	];
}
