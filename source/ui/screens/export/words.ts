import {counted, grouped} from '../../words.js';
import type {ExportState} from './state.js';

/** "37 of 412 actions of alice": what is taken along. */
export function exportWords({shown}: ExportState): string {
	const what = shown.kind === 'actions' ? `${counted(shown.total, 'action')} of ${shown.principal.name}` : counted(shown.total, 'principal');
	return `${grouped(shown.rows.length)} of ${what}`;
}
