import {readFile} from 'node:fs/promises';

/**
esbuild plugin: ink-table is CommonJS and requires ink, which cannot be required because it awaits at its top level. In the bundle, ink-table reads the
ink that source/ui/components/ink-table.ts has imported, instead of requiring it.
*/
export function inkTablePlugin() {
	return {
		name: 'ink-table',
		setup(build) {
			build.onLoad({filter: /[\\/]source[\\/]ui[\\/]components[\\/]ink-table\.ts$/}, ({path}) => ({
				contents: [
					'import * as ink from "ink";',
					'globalThis[Symbol.for("cloudtracker-tui.ink")] = ink;',
					'const {default: loaded} = await import("ink-table");',
					'export const Table = loaded.default ?? loaded;',
				].join('\n'),
				loader: 'js',
				resolveDir: path.replace(/[\\/][^\\/]+$/, ''),
			}));
			build.onLoad({filter: /[\\/]node_modules[\\/]ink-table[\\/]dist[\\/]index\.js$/}, async ({path}) => {
				const code = await readFile(path, 'utf8');
				return {contents: code.replace('require("ink")', 'globalThis[Symbol.for("cloudtracker-tui.ink")]'), loader: 'js'};
			});
		},
	};
}
