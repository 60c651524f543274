// Nothing else stands here: the command line is parsed with these words before anything of a report is loaded.

/** Formats of a report, the default first. */
export const reportFormats = ['html', 'md', 'json', 'csv', 'sarif'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** What --fail-on can ask for. */
export const findingKinds = ['unused-principal', 'unused-dangerous', 'ungranted'] as const;

export type FindingKind = (typeof findingKinds)[number];
