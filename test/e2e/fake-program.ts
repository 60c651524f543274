import process from 'node:process';
import {runTui} from '../../source/ui/run.js';
import {UserError} from '../../source/lib/errors.js';
import {endlessAnalysis, fakeAnalysis, fakeExporter, fakePrincipal, fakeRow, fakeWorkspace, prodChoice, smallAccount, type FakeAccount} from '../support/fake-workspace.js';

const [scene = 'small'] = process.argv.slice(2);
const verdicts = ['unused', 'unknown', 'used', 'unused'] as const;

/** One principal with very many actions. */
function largeAccount(): FakeAccount {
	const rows = Array.from({length: 22_000}, (_, index) => (
		fakeRow(`service${String(Math.floor(index / 50)).padStart(3, '0')}:DescribeSomeThingNumber${String(index).padStart(5, '0')}`, verdicts[index % 4] ?? 'used')
	));
	return [{summary: fakePrincipal('admin', 'role', rows, {flags: ['admin']}), rows}];
}

const workspace = fakeWorkspace({
	async analyze(_choice, window, task) {
		switch (scene) {
			case 'endless': {
				return endlessAnalysis(task);
			}

			case 'bug': {
				throw new TypeError('a bug of ours');
			}

			case 'rejected': {
				// eslint-disable-next-line @typescript-eslint/no-floating-promises
				Promise.reject(new TypeError('a promise that nobody waits for'));
				return endlessAnalysis(task);
			}

			case 'evil': {
				return fakeAnalysis([{summary: fakePrincipal('ev\u001B[2Jil', 'user', []), rows: []}], window);
			}

			case 'failing': {
				throw new UserError('cannot read /data/iam.json', {hint: 'make one with: aws iam get-account-authorization-details > /data/iam.json'});
			}

			case 'broken': {
				return {
					...fakeAnalysis(smallAccount, window),
					principal() {
						throw new TypeError('a bug behind a key');
					},
				};
			}

			default: {
				return fakeAnalysis(scene === 'large' ? largeAccount() : smallAccount, window);
			}
		}
	},
});

try {
	const {code, stopped} = await runTui({
		workspace,
		keys: {},
		exporter: fakeExporter,
		account: scene === 'pick' ? undefined : prodChoice,
		window: undefined,
		end: '2026-11-24T00:00:00Z',
		showUsed: false,
		ignoreBenign: false,
		ignoreUnknown: false,
		color: process.env.NO_COLOR === undefined,
		alternateScreen: true,
	});
	process.exitCode = code;
	if (stopped !== null) {
		console.error(`stopped: ${stopped}`);
	}
} catch (error) {
	// Node itself would print the whole line of the bundle before the message.
	console.error(error);
	process.exitCode = 1;
}
