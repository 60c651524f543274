import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {onTestFinished} from 'vitest';

/** What a call is answered with: the XML inside its result, or an error. */
export type Answer = {readonly result: string} | {readonly error: string; readonly status?: number} | 'hang' | 'hang-up';

export type Call = {readonly action: string; readonly parameters: URLSearchParams};

/** An IAM on loopback that speaks the query protocol; `calls` are those that arrived. */
export type IamServer = {readonly endpoint: string; readonly calls: readonly Call[]};

const xmlns = 'https://iam.amazonaws.com/doc/2010-05-08/';

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) {
		body += String(chunk);
	}

	return body;
}

function reply(response: ServerResponse, action: string, answer: Exclude<Answer, string>): void {
	if ('error' in answer) {
		response.writeHead(answer.status ?? 400, {'content-type': 'text/xml'});
		response.end(`<ErrorResponse xmlns="${xmlns}"><Error><Type>Sender</Type><Code>${answer.error}</Code><Message>the test says ${answer.error}</Message></Error><RequestId>r</RequestId></ErrorResponse>`);
		return;
	}

	response.writeHead(200, {'content-type': 'text/xml'});
	response.end(`<${action}Response xmlns="${xmlns}"><${action}Result>${answer.result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`);
}

/** Starts an IAM that answers as `answer` says; closed when the test is over. */
export async function iamServer(answer: (call: Call, calls: readonly Call[]) => Answer): Promise<IamServer> {
	const calls: Call[] = [];
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const parameters = new URLSearchParams(await bodyOf(request));
		const call = {action: parameters.get('Action') ?? '', parameters};
		calls.push(call);
		const answered = answer(call, calls);
		if (answered === 'hang-up') {
			request.socket.destroy();
		} else if (answered !== 'hang') {
			reply(response, call.action, answered);
		}
	};

	const server = createServer((request, response) => {
		void handle(request, response);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise(resolve => {
			server.close(resolve);
		});
	});
	const address = server.address();
	return {endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, calls};
}

/** A job is called by its principal's ARN here (36 characters at least), so that a poll tells whom it is about. */
export const generated = (arn: string): Answer => ({result: `<JobId>${arn}</JobId>`});

export const inProgress = (created: string): Answer => ({result: `<JobStatus>IN_PROGRESS</JobStatus><JobType>ACTION_LEVEL</JobType><JobCreationDate>${created}</JobCreationDate>`});

/** A page of a report that is done. */
export function completed(created: string, services: string, more = '<IsTruncated>false</IsTruncated>'): Answer {
	return {
		result: `<JobStatus>COMPLETED</JobStatus><JobType>ACTION_LEVEL</JobType><JobCreationDate>${created}</JobCreationDate><JobCompletionDate>${created}</JobCompletionDate>`
			+ `<ServicesLastAccessed>${services}</ServicesLastAccessed>${more}`,
	};
}

/** A service of a page; `last` null where it was never accessed. */
export function service(prefix: string, last: string | null, actions: Readonly<Record<string, string | null>> = {}): string {
	const tracked = Object.entries(actions).map(([name, at]) => `<member><ActionName>${name}</ActionName>${at === null ? '' : `<LastAccessedTime>${at}</LastAccessedTime>`}</member>`).join('');
	return `<member><ServiceName>${prefix}</ServiceName><ServiceNamespace>${prefix}</ServiceNamespace>`
		+ (last === null ? '<TotalAuthenticatedEntities>0</TotalAuthenticatedEntities>' : `<LastAuthenticated>${last}</LastAuthenticated><TotalAuthenticatedEntities>1</TotalAuthenticatedEntities>`)
		+ (tracked === '' ? '' : `<TrackedActionsLastAccessed>${tracked}</TrackedActionsLastAccessed>`)
		+ '</member>';
}
