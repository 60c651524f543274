import type {Analysis} from '../../app/analysis.js';
import {sarifReport} from '../sarif.js';
import {csvReport} from './csv-report.js';
import {htmlReport} from './html-report.js';
import {jsonReport} from './json-report.js';
import type {ReportFormat} from './kinds.js';
import {markdownReport} from './markdown-report.js';

export type ReportOptions = {
	/** Whether the analysis took no assumption and no gap: the report says so. */
	readonly strict: boolean;
	/** The program's version. */
	readonly version: string;
};

/** The whole account in a format, in pieces to be written one after another: together they may be larger than a string can be. */
export function report(analysis: Analysis, format: ReportFormat, options: ReportOptions): Iterable<string> {
	switch (format) {
		case 'html': {
			return htmlReport(analysis, options);
		}

		case 'md': {
			return [markdownReport(analysis, options.strict)];
		}

		case 'json': {
			return jsonReport(analysis, options.strict);
		}

		case 'csv': {
			return csvReport(analysis);
		}

		case 'sarif': {
			return sarifReport(analysis, options);
		}
	}
}
