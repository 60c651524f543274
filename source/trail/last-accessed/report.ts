import type {ActionAccess, LastAccessedReport, ServiceAccess} from '../../domain/last-accessed.js';
import {instantOf, isObject, objectsOf, textOf, type Json} from '../../lib/json-fields.js';

/** An instant as the SDK gives it, or as the AWS CLI prints it. */
const timeOf = (value: unknown): string | null => instantOf(value instanceof Date ? value.toISOString() : value);

function actionOf(value: Json): ActionAccess | undefined {
	const name = textOf(value.ActionName);
	return name === null ? undefined : {name, last: timeOf(value.LastAccessedTime)};
}

function serviceOf(value: Json): ServiceAccess | undefined {
	const service = textOf(value.ServiceNamespace);
	const actions = objectsOf(value.TrackedActionsLastAccessed).map(action => actionOf(action)).filter(action => action !== undefined);
	// IAM leaves the list out where it tracks no action, or knows of no attempt of any: an empty one says no more.
	return service === null ? undefined : {service: service.toLowerCase(), last: timeOf(value.LastAuthenticated), actions: actions.length === 0 ? null : actions};
}

/** The services of one page of GetServiceLastAccessedDetails. */
export function servicesOfPage(page: {readonly ServicesLastAccessed?: unknown}): readonly ServiceAccess[] {
	return objectsOf(page.ServicesLastAccessed).map(service => serviceOf(service)).filter(service => service !== undefined);
}

/** When the report of a page was asked for; null where the page does not say. */
export const createdOf = (page: {readonly JobCreationDate?: unknown}): string | null => timeOf(page.JobCreationDate);

const isAction = (value: unknown): value is ActionAccess => isObject(value) && typeof value.name === 'string' && (value.last === null || typeof value.last === 'string');

const isService = (value: unknown): value is ServiceAccess => isObject(value)
	&& typeof value.service === 'string'
	&& (value.last === null || typeof value.last === 'string')
	&& (value.actions === null || (Array.isArray(value.actions) && value.actions.every(action => isAction(action))));

/** Whether a value read back from a file is a report, in every part that is read. */
export function isReport(value: unknown): value is LastAccessedReport {
	return isObject(value)
		&& typeof value.arn === 'string'
		&& typeof value.created === 'string'
		&& typeof value.complete === 'boolean'
		&& Array.isArray(value.services)
		&& value.services.every(service => isService(service));
}
