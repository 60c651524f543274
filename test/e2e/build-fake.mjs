// Bundles the screens over made-up accounts (fake-program.ts) as scripts/build.mjs bundles the real program: node test/e2e/build-fake.mjs FOLDER
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {inkTablePlugin} from '../../scripts/ink-table-plugin.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const [folder] = process.argv.slice(2);

await build({
	absWorkingDir: root,
	entryPoints: ['test/e2e/fake-program.ts'],
	outdir: path.resolve(folder),
	outExtension: {'.js': '.mjs'},
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.19',
	minify: !process.env.NOMIN,
	keepNames: true,
	alias: {'react-devtools-core': path.join(root, 'scripts/devtools-stub.mjs')},
	// Nothing in the bundle fetches, but where there is a fetch, Ink's layout engine has it decode its own bytes: 30 ms before the first frame.
	define: {'process.env.NODE_ENV': '"production"', fetch: 'undefined'},
	banner: {js: 'import {createRequire as createRequireForBundle} from "node:module"; const require = createRequireForBundle(import.meta.url);'},
	plugins: [inkTablePlugin()],
	logLevel: 'warning',
});
