import path from 'node:path';
import {UserError} from '../lib/errors.js';
import type {IamPlace, TrailPlace} from '../config/schema.js';

export type {IamPlace, TrailPlace} from '../config/schema.js';

/** An IAM place in the words that screens and messages show. */
export function iamWords(place: IamPlace): string {
	return place.kind === 'file' ? place.path : 'live IAM';
}

/** A trail place in the words that screens and messages show. */
export function trailWords(place: TrailPlace): string {
	switch (place.kind) {
		case 'files': {
			return place.path;
		}

		case 'athena': {
			return place.bucket === undefined ? 'Athena, over the account\'s own trail' : `Athena, s3://${[place.bucket, place.prefix].filter(Boolean).join('/')}`;
		}

		case 'last-accessed': {
			return 'IAM last accessed data';
		}

		case 'opensearch': {
			return `OpenSearch ${place.url}, index ${place.index}`;
		}
	}
}

/** s3://bucket/prefix, also with the AWSLogs/ that follows it, as the bucket it names. */
function bucketPlace(text: string): TrailPlace {
	const [bucket = '', ...folders] = text.slice('s3://'.length).split('/').filter(part => part !== '');
	if (bucket === '') {
		throw new UserError(`--trail ${text} names no bucket`);
	}

	const logs = folders.indexOf('AWSLogs');
	const organizationId = logs === -1 ? undefined : folders.slice(logs).find(folder => /^o-[a-z\d]{10,32}$/.test(folder));
	return {
		kind: 'athena', bucket, prefix: (logs === -1 ? folders : folders.slice(0, logs)).join('/'), ...organizationId !== undefined && {organizationId},
	};
}

/** The last part of the path is the index. */
function searchPlace(text: string): TrailPlace {
	if (!URL.canParse(text)) {
		throw new UserError(`--trail ${text} is no address`);
	}

	const url = new URL(text);
	if (url.username !== '' || url.password !== '') {
		throw new UserError('--trail holds a user or a password: a command line is seen by others');
	}

	const folders = url.pathname.split('/').filter(part => part !== '');
	const index = folders.pop() ?? 'cloudtrail';
	const service = /\.(es|aoss)\.amazonaws\.com(?:\.cn)?$/.exec(url.hostname)?.[1];
	return {
		kind: 'opensearch', url: [url.origin, ...folders].join('/'), index,
		auth: service === undefined ? {kind: 'none'} : {kind: 'sigv4', service: service === 'aoss' ? 'aoss' : 'es'},
	};
}

/** The place that --trail names: "athena", "s3://bucket/prefix", "last-accessed", "https://host:9200/index", else a path. Throws UserError. */
export function trailPlace(text: string): TrailPlace {
	if (text === 'athena' || text === 'last-accessed') {
		return {kind: text};
	}

	if (text.startsWith('s3://')) {
		return bucketPlace(text);
	}

	return /^https?:\/\//.test(text) ? searchPlace(text) : {kind: 'files', path: path.resolve(text)};
}

/** Places with the paths that they name made absolute. */
export function absolutePlaces({iam, trail}: {readonly iam: IamPlace; readonly trail: TrailPlace}): {iam: IamPlace; trail: TrailPlace} {
	return {
		iam: iam.kind === 'file' ? {...iam, path: path.resolve(iam.path)} : iam,
		trail: trail.kind === 'files' ? {...trail, path: path.resolve(trail.path)} : trail,
	};
}
