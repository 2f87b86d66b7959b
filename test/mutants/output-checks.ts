/**
 * What is said of hostile input, as checks that mutants must fail: control characters reach no line, and nothing of a Secret is kept or said.
 */
import { parseManifests } from '../../src/input/parse-manifests.ts';
import { formatDiagnostics } from '../../src/report/diagnostics.ts';
import type { Check } from './checks.ts';

const CANARY = 'c4n4ry-7d1f';
const ESCAPE = '\u001b[2J';
const policy = (name: string, value: string) =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: value } } },
  });

const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\ndata: {password: ${CANARY}}\n`;

const HOSTILE: readonly (readonly [text: string, file: string])[] = [
  [policy('p', `a${ESCAPE}b`), 'input.json'],
  [policy(`p${ESCAPE}`, 'a'), 'input.json'],
  ['a: [', `input${ESCAPE}.yaml`],
];

const SECRETS: readonly (readonly [text: string, file: string])[] = [
  [SECRET, 'input.yaml'],
  [`${SECRET}---\nkind: Pod\nmetadata: {name: "${CANARY}\n`, 'input.yaml'],
  [`{"apiVersion":"v1","kind":"Secret","data":{"a":"${CANARY}" "b":"${CANARY}"}}`, 'input.json'],
];

export const OUTPUT_CHECKS: readonly Check[] = [
  {
    name: 'no control characters',
    run: () => {
      for (const line of HOSTILE.flatMap(saidOf)) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        if (/[\u0000-\u001f\u007f-\u009f]/.test(line)) throw new Error(`a line holds control characters: ${JSON.stringify(line)}`);
      }
    },
  },
  {
    name: 'no secrets',
    run: () => {
      for (const [text, file] of SECRETS) {
        const { counts, skipped, ...manifests } = parseManifests(text, { file });
        const kept = JSON.stringify([manifests, [...counts], [...skipped]]);
        if ([kept, ...saidOf([text, file])].some((each) => each.includes(CANARY))) throw new Error(`a secret of ${file} is kept or said`);
      }
    },
  },
];

/** Never nothing: every input but the first of the Secrets has a mistake. */
function saidOf([text, file]: readonly [text: string, file: string]): string[] {
  const lines = formatDiagnostics(parseManifests(text, { file }).diagnostics, { severities: ['error', 'warning', 'info'] });
  if (lines.length === 0 && text !== SECRET) throw new Error(`nothing is said of ${JSON.stringify(text)}`);
  return lines;
}
