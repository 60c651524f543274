import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import process from 'node:process';
import {onTestFinished} from 'vitest';

/** One call as it arrived: the parameters of the query protocol, Action among them. */
export type QueryCall = Readonly<Record<string, string>>;

/** What the server says to a call: the inside of the result, an error, or nothing at all until the client leaves. */
export type QueryAnswer = {readonly xml: string} | {readonly error: string; readonly message?: string; readonly status?: number} | 'never';

export type QueryServer = {
	readonly url: string;
	/** Every call in its order. */
	readonly calls: readonly QueryCall[];
	/** Calls whose client left before the answer. */
	readonly left: readonly QueryCall[];
};

/** The region stands in the signature of a call. */
const regionOf = (request: IncomingMessage): string => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';

function respond(response: ServerResponse, action: string, answer: Exclude<QueryAnswer, 'never'>): void {
	const id = '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>';
	if ('xml' in answer) {
		response.writeHead(200, {'content-type': 'text/xml'}).end(`<${action}Response><${action}Result>${answer.xml}</${action}Result>${id}</${action}Response>`);
		return;
	}

	response.writeHead(answer.status ?? 400, {'content-type': 'text/xml'})
		.end(`<ErrorResponse><Error><Type>Sender</Type><Code>${answer.error}</Code><Message>${answer.message ?? answer.error}</Message></Error></ErrorResponse>`);
}

/**
A server on loopback that speaks the query protocol of IAM and STS (form in, XML out), for one test. `answer` is given each call with how often its action was called before.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
*/
export async function startQueryServer(answer: (call: QueryCall, before: number) => QueryAnswer): Promise<QueryServer> {
	const calls: QueryCall[] = [];
	const left: QueryCall[] = [];
	const server: Server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => {
			body += chunk;
		}).on('end', () => {
			const call: QueryCall = {...Object.fromEntries(new URLSearchParams(body)), region: regionOf(request)};
			const action = call.Action ?? '';
			const before = calls.filter(({Action}) => Action === action).length;
			calls.push(call);
			response.on('close', () => {
				if (!response.writableEnded) {
					left.push(call);
				}
			});
			const said = answer(call, before);
			if (said !== 'never') {
				respond(response, action, said);
			}
		});
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	if (address === null || typeof address === 'string') {
		throw new Error('the server has no port');
	}

	return {url: `http://127.0.0.1:${address.port}`, calls, left};
}

/** Sets variables of the environment for one test; undefined takes one away. AWS's own are cleared, so that no machine's accounts are reached. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
	const before = {...process.env};
	for (const name of Object.keys(process.env).filter(key => key.startsWith('AWS_'))) {
		Reflect.deleteProperty(process.env, name);
	}

	const nowhere = {AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials', AWS_EC2_METADATA_DISABLED: 'true'};
	for (const [name, value] of Object.entries({...nowhere, ...variables})) {
		if (value !== undefined) {
			process.env[name] = value;
		}
	}

	onTestFinished(() => {
		for (const name of Object.keys(process.env).filter(key => !(key in before))) {
			Reflect.deleteProperty(process.env, name);
		}

		Object.assign(process.env, before);
	});
}

/** The environment of credentials that a loopback server takes. */
export const testKeys = {AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1'};
