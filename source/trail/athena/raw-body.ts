import {isObject} from '../../lib/json-fields.js';

type Answer = {readonly response: unknown};

/** A command of the SDK: what of it is needed to see the body of its answer. */
type Tapped = {
	readonly middlewareStack: {
		add(middleware: (next: (input: never) => Promise<Answer>) => (input: never) => Promise<Answer>, options: {step: 'deserialize'; name: string; priority: 'low'}): void;
	};
};

type Response = {statusCode: number; body: AsyncIterable<Uint8Array> | Uint8Array};

function isSuccess(response: unknown): response is Response {
	return isObject(response) && response.statusCode === 200 && isObject(response.body) && Symbol.asyncIterator in response.body;
}

/**
Takes the body of a command's successful answer as text, and gives the SDK `instead` to read. The SDK's own reading of a page of 1,000 rows or files costs
many times what JSON.parse does; requests, signatures, retries and errors stay the SDK's. The function that it gives tells the last answer's text.
*/
export function tapBody(command: Tapped, instead: string): () => string {
	let text = '';
	command.middlewareStack.add(next => async input => {
		const answer = await next(input);
		const {response} = answer;
		if (isSuccess(response)) {
			const decoder = new TextDecoder();
			text = '';
			for await (const chunk of response.body) {
				text += typeof chunk === 'number' ? '' : decoder.decode(chunk, {stream: true});
			}

			text += decoder.decode();
			response.body = new TextEncoder().encode(instead);
		}

		return answer;
	}, {step: 'deserialize', name: 'tapBody', priority: 'low'});
	return () => text;
}
