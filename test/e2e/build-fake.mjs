// Bundles the screens over made-up accounts (fake-program.ts) as the real program is bundled: node test/e2e/build-fake.mjs FOLDER
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {bundleOptions} from '../../scripts/bundle-options.mjs';

const [folder] = process.argv.slice(2);

await build({
	absWorkingDir: path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url)))),
	entryPoints: ['test/e2e/fake-program.ts'],
	outdir: path.resolve(folder),
	...bundleOptions,
	outExtension: {'.js': '.mjs'},
});
