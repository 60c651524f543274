import type {TextProps} from 'ink';
import type {Verdict} from '../domain/verdict.js';

/** What a line is about; words and prefixes say it first, the colour second. */
export type Tone = Verdict | 'plain' | 'head' | 'quiet' | 'warning' | 'error' | 'good';

/** Only the 16 ANSI colours, which the user's terminal theme makes legible; no painted background. */
export const theme: Readonly<Record<Tone, Pick<TextProps, 'color' | 'bold' | 'dimColor'>>> = {
	used: {},
	unused: {color: 'red'},
	unknown: {color: 'yellow'},
	ungranted: {color: 'magenta'},
	plain: {},
	head: {bold: true},
	quiet: {dimColor: true},
	warning: {color: 'yellow', bold: true},
	error: {color: 'red', bold: true},
	good: {color: 'green'},
};
