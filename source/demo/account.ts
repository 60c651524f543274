/** Twelve digits from AWS's own examples: no real account has them. */
export const demoAccountId = '111122223333';

/** What the account is called in the list of accounts. */
export const demoAccountName = 'demo';

/** The account that runs the cross-account audit; another of AWS's example numbers. */
export const auditorAccountId = '444455556666';

/** The second account of the demo, into which charlie of the first one comes. */
export const backupAccountId = '777788889999';

/** What the second account is called. */
export const backupAccountName = 'backup';

export const homeRegion = 'us-east-1';
export const secondRegion = 'eu-west-1';

/** ARN of an IAM resource of the demo account: "user/alice". */
export function iamArn(resource: string): string {
	return `arn:aws:iam::${demoAccountId}:${resource}`;
}

/** ARN of a policy that AWS manages. */
export function awsPolicyArn(name: string): string {
	return `arn:aws:iam::aws:policy/${name}`;
}

/** An id as IAM makes them (AIDA…, AROA…, ANPA…, AGPA…): the same for the same name, twenty-one characters. */
export function uniqueId(prefix: string, name: string): string {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	let state = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
	let id = prefix;
	while (id.length < 21) {
		state = (state * 48_271 + 11) % 2_147_483_647;
		id += letters.charAt(state % letters.length);
	}

	return id;
}
