import {partitionOf} from '../../aws/session.js';
import {CancelledError, UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import {accountsFolder, listed, regionsFolder, TrailBucket} from './bucket.js';
import {Clients} from './clients.js';
import {checkNames} from './ddl.js';
import type {AthenaOptions} from './options.js';
import {compareTable, readDatabase, readTable, shapeOf} from './table.js';
import {readWorkgroup} from './workgroup.js';

/** One thing that Athena needs, and whether it is so. */
export type Check = {
	/** What was looked at, with the right that it takes: "log bucket (s3:ListBucket)". */
	readonly check: string;
	/** "skipped" where it rests on another one that failed. */
	readonly ok: boolean | 'skipped';
	/** What was found. */
	readonly detail: string;
	/** What to do; null where nothing is to be done. */
	readonly next: string | null;
};

/** The earliest day that is asked where nothing else is said: a year back. */
const yearMs = 366 * 86_400_000;

/** Looks at all that a scan needs, one after the other, and never gives up at the first thing that is wrong. Runs no query. Throws CancelledError. */
export async function checkAthena(options: AthenaOptions, task: Task): Promise<Check[]> {
	const clients = new Clients(options);
	const bucket = new TrailBucket(clients, options, options.region);
	const {accountId, database, table, partition, region, workgroup} = options;
	const checks: Check[] = [];
	let regions: readonly string[] | undefined;

	const look = async (check: string, work: () => Promise<string>, needs?: string): Promise<void> => {
		if (checks.some(one => one.check === needs && one.ok !== true)) {
			checks.push({check, ok: 'skipped', detail: `needs: ${needs ?? ''}`, next: null});
			return;
		}

		try {
			checks.push({check, ok: true, detail: await work(), next: null});
		} catch (error) {
			if (!(error instanceof UserError) || error instanceof CancelledError) {
				throw error;
			}

			checks.push({check, ok: false, detail: error.message, next: error.hint ?? null});
		}
	};

	try {
		await look('names', async () => {
			checkNames(options);
			return `${database}.${table}, s3://${options.bucket}/${accountsFolder(options)}`;
		});
		await look('partition', async () => {
			const own = partitionOf(region);
			if (own !== partition) {
				throw new UserError(`the region ${region} is one of ${own}, the account one of ${partition}`, {hint: `name a region of ${partition}`});
			}

			return `${partition}, region ${region}`;
		});
		const logBucket = 'log bucket (s3:ListBucket)';
		await look(logBucket, async () => {
			await bucket.check(task.signal);
			return `${options.bucket} lies in ${region}`;
		});
		await look('logs of the account (s3:ListBucket)', async () => {
			regions = await bucket.regions(accountId, task.signal);
			const span = await bucket.span(accountId, task.signal);
			return `${regionsFolder(options, accountId)} holds ${listed(regions)}, ${span ? `from ${span.first} to ${span.last}` : 'but no folder of a day'}`;
		}, logBucket);
		await look('workgroup (athena:GetWorkGroup)', async () => {
			const {results, mayReuse, bytesLimit, note} = await readWorkgroup(clients, options, task.signal);
			const limit = bytesLimit === null ? '' : `, at most ${bytesLimit} bytes a query`;
			return `${workgroup}: results ${results}${limit}${mayReuse ? ', results are reused' : ''}${note === null ? '' : `; ${note}`}`;
		});
		await look('database (athena:GetDatabase, glue:GetDatabase)', async () => {
			const found = await readDatabase(clients, options, task.signal);
			return found === undefined ? `${database} is not there yet: the first scan makes it (glue:CreateDatabase)` : database;
		});
		await look('table (athena:GetTableMetadata, glue:GetTable)', async () => {
			const found = await readTable(clients, options, task.signal);
			if (!found) {
				return options.skipSetup ? missingTable(options) : `${database}.${table} is not there yet: the first scan makes it (glue:CreateTable)`;
			}

			shapeOf(found, options);
			if (options.skipSetup) {
				return `${database}.${table} is taken as it is`;
			}

			const now = options.now?.() ?? new Date();
			const firstDay = new Date(now.getTime() - yearMs).toISOString().slice(0, 10);
			const {differs, growth} = compareTable(found, options, {accounts: [accountId], regions: regions ?? []}, firstDay);
			if (differs.length > 0) {
				throw new UserError(`${database}.${table} ${differs.join('; ')}`, {hint: 'name another table, drop this one if nobody needs it, or take it as it is with --skip-setup'});
			}

			return growth.length > 0 ? `${database}.${table}; the next scan adds ${growth.map(([name]) => name).join(', ')} (glue:UpdateTable)` : `${database}.${table}`;
		});
		return checks;
	} finally {
		await clients.close();
	}
}

function missingTable({database, table}: AthenaOptions): never {
	throw new UserError(`there is no table ${database}.${table}, and with --skip-setup none is made`, {hint: 'leave --skip-setup out, or name another table'});
}
