import {throwIfCancelled, UserError} from '../../lib/errors.js';
import type {Progress, Task} from '../../lib/task.js';
import {regionsFolder, TrailBucket} from './bucket.js';
import type {Clients} from './clients.js';
import {bytesText, dollarsText} from './cost.js';
import {checkNames, createDatabaseSql, createTableSql, setPropertiesSql} from './ddl.js';
import {dayOf, foldersOf} from './days.js';
import {estimateOf} from './estimate.js';
import {Executor} from './execution.js';
import {type AthenaOptions, type ScanEstimate, type ScanReport, unaskedBytes} from './options.js';
import {compareTable, locationOf, type Prefixes, readDatabase, readTable, shapeOf, type TableLocation} from './table.js';
import type {TableShape} from './scan-sql.js';
import {readWorkgroup, type WorkgroupSettings} from './workgroup.js';

type Size = {readonly bytes: number; readonly files: number};

/** What a question reads of S3: of log folders ("…/CloudTrail/REGION/") its days; or `total` at most, where nothing says which file is of which day. */
type Reads = {readonly bucket: TrailBucket; readonly folders: readonly string[]; readonly total: Size | null};

/** What stands ready before the first question: where it is asked, how, and what that reads. */
export type Ready = {readonly shape: TableShape; readonly workgroup: WorkgroupSettings; readonly reads: Reads};

/** The days of a question to Athena. */
export type Plan = {
	readonly days: readonly string[];
	/** Days of the question's window that need not be asked. */
	readonly knownDays: number;
	/** The first scan of a table is asked for, whatever it costs. */
	readonly isFirst: boolean;
};

/** A question to Athena. */
export type Question = Plan & {
	readonly sql: string;
	/** The answer may still change. */
	readonly open: boolean;
};

/** Says what is done, and does not go on when that was the user's last word. */
export function say(task: Task, stage: string, more: Partial<Progress> = {}): void {
	task.progress({stage, done: 0, total: null, unit: null, bytes: null, ...more});
	throwIfCancelled(task.signal);
}

/** Sets Athena up for a trail and asks it, within what the user agreed to pay. All methods throw UserError and CancelledError. */
export class Scanner {
	readonly #clients: Clients;
	readonly #options: AthenaOptions;
	readonly #bucket: TrailBucket;
	readonly #executor: Executor;
	readonly #sizes = new Map<string, Size>();
	/** What stands ready, the earliest day that it was checked for, and the UTC day on which. */
	#ready: (Ready & {readonly firstDay: string; readonly checkedOn: string}) | undefined;
	/** Days whose scan the user agreed to before anything was made for it. */
	#agreedDays: readonly string[] | undefined;

	constructor(clients: Clients, options: AthenaOptions) {
		this.#clients = clients;
		this.#options = options;
		this.#bucket = new TrailBucket(clients, options, options.region);
		this.#executor = new Executor(clients, options);
	}

	/** What was decided for the user about the results' place; null where nothing was, or before anything was asked. */
	get note(): string | null {
		return this.#ready?.workgroup.note ?? null;
	}

	get bucket(): TrailBucket {
		return this.#bucket;
	}

