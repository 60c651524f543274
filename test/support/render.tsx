import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import type {Size} from '../../source/ui/layout.js';

/** A program that is drawn, in debug mode: every frame is written whole. */
export type Rendered = {
	/** The last frame, without colours. */
	readonly text: () => string;
	/** Sends one chunk of keys. */
	readonly type: (keys: string) => void;
	readonly resize: (size: Size) => void;
	/** Waits until the frame is as asked; throws with the frame when it does not come. */
	readonly until: (what: string, isSo: (text: string) => boolean) => Promise<void>;
	readonly shows: (text: string) => Promise<void>;
	readonly hides: (text: string) => Promise<void>;
	readonly unmount: () => void;
};

const patience = 5000;

/** Draws an element on a screen of a size: ink-testing-library's own has 100 columns and no rows. */
export function renderSized(element: ReactElement, size: Size): Rendered {
	const {stdout, stdin, lastFrame, unmount} = render(element);
	const resize = ({columns, rows}: Size) => {
		Object.defineProperties(stdout, {columns: {value: columns, configurable: true}, rows: {value: rows, configurable: true}});
		stdout.emit('resize');
	};

	resize(size);
	const text = () => stripVTControlCharacters(lastFrame() ?? '');
	const until = async (what: string, isSo: (frame: string) => boolean) => {
		const end = Date.now() + patience;
		const look = async (): Promise<void> => {
			if (isSo(text())) {
				return;
			}

			if (Date.now() > end) {
				throw new Error(`waited in vain for: ${what}\n${text()}`);
			}

			await new Promise(resolve => {
				setImmediate(resolve);
			});
			return look();
		};

		return look();
	};

	return {
		text,
		type(keys) {
			stdin.write(keys);
		},
		resize,
		until,
		shows: async wanted => until(`"${wanted}"`, frame => frame.includes(wanted)),
		hides: async unwanted => until(`no "${unwanted}"`, frame => !frame.includes(unwanted)),
		unmount,
	};
}
