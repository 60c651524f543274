// Bundles source/cli.ts into dist/: a small entry, and chunks that are loaded when they are needed.
import {chmod, readdir, rm} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import {build} from 'esbuild';
import {bundleOptions} from './bundle-options.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const outdir = path.join(root, 'dist');

const {metafile} = await build({
	absWorkingDir: root,
	entryPoints: ['source/cli.ts'],
	outdir,
	...bundleOptions,
	metafile: true,
});

// Chunks of earlier builds go last: a program that runs meanwhile still finds its own.
const written = new Set(Object.keys(metafile.outputs).map(file => path.resolve(root, file)));
const present = await readdir(outdir, {recursive: true, withFileTypes: true});
const stale = present.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name)).filter(file => !written.has(file));
await Promise.all(stale.map(async file => rm(file, {force: true})));
await chmod(path.join(outdir, 'cli.js'), 0o755);
