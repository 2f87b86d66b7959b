/**
 * The forms of text that loading is measured with.
 */
export type TextForm = 'yaml' | 'json' | 'ndjson';
export const TEXT_FORMS: readonly TextForm[] = ['yaml', 'json', 'ndjson'];
