import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A call of AWS that the code makes. */
export type AwsCall = {
	/** The client's package without its prefix: "iam", "athena". */
	readonly client: string;
	/** "GetAccountAuthorizationDetails" */
	readonly operation: string;
};

function sourceFiles(place: string): string[] {
	const target = path.join(root, 'source', place);
	if (!existsSync(target)) {
		return [];
	}

	return place.endsWith('.ts') ? [target] : readdirSync(target, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.ts')).map(name => path.join(target, name));
}

/** Clients' packages by the operations that they have. */
function clientsOf(text: string): readonly string[] {
	return [...new Set([...text.matchAll(/@aws-sdk\/client-([a-z\d-]+)/g)].map(([, client = '']) => client))];
}

const operationsOf = (text: string): readonly string[] => [
	...[...text.matchAll(/new (\w+)Command\(/g)].map(([, operation = '']) => operation),
	...[...text.matchAll(/paginate([A-Z]\w+)\(/g)].map(([, operation = '']) => operation),
	...[...text.matchAll(/waitUntil\w+\(/g)].map(([waiter]) => `a waiter, whose call this test cannot tell: ${waiter}`),
];

/** The package of a file's clients that has the operation. */
function clientWith(operation: string, clients: readonly string[]): string {
	const found = clients.find(client => existsSync(path.join(root, 'node_modules', '@aws-sdk', `client-${client}`, 'dist-types', 'commands', `${operation}Command.d.ts`)));
	if (found === undefined) {
		throw new Error(`no client of ${clients.join(', ')} has ${operation}`);
	}

	return found;
}

/** Every call that files and folders of source/ make, each once; `without` names files that are left out. What is not there makes none. */
export function callsIn(places: readonly string[], without: readonly string[] = []): readonly AwsCall[] {
	const calls = new Map<string, AwsCall>();
	for (const file of places.flatMap(place => sourceFiles(place)).filter(name => !without.some(other => name.endsWith(other)))) {
		const text = readFileSync(file, 'utf8');
		for (const operation of operationsOf(text)) {
			const client = clientWith(operation, clientsOf(text));
			calls.set(`${client}:${operation}`, {client, operation});
		}
	}

	return [...calls.values()];
}
