import {counted, grouped} from '../../words.js';
import type {ExportState} from './state.js';

/** "37 of 412 actions of alice", "4 files of policies for alice": what is taken along. */
export function exportWords({what}: ExportState): string {
	if (what.kind === 'plan') {
		return `${counted(what.plan.files.length, 'file')} of policies and commands for ${what.plan.name}`;
	}

	const {shown} = what;
	const whole = shown.kind === 'actions' ? `${counted(shown.total, 'action')} of ${shown.principal.name}` : counted(shown.total, 'principal');
	return `${grouped(shown.rows.length)} of ${whole}`;
}
