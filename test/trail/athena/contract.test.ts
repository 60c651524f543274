import {readdir} from 'node:fs/promises';
import path from 'node:path';
import type {SourceFactory} from '../../contract/harness.js';
import {describeOracle} from '../../contract/oracle.js';
import {describeSessions} from '../../contract/sessions.js';
import {describeUsageSource} from '../../contract/usage-source.js';
import type {UsageSource} from '../../../source/trail/usage-source.js';
import {serveTrail} from '../../servers/athena/athena-source.js';

type Served = Awaited<ReturnType<typeof serveTrail>>;

function closing({source, close}: Served): UsageSource {
	return {
		usage: async (window, task) => source.usage(window, task),
		samples: async (window, events, task) => source.samples(window, events, task),
		calls: async (window, events, task) => source.calls(window, events, task),
		sessions: async (window, roleArn, task) => source.sessions(window, roleArn, task),
		close,
	};
}

const open: SourceFactory = async trailFolder => closing(await serveTrail(trailFolder));

/** As a first start finds a bucket: without a table, perhaps an organization's. */
const openFirst: SourceFactory = async trailFolder => {
	const names = await readdir(path.join(trailFolder, 'AWSLogs'));
	return closing(await serveTrail(trailFolder, {hasTable: false, source: {organizationId: names.find(name => name.startsWith('o-')) ?? null}}));
};

describeUsageSource('Athena', open);
describeSessions('Athena', open);
describeOracle('Athena', openFirst);
