import path from 'node:path';
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

/** Places with the paths that they name made absolute. */
export function absolutePlaces({iam, trail}: {readonly iam: IamPlace; readonly trail: TrailPlace}): {iam: IamPlace; trail: TrailPlace} {
	return {
		iam: iam.kind === 'file' ? {...iam, path: path.resolve(iam.path)} : iam,
		trail: trail.kind === 'files' ? {...trail, path: path.resolve(trail.path)} : trail,
	};
}
