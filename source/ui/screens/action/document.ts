import {blockLines, logLines} from '../../../domain/evidence.js';
import type {Grant} from '../../../domain/grants.js';
import {verdictPrefix} from '../../../domain/verdict.js';
import type {Tone} from '../../theme.js';
import {counted, usageWords, verdictWords} from '../../words.js';
import {wrapIndented} from '../../wrap.js';
import type {ActionState, Findings} from './state.js';

/** A row of the evidence: text that is made safe and fits, or a line of the table of statements (0: its heads). */
export type DocumentRow
	= | {readonly kind: 'text'; readonly text: string; readonly tone: Tone}
		| {readonly kind: 'table'; readonly line: number};

/** The statements that the table shows: those that the evidence names once it is there, with the ones that something blocks. */
export function grantsIn({findings, grants}: Pick<ActionState, 'findings' | 'grants'>): readonly Grant[] {
	return findings.status === 'found' ? findings.evidence.grantedBy : grants;
}

const empty: DocumentRow = {kind: 'text', text: '', tone: 'plain'};

/** Lines below a heading, which stand two columns further in. */
const inner = (lines: readonly string[]) => lines.map(line => `  ${line}`);

/** All that the verdict on an action rests on, in as many rows as it takes at a width; what the log says is there once it was found. */
export function actionDocument(state: ActionState, columns: number): readonly DocumentRow[] {
	const {row} = state;
	const grants = grantsIn(state);
	const text = (lines: readonly string[], tone: Tone = 'plain'): readonly DocumentRow[] =>
		lines.flatMap(line => wrapIndented(line, columns)).map(line => ({kind: 'text', text: line, tone}));
	return [
		...text([`  ${verdictPrefix[row.verdict]}${row.action}${row.accessLevel === null ? '' : ` · ${row.accessLevel}`}`], row.verdict),
		...row.risk === null ? [] : text([`    known for ${row.risk.kind}: ${row.risk.note} (${row.risk.source})`], 'warning'),
		...text(inner([`  ${verdictWords[row.verdict]}`, `why: ${row.reason}`, `use: ${usageWords(row)}`, ...blockLines(row)])),
		...text(inner([grants.length === 0 ? 'granted by no policy' : `granted by ${counted(grants.length, 'statement')}:`])),
		...grants.length === 0 ? [] : [undefined, ...grants].map((_, line): DocumentRow => ({kind: 'table', line})),
		empty,
		...findingRows(state.findings, text),
		...grants.length === 0 ? [] : [empty, ...text(inner([grants.length === 1 ? 'the statement in full:' : 'the statements in full:', ...grants.flatMap(grant => inner(wholeGrant(grant)))]))],
	];
}

function findingRows(findings: Findings, text: (lines: readonly string[], tone?: Tone) => readonly DocumentRow[]): readonly DocumentRow[] {
	switch (findings.status) {
		case 'looking': {
			return text(['  looking in the log…'], 'quiet');
		}

		case 'found': {
			return text(inner(logLines(findings.evidence)));
		}

		case 'failed': {
			return [
				...text([`  ! ${findings.message}`], 'error'),
				...text([...findings.hint === null ? [] : [`  ${findings.hint}`], '  what the log says of it is missing here']),
			];
		}
	}
}

/** A statement with every resource, however many. */
function wholeGrant({policy, policyType, policyArn, via, statement, sid, conditional, resources, notResources}: Grant): readonly string[] {
	return [
		`${policyArn ?? `${policyType} policy ${policy}`}${via.kind === 'group' ? `, through group ${via.name}` : ''}`,
		`  statement ${statement}${sid === null ? '' : ` "${sid}"`}, ${conditional ? 'only under a condition' : 'without a condition'}`,
		`  ${resources ? 'on' : 'on all but'} ${(resources ?? notResources ?? []).join(', ')}`,
	];
}
