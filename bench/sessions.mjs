/**
How fast the store tells who was behind a role that was assumed 100,000 times: `npx tsx bench/sessions.mjs [runs]`.
Makes its trail on first use (1 million events in bench/data/sessions, or in $BENCH_DATA). The peer is the usage of the whole account, asked of the
same store in the same run. Prints rows of a Markdown table: what, figure, peer, ratio, bar.
*/
import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {performance} from 'node:perf_hooks';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {openFilesSource} from '../source/trail/files/source.js';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/app/shared`;
const window = {start: '2026-01-01T00:00:00Z', end: '2026-04-01T00:00:00Z'};
const folder = path.join(process.env.BENCH_DATA ?? fileURLToPath(new URL('data', import.meta.url)), 'sessions');
const trail = path.join(folder, 'AWSLogs');
const cacheFolder = path.join(folder, 'cache');
const sessions = 100_000;
const deeds = 9;
const people = 40;
const perFile = 500;
const names = ['DescribeInstances', 'ListBuckets', 'GetBucketLocation', 'ListRoles', 'DescribeVolumes', 'ListKeys', 'DescribeTrails', 'CreateTags', 'GetUser', 'ListFunctions20150331', 'DescribeAlarms'];

const hex = (number, length) => number.toString(16).padStart(length, '0');
const idOf = number => `00000000-0000-4000-8000-${hex(number, 12)}`;

/** Session number `at`: every third is a machine's, with a name of its own. */
function recordsOf(at) {
	const opened = Date.parse(window.start) + Math.floor(at * 89 * 86_400_000 / sessions);
	const time = seconds => `${new Date(opened + seconds * 1000).toISOString().slice(0, 19)}Z`;
	const person = `person-${at % people}`;
	const session = at % 3 === 0 ? `botocore-session-${1_700_000_000 + at}` : person;
	const key = `ASIA${at.toString(36).toUpperCase().padStart(16, '0')}`;
	const common = {eventVersion: '1.11', awsRegion: 'us-east-1', sourceIPAddress: `192.0.2.${at % 200}`, userAgent: 'aws-cli', eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: account, eventCategory: 'Management', readOnly: true};
	const opening = {
		...common, eventID: idOf(at * 16), eventTime: time(0), eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole',
		userIdentity: {type: 'IAMUser', principalId: `AIDA${person}`, arn: `arn:aws:iam::${account}:user/${person}`, accountId: account, accessKeyId: `AKIA${person}`, userName: person},
		requestParameters: {roleArn, roleSessionName: session}, responseElements: {credentials: {accessKeyId: key}},
	};
	const identity = {
		type: 'AssumedRole', principalId: `AROASHARED:${session}`, arn: `arn:aws:sts::${account}:assumed-role/shared/${session}`, accountId: account, accessKeyId: key,
		sessionContext: {sessionIssuer: {type: 'Role', principalId: 'AROASHARED', arn: roleArn, accountId: account, userName: 'shared'}},
	};
	return [opening, ...Array.from({length: deeds}, (_, index) => ({
		...common, eventID: idOf(at * 16 + index + 1), eventTime: time(index + 1), eventSource: 'ec2.amazonaws.com', eventName: names[(at % people + index) % names.length],
		userIdentity: identity, requestParameters: null, responseElements: null,
	}))];
}

function makeTrail() {
	const aside = `${trail}.${process.pid}`;
	for (let first = 0; first < sessions; first += perFile) {
		const records = Array.from({length: perFile}, (_, index) => recordsOf(first + index)).flat();
		const day = records[0].eventTime.slice(0, 10).replaceAll('-', '/');
		const target = path.join(aside, account, 'CloudTrail/us-east-1', day);
		mkdirSync(target, {recursive: true});
		writeFileSync(path.join(target, `${account}_CloudTrail_us-east-1_${day.replaceAll('/', '')}T0000Z_${hex(first, 16)}.json.gz`), gzipSync(JSON.stringify({Records: records}), {level: 1}));
	}

	renameSync(aside, trail);
}

const source = () => openFilesSource({path: trail, accountId: account, cacheFolder});
const task = {signal: new AbortController().signal, progress() {}};

/** One question in a process of its own; prints seconds, peak memory in MB, and what was counted. */
async function ask(question) {
	const opened = source();
	const started = performance.now();
	const answer = question === 'usage' ? await opened.usage(window, task) : await opened.sessions(window, roleArn, task);
	const wall = (performance.now() - started) / 1000;
	const rows = question === 'usage' ? answer.rows : answer.flatMap(usage => usage.rows);
	const peak = process.platform === 'linux' ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1000 : 0;
	console.log(JSON.stringify({
		wall, peak, events: rows.reduce((sum, {count}) => sum + count, 0),
		people: question === 'usage' ? 0 : answer.length, assumed: question === 'usage' ? 0 : answer.flatMap(usage => usage.sessions).reduce((sum, {assumed}) => sum + assumed, 0),
	}));
}

async function child(question) {
	const started = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), '--ask', question], {stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	started.stdout.setEncoding('utf8').on('data', data => {
		text += data;
	});
	await new Promise(resolve => {
		started.on('close', resolve);
	});
	return JSON.parse(text);
}

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(runs) {
	if (!existsSync(trail)) {
		console.error(`making ${trail} ...`);
		makeTrail();
	}

	await child('usage');
	const figures = {usage: [], sessions: []};
	for (let run = 0; run < runs; run++) {
		figures.usage.push(await child('usage'));
		figures.sessions.push(await child('sessions'));
	}

	const [{events, people: found, assumed}] = figures.sessions;
	if (events !== sessions * deeds || found !== people || assumed !== sessions) {
		throw new Error(`wrong answer: ${events} events, ${found} people, ${assumed} assumptions`);
	}

	const wall = median(figures.sessions.map(figure => figure.wall));
	const peer = median(figures.usage.map(figure => figure.wall));
	const peak = median(figures.sessions.map(figure => figure.peak));
	console.log(`| who was behind a role: 1,000,000 events, 100,000 assumptions, 40 people | ${wall.toFixed(2)} s | usage of the account, kept: ${peer.toFixed(2)} s | ${(wall / peer).toFixed(1)} | <= 2 s |`);
	console.log(`| the same, peak memory | ${peak.toFixed(0)} MB | | | <= 300 MB |`);
}

// eslint-disable-next-line unicorn/prefer-ternary -- a ternary of calls is taken for a missing await.
if (process.argv[2] === '--ask') {
	await ask(process.argv[3]);
} else {
	await measure(Number(process.argv[2] ?? 3));
}
