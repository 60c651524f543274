import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

const oneColumn = fileURLToPath(new URL('../source/lib/one-column.ts', import.meta.url));

const made = /const (\w+) = (new Intl\.Segmenter\([^)]*\));/;
const plain = String.raw`if (/^[\u0020-\u007E]*$/.test(string)) {`;

/**
An esbuild plugin: libraries that take texts apart make their Intl.Segmenter when a text needs one, not when they are loaded: the first of a process
costs 10 ms. And string-width counts what stands in one column as it counts ASCII, so that most frames need none.
*/
export function widthPlugin() {
	return {
		name: 'lazy-segmenters',
		setup(build) {
			build.onLoad({filter: /node_modules[\\/](?:string-width[\\/]index|slice-ansi[\\/][\w-]+|@alcalzone[\\/]ansi-tokenize[\\/]build[\\/]tokenize)\.js$/}, async ({path}) => {
				const code = await readFile(path, 'utf8');
				// wrap-ansi brings along an older copy without a short way for ASCII.
				const isOurs = /node_modules[\\/]string-width[\\/]/.test(path) && !/wrap-ansi/.test(path);
				if ((code.includes('Intl.Segmenter') && !made.test(code)) || (isOurs && !code.includes(plain))) {
					throw new Error(`${path} is not what it was: see whether this plugin still fits`);
				}

				const lazy = code.replace(made, 'let made$1;\nconst $1 = {segment: text => (made$1 ??= $2).segment(text)};');
				const contents = isOurs ? `import {inOneColumn} from ${JSON.stringify(oneColumn)};\n${lazy.replace(plain, 'if (inOneColumn.test(string) && ambiguousIsNarrow) {')}` : lazy;
				return {contents, loader: 'js'};
			});
		},
	};
}
