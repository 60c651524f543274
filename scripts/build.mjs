// Bundles source/cli.ts into dist/: a small entry, and chunks that are loaded when they are needed.
import {chmod, readdir, rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import {build} from 'esbuild';
import {inkTablePlugin} from './ink-table-plugin.mjs';
import {yogaPlugin} from './yoga-plugin.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const outdir = path.join(root, 'dist');

const {metafile} = await build({
	absWorkingDir: root,
	entryPoints: ['source/cli.ts'],
	outdir,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.19',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'linked',
	chunkNames: 'chunks/[name]-[hash]',
	external: ['@duckdb/*', '@aws-sdk/*', 'clipboardy'],
	// Ink asks for the devtools only when DEV=true, but imports them always.
	alias: {'react-devtools-core': path.join(root, 'scripts/devtools-stub.mjs')},
	define: {'process.env.NODE_ENV': '"production"'},
	// CommonJS parts of the bundle (commander, react) require node's own modules.
	banner: {js: 'import {createRequire as createRequireForBundle} from "node:module"; const require = createRequireForBundle(import.meta.url);'},
	plugins: [inkTablePlugin(), yogaPlugin()],
	logLevel: 'warning',
	metafile: true,
});

// Chunks of earlier builds go last: a program that runs meanwhile still finds its own.
const written = new Set(Object.keys(metafile.outputs).map(file => path.resolve(root, file)));
const present = await readdir(outdir, {recursive: true, withFileTypes: true});
const stale = present.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name)).filter(file => !written.has(file));
await Promise.all(stale.map(async file => rm(file, {force: true})));
await chmod(path.join(outdir, 'cli.js'), 0o755);
