import {homedir} from 'node:os';
import path from 'node:path';
import {useEffect, type Dispatch} from 'react';
import {UserError} from '../../lib/errors.js';
import {writeNewFile} from '../../lib/write-new-file.js';
import type {AppEvent} from '../app-reducer.js';
import type {Exporter} from '../exporter.js';
import type {ExportState} from '../screens/export/state.js';
import {typedPath} from './use-new-account.js';

/** What the hook needs: the prompt (undefined while it is not on the screen), and where its answer goes. An error that is not the user's goes to `onBug`. */
export type ExportContext = {
	readonly prompt: ExportState | undefined;
	readonly exporter: Exporter;
	readonly dispatch: Dispatch<AppEvent>;
	readonly onBug: (error: unknown) => void;
};

/** Writes the file that the prompt asks for. */
export function useExport({prompt, exporter, dispatch, onBug}: ExportContext): void {
	const {request = null, what, format, field} = prompt ?? {};
	const typed = field?.text ?? '';
	useEffect(() => {
		if (request === null || !what || !format) {
			return;
		}

		const run = async () => {
			const file = path.resolve(typedPath(typed, homedir()));
			try {
				if (what.kind === 'rows') {
					await writeNewFile(file, await exporter.document(what.shown, format));
				} else {
					const {writeFiles} = await import('../../app/write-files.js');
					await writeFiles(file, what.plan.files, {overwrite: false});
				}

				dispatch({type: 'exported', request, file});
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'not-exported', request, error: error.hint === undefined ? error.message : `${error.message} · ${error.hint}`});
				} else {
					onBug(error);
				}
			}
		};

		void run();
	}, [request, what, format, typed, exporter, dispatch, onBug]);
}
