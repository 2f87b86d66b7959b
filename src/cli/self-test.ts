/**
 * Before anything is read: does this process give the verdicts that it must, one by one and in batches? A module that is loaded before (NODE_OPTIONS) can change what
 * objects, arrays and numbers do, and a wrong verdict would look like any other.
 */
import {
  compile,
  createKernel,
  Directory,
  type Engine,
  encodeFlows,
  type FlowQuery,
  LinearMemory,
  manifestsFromObjects,
  NoLinearMemory,
  TableNames,
  type Verdict,
} from '../index.ts';
import { CliError, EXIT_INCOMPLETE } from './exit.ts';

/** For every run, help too: is anything there that must not be? @throws {CliError} with EXIT_INCOMPLETE */
export function checkPrototypes(): void {
  const strange = strangeProperty();
  if (strange !== undefined) throw refused(`something that was loaded before has changed ${strange}`);
}

/** For runs that give verdicts: it takes a while. @throws {CliError} with EXIT_INCOMPLETE */
export function checkVerdicts(): void {
  let problem: string | undefined;
  try {
    problem = wrongVerdict();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== undefined) throw refused(problem);
}

function refused(why: string): CliError {
  return new CliError(`the self-test failed, verdicts cannot be trusted: ${why} (is NODE_OPTIONS set?)`, EXIT_INCOMPLETE);
}

/** Every object has what `Object.prototype` has, so that a name of the input would seem to be there when it is not. */
function strangeProperty(): string | undefined {
  const own = Reflect.ownKeys(Object.prototype).find((key) => typeof key === 'symbol' || !OBJECT_KEYS.has(key));
  if (own !== undefined) return `\`Object.prototype\` (\`${String(own)}\`)`;
  for (const key in [] as object) return `\`Array.prototype\` (\`${key}\`)`;
  return undefined;
}

const OBJECT_KEYS: ReadonlySet<string> = new Set([
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  'hasOwnProperty',
  '__lookupGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toString',
  'valueOf',
  '__proto__',
  'toLocaleString',
]);

const OBJECTS: readonly object[] = [
  ...['a', 'b', 'c'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 't', labels: { app: name } } })),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 't' },
    spec: {
      podSelector: { matchLabels: { app: 'b' } },
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 80, endPort: 90 }] },
        { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] },
      ],
    },
  },
];

const EXPECTED: readonly (readonly [from: string, to: string, port: number, verdict: Verdict])[] = [
  ['t/a', 't/b', 80, 'allow'],
  ['t/a', 't/b', 91, 'deny'],
  ['t/c', 't/b', 80, 'deny'],
  ['t/c', 't/a', 80, 'allow'],
  ['10.2.0.1', 't/b', 1, 'allow'],
  ['10.1.0.1', 't/b', 1, 'deny'],
  ['203.0.113.9', 't/b', 1, 'deny'],
];

function wrongVerdict(): string | undefined {
  const engine = compile(manifestsFromObjects(OBJECTS));
  const queries = EXPECTED.map(([from, to, port]): FlowQuery => ({ from, to, protocol: 'TCP', port }));
  const batch = batchVerdicts(engine, queries);
  for (const [i, [from, to, port, expected]] of EXPECTED.entries()) {
    const flow = `${from} to ${to} on port ${port}`;
    const { verdict } = engine.canReach(queries[i]!);
    if (verdict !== expected) return `${flow} is \`${verdict}\`, expected \`${expected}\``;
    if (batch !== undefined && batch[i] !== expected) return `${flow} is \`${batch[i]}\` in a batch, expected \`${expected}\``;
  }
  return undefined;
}

/** What a simulation would say; undefined where there can be none, as it will tell itself. */
function batchVerdicts({ tables }: Engine, queries: readonly FlowQuery[]): Verdict[] | undefined {
  const memory = memoryOfKernels();
  if (memory === undefined) return undefined;
  const batch = encodeFlows(tables, new Directory(tables, new TableNames(tables)), queries);
  const verdicts = new Uint8Array(queries.length);
  createKernel(tables, batch, verdicts, memory)(queries.length);
  return Array.from(verdicts, (verdict) => VERDICTS[verdict]!);
}

function memoryOfKernels(): LinearMemory | undefined {
  try {
    return new LinearMemory();
  } catch (error) {
    if (error instanceof NoLinearMemory) return undefined;
    throw error;
  }
}

/** In the order of their numbers in a batch. */
const VERDICTS: readonly Verdict[] = ['deny', 'allow', 'unknown'];
