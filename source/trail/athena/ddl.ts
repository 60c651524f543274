import {UserError} from '../../lib/errors.js';
import {accountsFolder} from './bucket.js';
import type {AthenaOptions, TrailPlace} from './options.js';

/** Marks what this program has made, so that teardown takes nothing else. */
export const mark = {name: 'created-by', value: 'cloudtracker-tui'} as const;

/**
The columns of AWS's table, and managementEvent, which AWS's page leaves out: the SerDe takes every field of a record by its name.
https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
*/
export const columns: ReadonlyArray<readonly [name: string, type: string]> = [
	['eventversion', 'string'],
	['useridentity', `struct<${[
		'type:string', 'principalid:string', 'arn:string', 'accountid:string', 'invokedby:string', 'accesskeyid:string', 'username:string',
		'onbehalfof:struct<userid:string,identitystorearn:string>',
		`sessioncontext:struct<${[
			'attributes:struct<mfaauthenticated:string,creationdate:string>',
			'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>',
			'ec2roledelivery:string', 'webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>',
		].join(',')}>`,
	].join(',')}>`],
	...['eventtime', 'eventsource', 'eventname', 'awsregion', 'sourceipaddress', 'useragent', 'errorcode', 'errormessage', 'requestparameters', 'responseelements', 'additionaleventdata', 'requestid', 'eventid', 'readonly']
		.map(name => [name, 'string'] as const),
	['resources', 'array<struct<arn:string,accountid:string,type:string>>'],
	...['eventtype', 'apiversion', 'recipientaccountid', 'serviceeventdetails', 'sharedeventid', 'vpcendpointid', 'vpcendpointaccountid', 'eventcategory', 'managementevent'].map(name => [name, 'string'] as const),
	['addendum', 'struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>'],
	['sessioncredentialfromconsole', 'string'],
	['edgedevicedetails', 'string'],
	['tlsdetails', 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>'],
];

/** Athena's names of databases and tables: https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
const plainName = /^[a-z\d_]{1,255}$/;

/** What may stand in a quoted Hive text and in a location template as it is. */
const plainPath = /^[\w!.*()=@+,:&/ -]*$/;

/** Throws UserError where a name cannot be one of Athena's, or a place cannot be written into a table's properties. */
export function checkNames({database, table, bucket, prefix, organizationId}: AthenaOptions): void {
	for (const [what, name] of [['database', database], ['table', table]] as const) {
		if (!plainName.test(name)) {
			throw new UserError(`"${name}" cannot be the name of Athena's ${what}`, {hint: 'small letters, digits and _ make a name'});
		}
	}

	if (!/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(bucket) || !plainPath.test(prefix) || prefix.includes('//') || !(organizationId === null || /^o-[a-z\d]{10,32}$/.test(organizationId))) {
		throw new UserError(`s3://${bucket}/${prefix} with organization ${organizationId ?? 'none'} is no place of a trail`, {hint: 'give the bucket\'s name, the trail\'s prefix without AWSLogs, and the organization\'s id (o-…)'});
	}
}

/** Where the table's data lie. */
export function tableLocation(place: TrailPlace): string {
	return `s3://${place.bucket}/${accountsFolder(place)}`;
}

/** CloudTrail began in November 2013: no log is older. */
const firstDay = '2013/11/01';

/** Properties by which Athena finds the folders by itself, without a catalog of partitions. */
export function tableProperties(place: TrailPlace, accounts: readonly string[], regions: readonly string[]): ReadonlyArray<readonly [name: string, value: string]> {
	return [
		['projection.enabled', 'true'],
		['projection.account.type', 'enum'],
		['projection.account.values', accounts.join(',')],
		['projection.region.type', 'enum'],
		['projection.region.values', regions.join(',')],
		['projection.timestamp.type', 'date'],
		['projection.timestamp.format', 'yyyy/MM/dd'],
		['projection.timestamp.range', `${firstDay},NOW`],
		['projection.timestamp.interval', '1'],
		['projection.timestamp.interval.unit', 'DAYS'],
		['storage.location.template', `${tableLocation(place)}\${account}/CloudTrail/\${region}/\${timestamp}/`],
	];
}

function propertyList(properties: ReadonlyArray<readonly [name: string, value: string]>): string {
	return properties.map(([name, value]) => `'${name}'='${value}'`).join(',\n\t');
}

export function createDatabaseSql(database: string): string {
	return `CREATE DATABASE IF NOT EXISTS \`${database}\` COMMENT 'CloudTrail logs, for cloudtracker-tui' WITH DBPROPERTIES ('${mark.name}'='${mark.value}')`;
}

export function createTableSql(options: AthenaOptions, accounts: readonly string[], regions: readonly string[]): string {
	return `CREATE EXTERNAL TABLE IF NOT EXISTS \`${options.database}\`.\`${options.table}\` (
	${columns.map(([name, type]) => `\`${name}\` ${type}`).join(',\n\t')}
)
PARTITIONED BY (\`account\` string, \`region\` string, \`timestamp\` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '${tableLocation(options)}'
TBLPROPERTIES (
	${propertyList([[mark.name, mark.value], ...tableProperties(options, accounts, regions)])}
)`;
}

export function setPropertiesSql({database, table}: AthenaOptions, properties: ReadonlyArray<readonly [name: string, value: string]>): string {
	return `ALTER TABLE \`${database}\`.\`${table}\` SET TBLPROPERTIES (\n\t${propertyList(properties)}\n)`;
}

export function dropTableSql({database, table}: Pick<AthenaOptions, 'database' | 'table'>): string {
	return `DROP TABLE IF EXISTS \`${database}\`.\`${table}\``;
}

export function dropDatabaseSql(database: string): string {
	return `DROP DATABASE IF EXISTS \`${database}\``;
}
