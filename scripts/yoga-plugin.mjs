import {readFile} from 'node:fs/promises';

const asksForFetch = '"function"!=typeof fetch';

/**
An esbuild plugin: yoga's layout engine carries its WebAssembly as base64 and reads it through fetch() of a data URL where there is one.
In Node that loads a whole HTTP client before the first frame (about 30 ms); without fetch, yoga decodes the text itself.
*/
export function yogaPlugin() {
	return {
		name: 'yoga-without-fetch',
		setup(build) {
			build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => {
				const contents = await readFile(path, 'utf8');
				if (!contents.includes(asksForFetch)) {
					throw new Error(`${path} no longer asks for fetch: see whether this plugin is still needed`);
				}

				return {contents: contents.replaceAll(asksForFetch, 'true'), loader: 'js'};
			});
		},
	};
}
