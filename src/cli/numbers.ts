/**
 * Numbers on the command line: strict forms, and messages that name the range.
 */
import { formatCount } from '../index.ts';
import { CliError } from './exit.ts';

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

const WHOLE = /^(?:0|[1-9][0-9]*)$/;
const COUNT = /^(?<digits>[0-9]+(?:_[0-9]+)*)(?:\.(?<fraction>[0-9]+))?(?:[eE]\+?(?<exponent>[0-9]{1,2}))?(?<suffix>[kMG])?$/;
const FRACTION = /^(?:0|1|0?\.[0-9]{1,15}|1\.0{1,15})$/;
const SUFFIX_EXPONENT: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['M', 6],
  ['G', 9],
]);

/** A whole number in decimal digits. `otherwise` names what else is accepted. @throws {CliError} */
export function parseWhole(flag: string, text: string, range: NumberRange, otherwise = ''): number {
  const value = WHOLE.test(text) ? Number(text) : Number.NaN;
  return inRange(flag, text, value, range, 'a whole number', otherwise);
}

/** A whole number that may be written `10M`, `1.5k`, `1e6` or `10_000_000`. k, M and G are thousands, millions and milliards. @throws {CliError} */
export function parseCount(flag: string, text: string, range: NumberRange): number {
  const { digits = '', fraction = '0', exponent = '0', suffix = '' } = COUNT.exec(text)?.groups ?? {};
  // One conversion of the whole decimal text: multiplying would round on the way.
  const value = Number(`${digits.replaceAll('_', '')}.${fraction}e${Number(exponent) + (SUFFIX_EXPONENT.get(suffix) ?? 0)}`);
  return inRange(flag, text, digits === '' ? Number.NaN : value, range, 'a whole number (such as 10M, 1e6 or 250_000)');
}

/** A decimal number above 0 and at most 1. @throws {CliError} */
export function parseFraction(flag: string, text: string): number {
  const value = FRACTION.test(text) ? Number(text) : 0;
  if (value > 0 && value <= 1) return value;
  throw new CliError(`\`${flag}\` must be a decimal number above 0 and at most 1, got \`${text}\``);
}

function inRange(flag: string, text: string, value: number, { min, max }: NumberRange, what: string, otherwise = ''): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new CliError(`\`${flag}\` must be ${what} from ${formatCount(min)} to ${formatCount(max)}${otherwise}, got \`${text}\``);
}
