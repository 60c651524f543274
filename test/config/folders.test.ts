import {homedir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {cacheFolder, configFolder} from '../../source/config/folders.js';

const home = homedir();

test.each([
	['our own variable wins', {CLOUDTRACKER_TUI_CONFIG_DIR: '/x', XDG_CONFIG_HOME: '/y'}, 'linux', '/x'],
	['our own variable may be relative', {CLOUDTRACKER_TUI_CONFIG_DIR: 'x'}, 'linux', path.resolve('x')],
	['XDG on Linux', {XDG_CONFIG_HOME: '/y'}, 'linux', '/y/cloudtracker-tui'],
	['a relative XDG folder is ignored', {XDG_CONFIG_HOME: 'y'}, 'linux', path.join(home, '.config/cloudtracker-tui')],
	['an empty one too', {XDG_CONFIG_HOME: '', CLOUDTRACKER_TUI_CONFIG_DIR: ''}, 'linux', path.join(home, '.config/cloudtracker-tui')],
	['macOS', {}, 'darwin', path.join(home, 'Library/Preferences/cloudtracker-tui')],
	['Windows', {APPDATA: '/roaming'}, 'win32', path.join('/roaming', 'cloudtracker-tui', 'Config')],
] as const)('configuration: %s', (_, environment, platform, expected) => {
	expect(configFolder(environment, platform)).toBe(expected);
});

test.each([
	['our own variable wins', {CLOUDTRACKER_TUI_CACHE_DIR: '/x', XDG_CACHE_HOME: '/y'}, 'linux', '/x'],
	['XDG on Linux', {XDG_CACHE_HOME: '/y'}, 'linux', '/y/cloudtracker-tui'],
	['Linux without XDG', {}, 'linux', path.join(home, '.cache/cloudtracker-tui')],
	['macOS', {}, 'darwin', path.join(home, 'Library/Caches/cloudtracker-tui')],
	['Windows', {LOCALAPPDATA: '/local'}, 'win32', path.join('/local', 'cloudtracker-tui', 'Cache')],
] as const)('cache: %s', (_, environment, platform, expected) => {
	expect(cacheFolder(environment, platform)).toBe(expected);
});
