import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {openWorkspace} from '../../source/app/open-workspace.js';
import {parseArguments} from '../../source/args.js';
import {printAnswer} from '../../source/cli/printed.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeSmallAccount} from './small-account.js';

type Asked = Parameters<typeof printAnswer>[1];

async function ask(trail: string, question: Asked['question']): Promise<number> {
	const home = await temporaryFolder();
	const {iam} = await writeSmallAccount(home);
	const workspace = await openWorkspace({
		selection: {account: undefined, iam, trail, config: undefined, demo: false, profile: undefined}, strict: false, configFolder: path.join(home, 'config'), cacheFolder: path.join(home, 'cache'),
		trailConfig: undefined, scps: [], credentialReport: undefined, refresh: false, lastAccessed: undefined, limits: {yes: false, maxBytes: null, skipSetup: false}, demoDay: '2024-03-03T00:00:00Z',
	});
	const request = parseArguments(['--iam', iam, '--trail', trail, '--quiet', '--list', 'users', '--start', '2024-03-01', '--end', '2024-03-03'], new Date('2024-03-04T00:00:00Z'));
	if (request.kind !== 'account') {
		throw new TypeError('the command line asks for no account');
	}

	try {
		return await printAnswer(workspace, {...request, question}, new AbortController().signal);
	} finally {
		await workspace.close();
	}
}

// Nothing listens there: whoever reads the account first fails with that.
const server = 'http://127.0.0.1:1/cloudtrail';

describe('who was behind a role, where the trail cannot tell it, is refused before anything is read', () => {
	test.each<[what: string, question: Asked['question']]>([
		['--trust', {kind: 'trust', principal: 'role', name: 'admin'}],
		['--destrole', {kind: 'destination', principal: 'user', name: 'alice', destination: {role: 'admin', account: undefined}}],
		['--destrole of the account that is named', {kind: 'destination', principal: 'user', name: 'alice', destination: {role: 'admin', account: '012345678901'}}],
	])('%s', async (_, question) => {
		await expect(ask('last-accessed', question)).rejects.toMatchObject({message: 'IAM\'s last accessed data does not say who was behind a role', exitCode: 2});
	});

	test('another question is asked', async () => {
		await expect(ask(server, {kind: 'principal', principal: 'user', name: 'alice'})).rejects.toThrow(/nothing listens there/);
	});
});
