/** For `node --import`: writes the URL of each module that is loaded into the file that MODULES_FILE names. */
import {register} from 'node:module';
import process from 'node:process';

const hook = String.raw`
import {appendFileSync} from 'node:fs';

export async function load(url, context, next) {
	appendFileSync(${JSON.stringify(process.env.MODULES_FILE)}, url + '\n');
	return next(url, context);
}`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);
