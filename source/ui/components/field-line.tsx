import {Text} from 'ink';
import type {ReactNode} from 'react';
import {displayWidth, terminalText} from '../../lib/terminal-text.js';
import type {TextField} from '../text-field.js';

export type FieldLineProps = {
	readonly label: string;
	readonly field: TextField;
	/** Whether keys go into this field: then the caret is shown. */
	readonly isFocused: boolean;
	/** Shown quietly while nothing is typed. */
	readonly placeholder?: string;
	readonly width: number;
};

/** A text field on one line; of a text that is too long, the part around the caret is shown, "…" where something is left out. */
export function FieldLine({label, field, isFocused, placeholder = '', width}: FieldLineProps): ReactNode {
	const room = Math.max(1, width - displayWidth(label));
	const before = startCut(terminalText(field.text.slice(0, field.caret)), room - 1);
	const rest = terminalText(field.text.slice(field.caret));
	const after = endCut(rest, room - displayWidth(before));
	const [under = ' ', ...behind] = after;
	return (
		<Text wrap='truncate-end'>
			{label}
			{before}
			{isFocused ? <Text inverse>{under}</Text> : after}
			{isFocused ? behind.join('') : null}
			{field.text === '' && <Text dimColor>{placeholder}</Text>}
		</Text>
	);
}

function startCut(text: string, width: number): string {
	const characters = [...text];
	while (displayWidth(characters.join('')) > width) {
		characters.shift();
		characters[0] = '…';
	}

	return characters.join('');
}

function endCut(text: string, width: number): string {
	const characters = [...text];
	while (displayWidth(characters.join('')) > width) {
		characters.pop();
		characters[characters.length - 1] = '…';
	}

	return characters.join('');
}
