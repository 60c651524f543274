import type {ExportFormat, ScreenRows} from './export-rows.js';

/** A file name for an export, of letters that every file system takes: "prod-alice-actions.csv". */
export function exportFileName(screen: ScreenRows, format: ExportFormat): string {
	const {account} = screen.analysis;
	const words = [account.name ?? account.id, ...screen.kind === 'principals' ? [] : [screen.principal.name], screen.kind];
	const safe = words.map(word => word.replaceAll(/[^\w.+=@-]+/g, '-').replaceAll(/^[-.]+|-+$/g, '').slice(0, 80)).filter(word => word !== '');
	return `${safe.join('-')}.${format === 'text' ? 'txt' : format}`;
}
