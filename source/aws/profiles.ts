import {messageOf, UserError} from '../lib/errors.js';
import {quietSdk} from './session.js';

/** A profile of ~/.aws that can be chosen. */
export type Profile = {
	readonly name: string;
	/** Undefined where the profile names none. */
	readonly region: string | undefined;
	/** Where its credentials come from, in words: "SSO", "role of base". */
	readonly source: string;
};

/** Whether a section of the configuration file is a profile. Others: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
const isProfile = (name: string): boolean => !name.startsWith('sso-session.') && !name.startsWith('services.');

function sourceOf(settings: Readonly<Record<string, string | undefined>>): string {
	if (settings.role_arn !== undefined) {
		return settings.web_identity_token_file === undefined
			? `role through ${settings.source_profile ?? settings.credential_source ?? 'nothing'}`
			: 'role through web identity';
	}

	if (settings.sso_session !== undefined || settings.sso_start_url !== undefined) {
		return 'SSO';
	}

	if (settings.login_session !== undefined) {
		return 'aws login';
	}

	if (settings.credential_process !== undefined) {
		return 'a program';
	}

	return settings.aws_access_key_id === undefined ? 'no credentials' : 'access key';
}

/**
The profiles of ~/.aws/config and ~/.aws/credentials (or of AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE), sorted by name, `default` first. None where there are no such files.
@throws UserError
*/
export async function listProfiles(): Promise<readonly Profile[]> {
	quietSdk();
	const {loadSharedConfigFiles} = await import('@smithy/core/config');
	let files: Awaited<ReturnType<typeof loadSharedConfigFiles>>;
	try {
		// Read anew each time: a profile may be made while the program runs.
		files = await loadSharedConfigFiles({ignoreCache: true});
	} catch (error) {
		throw new UserError(`the profiles of ~/.aws cannot be read: ${messageOf(error)}`, {cause: error});
	}

	const names = [...new Set([...Object.keys(files.configFile), ...Object.keys(files.credentialsFile)])].filter(name => isProfile(name));
	const rank = (name: string): string => `${name === 'default' ? 0 : 1}${name}`;
	return names.toSorted((a, b) => rank(a) < rank(b) ? -1 : 1).map(name => {
		const settings = {...files.configFile[name], ...files.credentialsFile[name]};
		return {name, region: settings.region, source: sourceOf(settings)};
	});
}
