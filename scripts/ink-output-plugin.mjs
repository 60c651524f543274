import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

const declaration = 'export default class Output {';
const fastOutput = fileURLToPath(new URL('../source/ui/fast-output.ts', import.meta.url));

/** What stands behind Ink's class: one that only lays on a grid what has to be. */
const faster = `
export default class extends Output {
	get() {
		const output = putTogether(this, pieces => {
			const row = new Output({width: this.width, height: 1});
			for (const {x, line} of pieces) {
				row.write(x, 0, line, {transformers: []});
			}

			return row.get().output;
		});
		return output === undefined ? super.get() : {output, height: this.height};
	}
}
`;

/** An esbuild plugin: Ink in the bundle puts its frames together by source/ui/fast-output.ts. That halves the time from a key to its frame. */
export function inkOutputPlugin() {
	return {
		name: 'ink-fast-output',
		setup(build) {
			build.onLoad({filter: /[\\/]ink[\\/]build[\\/]output\.js$/}, async ({path}) => {
				const code = await readFile(path, 'utf8');
				if (!code.includes(declaration)) {
					throw new Error(`${path} no longer declares its class as it did: see whether this plugin still fits`);
				}

				return {
					contents: `import {putTogether} from ${JSON.stringify(fastOutput)};\n${code.replace(declaration, 'class Output {')}\n${faster}`,
					loader: 'js',
				};
			});
		},
	};
}
