import {fileURLToPath} from 'node:url';
import {inkOutputPlugin} from './ink-output-plugin.mjs';
import {inkTablePlugin} from './ink-table-plugin.mjs';
import {widthPlugin} from './width-plugin.mjs';
import {yogaPlugin} from './yoga-plugin.mjs';

/** How everything that we bundle is bundled: the program, and what the tests start in its place. */
export const bundleOptions = {
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.19',
	// Left as they are written, V8 compiles them when they are first used; that of all emoji takes 10 ms.
	supported: {'regexp-set-notation': true, 'regexp-unicode-property-escapes': true},
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'linked',
	chunkNames: 'chunks/[name]-[hash]',
	external: ['@duckdb/*', '@aws-sdk/*', '@smithy/*', '@opensearch-project/*', 'clipboardy'],
	// Ink asks for the devtools only when DEV=true, but imports them always.
	alias: {'react-devtools-core': fileURLToPath(new URL('devtools-stub.mjs', import.meta.url))},
	define: {'process.env.NODE_ENV': '"production"'},
	// CommonJS parts of the bundle (commander, react) require node's own modules.
	banner: {js: 'import {createRequire as createRequireForBundle} from "node:module"; const require = createRequireForBundle(import.meta.url);'},
	plugins: [inkOutputPlugin(), inkTablePlugin(), widthPlugin(), yogaPlugin()],
	logLevel: 'warning',
};
