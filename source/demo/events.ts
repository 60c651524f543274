import {demoAccountId, homeRegion, uniqueId} from './account.js';
import {actors, type Actor} from './actors.js';
import type {DemoCall} from './calls.js';
import {openingOf, roleArn, sessionArn, sessionIdentity, userIdentity, type Opening} from './identities.js';
import type {Random} from './random.js';

type Fields = Readonly<Record<string, unknown>>;

/** A CloudTrail record. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export type DemoEvent = Fields & {readonly eventTime: string; readonly awsRegion: string};

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The CloudTrail records of one day: `offset` days before the last day, whose midnight is `lastDay` (UTC, milliseconds). In the order of their times. */
export function eventsOfDay(offset: number, lastDay: number, random: Random): DemoEvent[] {
	const midnight = lastDay - offset * 86_400_000;
	return actors.flatMap(actor => {
		const calls = callsOf(actor, offset);
		return calls.length === 0 ? [] : eventsOf(actor, calls, clockFrom(midnight, random), random);
	}).toSorted((a, b) => a.eventTime < b.eventTime ? -1 : (a.eventTime > b.eventTime ? 1 : 0));
}

function callsOf(actor: Actor, offset: number): readonly DemoCall[] {
	return actor.habits.filter(habit => 'on' in habit ? habit.on.includes(offset) : offset % habit.every === 0).flatMap(({calls}) => calls);
}

/** A working time that starts between 07:00 and 18:00 and goes on by up to two minutes a call. */
function clockFrom(midnight: number, random: Random): () => string {
	let seconds = 25_200 + random.next(39_600);
	return () => {
		seconds += 1 + random.next(120);
		return `${new Date(midnight + seconds * 1000).toISOString().slice(0, 19)}Z`;
	};
}

function eventsOf(actor: Actor, calls: readonly DemoCall[], clock: () => string, random: Random): DemoEvent[] {
	const {identity, address, agent} = actor;
	if ('user' in identity) {
		return calls.map(call => recordOf(call, {identity: userIdentity(identity.user), who: `arn:aws:iam::${demoAccountId}:user/${identity.user}`, address, agent}, clock(), random));
	}

	const {role, session, opener} = identity;
	const opened = clock();
	const key = `ASIA${random.text(16, keyAlphabet)}`;
	const opening = openingOf(actor, identity);
	const openings = opening ? [openingEvent(opening, {role, session, key, shared: opener.kind === 'auditor'}, opened, random)] : [];
	const own = {identity: sessionIdentity(identity, key, opened), who: sessionArn(role, session), address, agent};
	return [...openings, ...calls.map(call => recordOf(call, own, clock(), random))];
}

/** Whose call it is, and (`account`) who received it: by default the demo account. */
type Caller = {readonly identity: Fields; readonly who: string; readonly address: string; readonly agent: string; readonly account?: string};

/** The record of a call. */
export function recordOf(call: DemoCall, caller: Caller, eventTime: string, random: Random): DemoEvent {
	const {error} = call;
	return {
		eventVersion: '1.09',
		userIdentity: call.signIn ? {...caller.identity, accessKeyId: undefined} : caller.identity,
		eventTime,
		eventSource: `${call.source}.amazonaws.com`,
		eventName: call.name,
		awsRegion: call.region,
		sourceIPAddress: caller.address,
		userAgent: caller.agent,
		...(error ? {errorCode: error.code, errorMessage: `User: ${caller.who} is not authorized to perform: ${error.action} on resource: * ${error.why} ${error.action} action`} : {}),
		...(call.signIn === 'Failure' ? {errorMessage: 'Failed authentication'} : {}),
		requestParameters: call.parameters,
		responseElements: call.response,
		...(call.signIn ? {additionalEventData: {LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed: 'Yes'}} : {requestID: random.uuid()}),
		eventID: random.uuid(),
		readOnly: call.readOnly,
		eventType: call.signIn ? 'AwsConsoleSignIn' : 'AwsApiCall',
		managementEvent: true,
		recipientAccountId: caller.account ?? demoAccountId,
		eventCategory: 'Management',
		tlsDetails: {tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: `${call.source}.${call.region}.amazonaws.com`},
	};
}

type Opened = {readonly role: string; readonly session: string; readonly key: string; readonly shared: boolean};

/** The sts call that opened a session; its answer names the access key that the session's own events carry. */
function openingEvent(opening: Opening, opened: Opened, eventTime: string, random: Random): DemoEvent {
	const arn = roleArn(opened.role);
	return {
		eventVersion: '1.08',
		userIdentity: opening.identity,
		eventTime,
		eventSource: 'sts.amazonaws.com',
		eventName: opening.name,
		awsRegion: homeRegion,
		sourceIPAddress: opening.address,
		userAgent: opening.agent,
		requestParameters: {roleArn: arn, roleSessionName: opened.session, durationSeconds: 3600},
		responseElements: {
			credentials: {accessKeyId: opened.key, expiration: new Date(Date.parse(eventTime) + 3_600_000).toISOString()},
			assumedRoleUser: {assumedRoleId: `${uniqueId('AROA', opened.role)}:${opened.session}`, arn: sessionArn(opened.role, opened.session)},
		},
		requestID: random.uuid(),
		eventID: random.uuid(),
		readOnly: true,
		resources: [{accountId: demoAccountId, type: 'AWS::IAM::Role', ARN: arn}],
		eventType: 'AwsApiCall',
		managementEvent: true,
		recipientAccountId: demoAccountId,
		...(opened.shared ? {sharedEventID: random.uuid()} : {}),
		eventCategory: 'Management',
	};
}
