import {Text} from 'ink';
import type {ReactNode} from 'react';
import {theme, type Tone} from '../theme.js';

export type LineProps = {
	/** Made safe and cut to the width already. */
	readonly text: string;
	readonly tone?: Tone;
};

/** One row of the screen. An empty text keeps its row. */
export function Line({text, tone = 'plain'}: LineProps): ReactNode {
	return <Text {...theme[tone]} wrap='truncate-end'>{text === '' ? ' ' : text}</Text>;
}