	/**
	Reads the workgroup, makes the table where there is none and checks it where there is one; nothing is made before the user agreed to the scan.
	Once for each UTC day, and again for an earlier day: the table's range may begin after it.
	*/
	async ready(plan: Plan, task: Task): Promise<Ready> {
		const firstDay = plan.days[0] ?? '';
		const today = dayOf(this.#options.now?.() ?? new Date());
		if (!this.#ready || firstDay < this.#ready.firstDay || today !== this.#ready.checkedOn) {
			checkNames(this.#options);
			say(task, 'looking at Athena\'s workgroup and the log bucket');
			const [workgroup, regions] = await Promise.all([readWorkgroup(this.#clients, this.#options, task.signal), this.#regions(task)]);
			const reads = {bucket: this.#bucket, folders: regions.map(region => `${regionsFolder(this.#options, this.#options.accountId)}${region}/`), total: null};
			throwIfCancelled(task.signal);
			say(task, 'looking at Athena\'s table');
			// The bucket may hold new regions, and today's folders have grown.
			this.#sizes.clear();
			const setUp = this.#options.skipSetup ? await this.#given(reads, task) : {shape: await this.#setUp({workgroup, reads, regions, plan}, task), reads};
			this.#ready = {workgroup, ...setUp, firstDay, checkedOn: today};
		}

		return this.#ready;
	}

	/** What a scan of the days would read, from the bucket's listing. */
	async estimate(days: readonly string[], knownDays: number, {bucket, folders, total}: Reads, task: Task): Promise<ScanEstimate> {
		const folderDays = foldersOf(days);
		if (total !== null) {
			return estimateOf(days, knownDays, new Map([[folderDays[0] ?? '', total]]));
		}

		const unknown = folderDays.filter(folder => !this.#sizes.has(folder));
		if (unknown.length > 0) {
			say(task, 'estimating the scan from the bucket\'s listing');
			const found = await bucket.sizes(folders, unknown, task);
			throwIfCancelled(task.signal);
			for (const folder of unknown) {
				this.#sizes.set(folder, found.get(folder) ?? {bytes: 0, files: 0});
			}
		}

		return estimateOf(days, knownDays, this.#sizes);
	}

	/** Asks, after the limit and the user have agreed. `started` is called when Athena works on it. */
	async ask({sql, open, ...plan}: Question, task: Task, started: () => void): Promise<ScanReport> {
		const ready = await this.ready(plan, task);
		if (this.#agreedDays !== plan.days) {
			await this.#agree(plan, ready, task);
		}

		this.#agreedDays = undefined;
		const report = await this.#executor.run({sql, open, stage: 'Athena', database: this.#options.database, started}, ready.workgroup, task);
		this.#options.onScan?.(report);
		say(task, `Athena has scanned ${bytesText(report.bytes)} for ${dollarsText(report.dollars)}`, {bytes: report.bytes});
		return report;
	}

	/** Throws UserError where a limit or the user does not agree to the scan. */
	async #agree(plan: Plan, {workgroup, reads}: Pick<Ready, 'workgroup' | 'reads'>, task: Task): Promise<void> {
		const estimate = await this.estimate(plan.days, plan.knownDays, reads, task);
		const {maxScanBytes, confirm} = this.#options;
		const size = `the scan of ${estimate.firstDay} to ${estimate.lastDay} would read ${bytesText(estimate.bytes)} (${dollarsText(estimate.dollars)})`;
		if (maxScanBytes !== null && estimate.bytes > maxScanBytes) {
			throw new UserError(`${size}, more than the ${bytesText(maxScanBytes)} that --max-scan allows`, {hint: 'ask for a shorter window with --start, or allow more with --max-scan'});
		}

		if (workgroup.bytesLimit !== null && estimate.bytes > workgroup.bytesLimit) {
			throw new UserError(`${size}, more than the ${bytesText(workgroup.bytesLimit)} that workgroup ${this.#options.workgroup} allows for a query`, {hint: 'ask for a shorter window first, then a longer one: what was read is kept; or have the limit raised', exitCode: 3});
		}

		if ((plan.isFirst || estimate.bytes > unaskedBytes) && !await confirm(estimate)) {
			throw new UserError(`${size}: not agreed to, nothing was read`, {hint: 'agree to it with --yes, or ask for a shorter window with --start'});
		}

		throwIfCancelled(task.signal);
	}

	async #regions(task: Task): Promise<readonly string[]> {
		await this.#bucket.check(task.signal);
		return this.#bucket.regions(this.#options.accountId, task.signal);
	}

	async #given(usual: Reads, task: Task): Promise<Pick<Ready, 'shape' | 'reads'>> {
		const {database, table} = this.#options;
		const found = await readTable(this.#clients, this.#options, task.signal);
		if (!found) {
			throw new UserError(`there is no table ${database}.${table}, and with --skip-setup none is made`, {hint: 'leave --skip-setup out, or name another table'});
		}

		const shape = shapeOf(found, this.#options);
		const location = locationOf(found);
		return {shape, reads: location === undefined ? usual : await this.#readsOf(location, shape, task)};
	}

	/** What a question to a table of others reads: without a partition of accounts, the logs of all that lie below its location. */
	async #readsOf({bucket: name, folder, trail}: TableLocation, shape: TableShape, task: Task): Promise<Reads> {
		const bucket = new TrailBucket(this.#clients, trail?.place ?? {bucket: name, prefix: '', organizationId: null}, this.#options.region);
		if (trail === null || (shape.day.kind === 'parts' && !shape.day.hasDay)) {
			say(task, 'estimating the scan from the bucket\'s listing');
			return {bucket, folders: [], total: await bucket.total(folder, task.signal)};
		}

		const {place, accountId, region} = trail;
		const everyone = async () => shape.account === null ? bucket.accounts(task.signal) : [shape.account.value];
		const accounts = accountId === null ? await everyone() : [accountId];
		const folders: string[] = [];
		for (const account of accounts) {
			const own = regionsFolder(place, account);
			// eslint-disable-next-line no-await-in-loop -- one listing of a few names for each account.
			const regions = region === null ? await bucket.folders(own, task.signal) : [region];
			folders.push(...regions.map(one => `${own}${one}/`));
		}

		return {bucket, folders, total: null};
	}

	async #setUp({workgroup, reads, regions, plan}: {readonly workgroup: WorkgroupSettings; readonly reads: Reads; readonly regions: readonly string[]; readonly plan: Plan}, task: Task): Promise<TableShape> {
		const {database, table} = this.#options;
		const run = async (sql: string, stage: string, inside: string | null) => this.#executor.run({sql, open: true, stage, database: inside, started() {}}, workgroup, task);
		let found = await readTable(this.#clients, this.#options, task.signal);
		if (!found) {
			const prefixes = await this.#prefixes(regions, task);
			await this.#agree(plan, {workgroup, reads}, task);
			this.#agreedDays = plan.days;
			if (await readDatabase(this.#clients, this.#options, task.signal) === undefined) {
				await run(createDatabaseSql(database), `making the database ${database}`, null);
			}

			await run(createTableSql(this.#options, prefixes.accounts, prefixes.regions), `making the table ${database}.${table}`, database);
			found = await readTable(this.#clients, this.#options, task.signal);
			if (!found) {
				throw new UserError(`the table ${database}.${table} was made, but the catalog does not know it`, {hint: 'start again in a moment', exitCode: 3});
			}
		}

		const {differs, growth} = compareTable(found, this.#options, {accounts: [this.#options.accountId], regions}, plan.days[0] ?? '');
		if (differs.length > 0) {
			throw new UserError(`the table ${database}.${table} is not the one that would be made: ${differs.join('; ')}`, {
				hint: 'name another table in the account, drop this one if nobody needs it, or take it as it is with --skip-setup',
			});
		}

		if (growth.length > 0) {
			await run(setPropertiesSql(this.#options, growth), `adding what is new in the bucket to the table ${database}.${table}`, database);
		}

		return shapeOf(found, this.#options);
	}

	/** An organization's table knows all accounts, so that one table serves each of them. */
	async #prefixes(regions: readonly string[], task: Task): Promise<Prefixes> {
		const accounts = await this.#bucket.accounts(task.signal);
		return {accounts, regions};
	}
}
