/**
 * Label selectors as kubectl takes them (`-l`): `app=web,tier in (a, b),!legacy,env!=prod`. Read as the API server does (k8s.io/apimachinery pkg/labels, Parse and Requirement.Matches), with its odd
 * corners: `x=` asks for an empty value, so does `x in ()`, and a missing key satisfies `!=` and `notin`. `>` and `<` compare whole numbers of 64 bits.
 */
import { quote } from '../lib/quote.ts';
import { faultOfLabelKey, faultOfLabelValue } from './name-syntax.ts';

/** `values` of `greaterThan` and `lessThan` is one number; of `exists` and `doesNotExist` it is empty. */
export interface LabelTerm {
  readonly key: string;
  readonly operator: 'in' | 'notIn' | 'exists' | 'doesNotExist' | 'greaterThan' | 'lessThan';
  readonly values: readonly string[];
}

/** All must hold. None: everything is selected. */
export type LabelQuery = readonly LabelTerm[];

/** The text is no selector. The message says what was expected, and where. */
export class LabelQueryError extends Error {
  override readonly name = 'LabelQueryError';
  /** Of the character at which it was found, counted from 1. */
  readonly column: number;

  constructor(message: string, column: number) {
    super(`${message} (character ${column})`);
    this.column = column;
  }
}

/** @throws {LabelQueryError} */
export function parseLabelQuery(text: string): LabelQuery {
  return new Parser(tokensOf(text)).parse();
}

/** A missing key is no value: only `notIn` and `doesNotExist` hold for it. */
export function matchesLabelQuery(labels: Readonly<Record<string, string | null>> | null | undefined, query: LabelQuery): boolean {
  return query.every(({ key, operator, values }) => {
    const value = labels && Object.hasOwn(labels, key) ? (labels[key] ?? '') : undefined;
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'notIn':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      case 'doesNotExist':
        return value === undefined;
      default: {
        const [number, limit] = [wholeNumber(value ?? ''), wholeNumber(values[0] ?? '')];
        if (number === undefined || limit === undefined) return false;
        return operator === 'greaterThan' ? number > limit : number < limit;
      }
    }
  });
}

const LARGEST = 2n ** 63n - 1n;

/** Label values have no sign. */
function wholeNumber(text: string): bigint | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const number = BigInt(text);
  return number <= LARGEST ? number : undefined;
}

interface Token {
  readonly kind: 'word' | 'sign' | 'end';
  readonly text: string;
  readonly column: number;
}

/** Words are what is neither white space nor a sign; of signs the longest that there is. */
const TOKEN = /[ \t\r\n]+|(?<sign>==|!=|[=!(),<>])|(?<word>[^ \t\r\n=!(),<>]+)/g;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { groups, index } of text.matchAll(TOKEN)) {
    const { sign, word } = groups ?? {};
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, column: index + 1 });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, column: index + 1 });
  }
  return [...tokens, { kind: 'end', text: '', column: text.length + 1 }];
}

const OPERATORS: ReadonlyMap<string, LabelTerm['operator']> = new Map([
  ['=', 'in'],
  ['==', 'in'],
  ['!=', 'notIn'],
  ['in', 'in'],
  ['notin', 'notIn'],
  ['>', 'greaterThan'],
  ['<', 'lessThan'],
]);

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): LabelTerm[] {
    const requirements: LabelTerm[] = [];
    if (this.next.kind === 'end') return requirements;
    for (;;) {
      requirements.push(this.requirement());
      const token = this.take();
      if (token.kind === 'end') return requirements;
      if (token.text !== ',') throw expected('`,` or the end', token);
    }
  }

  private get next(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token;
  }

  private take(): Token {
    const token = this.next;
    this.position++;
    return token;
  }

  private requirement(): LabelTerm {
    const isMissing = this.next.text === '!';
    if (isMissing) this.take();
    const key = this.take();
    if (key.kind !== 'word') throw expected(isMissing ? 'a label key' : 'a label key or `!`', key);
    check(faultOfLabelKey(key.text), key);
    if (isMissing) return { key: key.text, operator: 'doesNotExist', values: [] };
    if (this.next.kind === 'end' || this.next.text === ',') return { key: key.text, operator: 'exists', values: [] };
    const sign = this.take();
    const operator = OPERATORS.get(sign.text);
    if (operator === undefined) throw expected('`=`, `==`, `!=`, `in`, `notin`, `>`, `<`, `,` or the end', sign);
    if (sign.kind === 'word') return { key: key.text, operator, values: this.list() };
    const value = this.value();
    if ((operator === 'greaterThan' || operator === 'lessThan') && wholeNumber(value.text) === undefined)
      throw expected('a whole number', value);
    return { key: key.text, operator, values: [value.text] };
  }

  /** One value; none is the empty one. */
  private value(): Token {
    if (this.next.kind === 'end' || this.next.text === ',') return { ...this.next, kind: 'word', text: '' };
    const token = this.take();
    if (token.kind !== 'word') throw expected('a label value', token);
    check(faultOfLabelValue(token.text), token);
    return token;
  }

  /** Values in parentheses. Between commas, where nothing stands, is the empty value. */
  private list(): string[] {
    const start = this.take();
    if (start.text !== '(') throw expected('`(`', start);
    const values = new Set<string>();
    for (;;) {
      const token = this.next;
      if (token.kind === 'word') {
        check(faultOfLabelValue(token.text), token);
        values.add(this.take().text);
      } else if (token.text === ',' || token.text === ')') values.add('');
      const after = this.take();
      if (after.text === ')') return [...values].sort();
      if (after.text !== ',') throw expected('`,` or `)`', after);
    }
  }
}

function expected(what: string, { kind, text, column }: Token): LabelQueryError {
  return new LabelQueryError(`expected ${what}, found ${kind === 'end' ? 'the end' : quote(text)}`, column);
}

function check(fault: string | undefined, { column }: Token): void {
  if (fault !== undefined) throw new LabelQueryError(fault, column);
}
