import type {CredentialsUsed, IamSnapshot} from '../domain/snapshot.js';

/** What IAM says about the credentials of one user. Instants are ISO 8601 UTC with Z; null: never used, or not there. */
export type UserCredentials = {
	readonly password: string | null;
	readonly keys: ReadonlyArray<string | null>;
	/** Whether the password and every access key were asked for. */
	readonly complete: boolean;
};

/** By the user's ARN. */
export type CredentialsByUser = ReadonlyMap<string, UserCredentials>;

/** The last use of any of a user's credentials. */
export function lastOf({password, keys, complete}: UserCredentials): CredentialsUsed {
	const key = keys.filter(instant => instant !== null).toSorted().at(-1) ?? null;
	if (password === null && key === null) {
		return {last: null, by: null, complete};
	}

	return (password ?? '') >= (key ?? '') ? {last: password, by: 'password', complete} : {last: key, by: 'access key', complete};
}

/** A snapshot whose users bear the dates; users that are not in `credentials` stay as they are. */
export function withCredentials(snapshot: IamSnapshot, credentials: CredentialsByUser): IamSnapshot {
	return {
		...snapshot,
		users: snapshot.users.map(user => {
			const found = credentials.get(user.arn);
			return found ? {...user, credentialsUsed: lastOf(found)} : user;
		}),
	};
}
