import type {AthenaClient} from '@aws-sdk/client-athena';
import type {S3Client} from '@aws-sdk/client-s3';
import {maxAttempts as attempts, quietSdk} from '../../aws/session.js';
import type {AwsAccess} from './options.js';

type Config = {region: string; maxAttempts: number; retryMode: 'adaptive'; credentials?: NonNullable<AwsAccess['credentials']>; endpoint?: string};

/** What all clients are made with; to be called before any of them is loaded. Absent values stay out: the SDK then looks for its own. */
export function clientConfig({region, credentials, endpoint, maxAttempts = attempts}: AwsAccess): Config {
	quietSdk();
	return {region, maxAttempts, retryMode: 'adaptive', ...credentials && {credentials}, ...endpoint !== undefined && {endpoint}};
}

/** The AWS clients of one source, each loaded and made when it is first asked for. */
export class Clients {
	readonly #config: Config;
	#athena: Promise<AthenaClient> | undefined;
	#s3: Promise<S3Client> | undefined;

	constructor(access: AwsAccess) {
		this.#config = clientConfig(access);
	}

	async athena(): Promise<AthenaClient> {
		this.#athena ??= (async () => {
			const {AthenaClient: Client} = await import('@aws-sdk/client-athena');
			return new Client(this.#config);
		})();
		return this.#athena;
	}

	async s3(): Promise<S3Client> {
		this.#s3 ??= (async () => {
			const {S3Client: Client} = await import('@aws-sdk/client-s3');
			return new Client({...this.#config, responseChecksumValidation: 'WHEN_REQUIRED'});
		})();
		return this.#s3;
	}

	/** Closes the connections; the clients are made anew when they are asked for again. */
	async close(): Promise<void> {
		const made = await Promise.allSettled([this.#athena, this.#s3]);
		this.#athena = undefined;
		this.#s3 = undefined;
		for (const result of made) {
			if (result.status === 'fulfilled') {
				result.value?.destroy();
			}
		}
	}
}
