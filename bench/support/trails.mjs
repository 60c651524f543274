import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const generator = path.join(root, '../shared/generate/gen_trail.mjs');

/** Where generated trails lie; git does not see bench/data. */
const dataFolder = process.env.BENCH_DATA ?? path.join(root, 'bench/data');

/** Trails by name, with the generator's options. */
const trails = {
	'900k': ['--records', '900000', '--days', '31', '--interval', '15', '--regions', 'us-east-1:1'],
	'1m': ['--records', '1000000', '--days', '31', '--interval', '15', '--regions', 'us-east-1:1'],
	'30k-files': ['--records', '1000000', '--days', '31', '--interval', '5'],
	'1m-principals': ['--records', '1000000', '--days', '31', '--interval', '15', '--principals', '1000', '--regions', 'us-east-1:1'],
	'10m': ['--records', '10000000', '--days', '341', '--interval', '15', '--regions', 'us-east-1:1'],
};

/** The folder of a generated trail, made on first use (minutes, once); undefined where the generator is absent. */
export function trailFolder(name) {
	const folder = path.join(dataFolder, name);
	if (!existsSync(path.join(folder, 'oracle.json'))) {
		if (!existsSync(generator)) {
			return undefined;
		}

		console.error(`generating ${folder} ...`);
		const {status} = spawnSync(process.execPath, [generator, ...trails[name], '--no-digests', '--no-insights', '--out', folder], {stdio: ['ignore', 'ignore', 'inherit']});
		if (status !== 0) {
			throw new Error(`the generator failed (${status})`);
		}
	}

	return folder;
}
