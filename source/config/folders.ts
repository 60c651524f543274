import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

const name = 'cloudtracker-tui';

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder named by a variable: XDG says that a relative path is to be ignored. */
function absolute(value: string | undefined): string | undefined {
	return value !== undefined && path.isAbsolute(value) ? value : undefined;
}

/** A folder that the user named for us alone: taken as it is, relative to where the program runs. */
function own(value: string | undefined): string | undefined {
	return value === undefined || value === '' ? undefined : path.resolve(value);
}

/**
The folder of config.json: CLOUDTRACKER_TUI_CONFIG_DIR, else where the system keeps configurations
(XDG base directories on Linux, Library/Preferences on macOS, APPDATA on Windows).
*/
export function configFolder(environment: Environment = process.env, platform: NodeJS.Platform = process.platform): string {
	const named = own(environment.CLOUDTRACKER_TUI_CONFIG_DIR);
	if (named !== undefined) {
		return named;
	}

	if (platform === 'darwin') {
		return path.join(homedir(), 'Library', 'Preferences', name);
	}

	if (platform === 'win32') {
		return path.join(environment.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'), name, 'Config');
	}

	return path.join(absolute(environment.XDG_CONFIG_HOME) ?? path.join(homedir(), '.config'), name);
}

/**
The folder of what can be made again from the logs: CLOUDTRACKER_TUI_CACHE_DIR, else where the system keeps caches
(XDG base directories on Linux, Library/Caches on macOS, LOCALAPPDATA on Windows).
*/
export function cacheFolder(environment: Environment = process.env, platform: NodeJS.Platform = process.platform): string {
	const named = own(environment.CLOUDTRACKER_TUI_CACHE_DIR);
	if (named !== undefined) {
		return named;
	}

	if (platform === 'darwin') {
		return path.join(homedir(), 'Library', 'Caches', name);
	}

	if (platform === 'win32') {
		return path.join(environment.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), name, 'Cache');
	}

	return path.join(absolute(environment.XDG_CACHE_HOME) ?? path.join(homedir(), '.cache'), name);
}
