import {createRequire, Module} from 'node:module';
import type {ComponentType, ReactNode} from 'react';
import * as ink from 'ink';

type Row = Readonly<Record<string, string>>;

/** The props of ink-table that are used here; its own types need a global JSX namespace, which React 19 no longer has. */
export type TableProps = {
	readonly data: readonly Row[];
	readonly columns?: readonly string[];
	readonly padding?: number;
	/** What draws the lines between cells and rows; null draws none. */
	readonly skeleton?: () => ReactNode;
};

const require = createRequire(import.meta.url);
const file = require.resolve('ink');

// ink-table is CommonJS and requires ink, which Node refuses because ink awaits at its top level: give it the ink that is loaded already.
if (!require.cache[file]) {
	const module = new Module(file);
	module.exports = ink;
	module.loaded = true;
	require.cache[file] = module;
}

function isTableModule(loaded: unknown): loaded is {readonly default: ComponentType<TableProps>} {
	return typeof loaded === 'object' && loaded !== null && 'default' in loaded && typeof loaded.default === 'function';
}

function loadTable(): ComponentType<TableProps> {
	const loaded: unknown = require('ink-table');
	if (!isTableModule(loaded)) {
		throw new TypeError('ink-table has no component as its default export');
	}

	return loaded.default;
}

/** ink-table's component. In the bundle scripts/ink-table-plugin.mjs puts a plain import in the place of this module. */
export const Table: ComponentType<TableProps> = loadTable();
