// Writes docs/keybindings.md from the table of keys: node scripts/keybindings.mjs; with --check it only says whether the file is current, by its exit code.
import {readFile, writeFile} from 'node:fs/promises';
import {Buffer} from 'node:buffer';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const file = path.join(root, 'docs', 'keybindings.md');

/** A module of the program, bundled in memory. */
async function load(entry) {
	const {outputFiles: [output]} = await build({absWorkingDir: root, entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', write: false});
	return import(`data:text/javascript;base64,${Buffer.from(output.contents).toString('base64')}`);
}

const {keybindingsPage} = await load('source/ui/keybindings-page.ts');
const wanted = keybindingsPage();
if (process.argv.includes('--check')) {
	const found = await readFile(file, 'utf8').catch(() => '');
	if (found !== wanted) {
		console.error('docs/keybindings.md is not what the table of keys says: node scripts/keybindings.mjs');
		process.exit(1);
	}
} else {
	await writeFile(file, wanted);
}
