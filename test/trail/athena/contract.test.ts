import type {SourceFactory} from '../../contract/harness.js';
import {describeSessions} from '../../contract/sessions.js';
import {describeUsageSource} from '../../contract/usage-source.js';
import {serveTrail} from '../../servers/athena/athena-source.js';

const open: SourceFactory = async trailFolder => {
	const {source, close} = await serveTrail(trailFolder);
	return {
		usage: async (window, task) => source.usage(window, task),
		samples: async (window, events, task) => source.samples(window, events, task),
		calls: async (window, events, task) => source.calls(window, events, task),
		sessions: async (window, roleArn, task) => source.sessions(window, roleArn, task),
		close,
	};
};

describeUsageSource('Athena', open);
describeSessions('Athena', open);
