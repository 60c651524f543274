import {homeRegion, secondRegion} from './account.js';

type Fields = Readonly<Record<string, unknown>>;

/** An API call as CloudTrail sees it. */
export type DemoCall = {
	/** Host part of the event source: "monitoring". */
	readonly source: string;
	readonly name: string;
	readonly readOnly: boolean;
	readonly region: string;
	readonly parameters: Fields | null;
	readonly response: Fields | null;
	/** A sign-in to the console and how it ended; null for an API call. */
	readonly signIn: 'Success' | 'Failure' | null;
	readonly error: {readonly code: string; readonly action: string; readonly why: string} | null;
};

/** A call that reads. */
export function read(source: string, name: string, parameters: Fields | null = null): DemoCall {
	return {source, name, readOnly: true, region: homeRegion, parameters, response: null, signIn: null, error: null};
}

/** A call that changes something. */
export function write(source: string, name: string, parameters: Fields | null = null, response: Fields | null = null): DemoCall {
	return {source, name, readOnly: false, region: homeRegion, parameters, response, signIn: null, error: null};
}

/** A sign-in to the console. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export function signIn(outcome: 'Success' | 'Failure'): DemoCall {
	return {...write('signin', 'ConsoleLogin', null, {ConsoleLogin: outcome}), signIn: outcome};
}

/** The same call, refused: `action` is what the caller was not authorized to perform. */
export function refused(call: DemoCall, action: string, why = 'because no identity-based policy allows the'): DemoCall {
	return {...call, response: null, error: {code: call.source === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied', action, why}};
}

/** The same call in the account's second region. */
export function elsewhere(call: DemoCall): DemoCall {
	return {...call, region: secondRegion};
}
