/**
 * The syntax of names, as the API machinery checks it (k8s.io/apimachinery util/validation). Each function says what is wrong, or undefined.
 */
import { quote } from '../lib/quote.ts';

const PORT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const LONGEST_LABEL = 63;
const LONGEST_SUBDOMAIN = 253;
const LONGEST_PORT_NAME = 15;

const DASH = 0x2d;
const DOT = 0x2e;
const UNDERSCORE = 0x5f;

/** Lower case letters, digits and `-`, with a letter or digit at both ends; `mayHaveDots`: parts like that, with dots between them. A loop: every object has names, and a regular expression takes longer. */
function isDnsName(name: string, mayHaveDots: boolean): boolean {
  let before = DOT;
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    const isEdge = before === DOT || before === DASH;
    if (c === DASH ? before === DOT : c === DOT ? isEdge || !mayHaveDots : c < 0x30 || c > 0x7a || (c > 0x39 && c < 0x61)) return false;
    before = c;
  }
  return before !== DOT && before !== DASH;
}

/** Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends. */
function isQualifiedPart(text: string): boolean {
  let isEdge = true;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const isLetter = (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39);
    if (!isLetter && (i === 0 || (c !== DASH && c !== DOT && c !== UNDERSCORE))) return false;
    isEdge = !isLetter;
  }
  return !isEdge;
}

/** Names of namespaces and Services: lower case letters, digits and `-`. */
export function faultOfDnsLabel(name: string): string | undefined {
  if (name === '') return 'a name must not be empty';
  if (name.length > LONGEST_LABEL) return tooLong('the name', name, LONGEST_LABEL);
  if (isDnsName(name, false)) return undefined;
  return `found ${quote(name)}, expected lower case letters, digits and \`-\`, with a letter or digit at both ends`;
}

/** Names of most objects: DNS labels with dots between them. */
export function faultOfDnsSubdomain(name: string): string | undefined {
  if (name === '') return 'a name must not be empty';
  if (name.length > LONGEST_SUBDOMAIN) return tooLong('the name', name, LONGEST_SUBDOMAIN);
  if (isDnsName(name, true)) return undefined;
  return `found ${quote(name)}, expected lower case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends of each part`;
}

/** Label keys that were found good: few keys are on many objects. Bounded, so that hostile input cannot fill it. */
const goodKeys = new Set<string>();
const MOST_GOOD_KEYS = 10_000;

/** `name` or `prefix/name`. */
export function faultOfLabelKey(key: string): string | undefined {
  if (goodKeys.has(key)) return undefined;
  const fault = faultOfNewLabelKey(key);
  if (fault === undefined && goodKeys.size < MOST_GOOD_KEYS) goodKeys.add(key);
  return fault;
}

function faultOfNewLabelKey(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  if (slash >= 0) {
    const prefix = key.slice(0, slash);
    if (prefix === '' || prefix.length > LONGEST_SUBDOMAIN || !isDnsName(prefix, true)) {
      return `the label key ${quote(key)} has a prefix that is not a DNS name of at most ${LONGEST_SUBDOMAIN} characters`;
    }
  }
  if (name === '') return `the label key ${quote(key)} has no name`;
  if (name.length > LONGEST_LABEL) return tooLong('the name part of the label key', name, LONGEST_LABEL);
  if (isQualifiedPart(name)) return undefined;
  return `the label key ${quote(key)} is not letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends, after at most one prefix and \`/\``;
}

export function faultOfLabelValue(value: string): string | undefined {
  if (value === '') return undefined;
  if (value.length > LONGEST_LABEL) return tooLong('the label value', value, LONGEST_LABEL);
  if (isQualifiedPart(value)) return undefined;
  return `the label value ${quote(value)} is not letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends`;
}

export const LAST_PORT = 65535;

export function faultOfPortNumber(port: number): string | undefined {
  return port >= 1 && port <= LAST_PORT ? undefined : `found ${port}, expected a port from 1 to ${LAST_PORT}`;
}

/** Names of ports (IANA service names). All digits is no name: a number in quotes is a mistake. */
export function faultOfPortName(name: string): string | undefined {
  if (/^[0-9]+$/.test(name)) return `found the text ${quote(name)}, expected a number without quotes or a name with a letter`;
  if (name === '') return 'a port name must not be empty';
  if (name.length > LONGEST_PORT_NAME) return tooLong('the port name', name, LONGEST_PORT_NAME);
  if (PORT_NAME.test(name) && /[a-z]/.test(name) && !name.includes('--')) return undefined;
  return `found ${quote(name)}, expected a port name: lower case letters, digits and single \`-\`, with a letter, and a letter or digit at both ends`;
}

function tooLong(what: string, text: string, longest: number): string {
  return `${what} ${quote(text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text)} has ${text.length} characters, at most ${longest} are allowed`;
}
