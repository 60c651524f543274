import {inject} from 'vitest';

/** Address of moto's server; null where the suites are to be skipped: `describe.skipIf(motoUrl === null)`. */
export const motoUrl = inject('motoUrl');

/** Environment for the SDK and for the program: every AWS service at moto, keys that it takes, no file of the user's. */
export const motoEnvironment: Readonly<Record<string, string>> = {
	AWS_ENDPOINT_URL: motoUrl ?? '',
	AWS_ACCESS_KEY_ID: 'testing',
	AWS_SECRET_ACCESS_KEY: 'testing',
	AWS_REGION: 'us-east-1',
	AWS_CONFIG_FILE: '/dev/null',
	AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
	AWS_EC2_METADATA_DISABLED: 'true',
};

/** moto's own account. */
export const motoAccountId = '123456789012';

/** Empties moto's accounts. Suites run one after another and share the server. */
export async function resetMoto(): Promise<void> {
	const response = await fetch(`${motoUrl ?? ''}/moto-api/reset`, {method: 'POST'});
	if (!response.ok) {
		throw new Error(`moto was not reset: ${response.status}`);
	}
}
