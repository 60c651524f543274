import {usageWithoutTrail, type LastAccessed} from '../../domain/last-accessed.js';
import {UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import type {UsageSource} from '../usage-source.js';
import type {LastAccessedOptions} from './client.js';

/**
IAM's last accessed data, as a witness beside a trail (`read`) or as all there is (the port's `usage`). It holds no event: the suite of test/contract,
which is about events, does not apply to it, and there are no samples and no calls to show.
*/
export type LastAccessedSource = UsageSource & {
	/** Rejects with UserError or CancelledError. */
	read(task: Task): Promise<LastAccessed>;
};

function sourceOf(read: (task: Task) => Promise<LastAccessed>): LastAccessedSource {
	return {
		read,
		usage: async (window, task) => usageWithoutTrail(await read(task), window),
		samples: async () => [],
		calls: async () => [],
		async sessions() {
			throw new UserError('IAM\'s last accessed data does not say who was behind a role', {hint: 'name the CloudTrail logs with --trail PATH'});
		},
		async close() {},
	};
}

/** Last accessed data asked of IAM itself. Asks nothing yet. */
export function openLastAccessed(options: LastAccessedOptions): LastAccessedSource {
	return sourceOf(async task => {
		const {readLastAccessed} = await import('./reader.js');
		return readLastAccessed(options, task);
	});
}

/** Last accessed data that the AWS CLI wrote to a file. */
export function openLastAccessedFile(path: string): LastAccessedSource {
	return sourceOf(async () => {
		const {loadLastAccessedFile} = await import('./file.js');
		return loadLastAccessedFile(path);
	});
}
