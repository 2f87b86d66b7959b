/**
 * Rows and advisories that no flow between participants can show, each with the reason. Rows 54 to 68 are about tiers, priorities and layer 7 and are not among those asked for.
 */
export interface Outside {
  readonly id: string;
  readonly reason: string;
  /** Tests of another kind that show it. */
  readonly tests?: readonly ShownBy[];
}

interface ShownBy {
  /** Below `test`. */
  readonly file: string;
  /** As it stands in the file. */
  readonly title: string;
}

/** Nothing of a Secret that is in the input is said, also where the input has a mistake. */
const SECRETS: readonly ShownBy[] = ['a dump with secrets', 'a dump with secrets and a mistake', 'JSON with secrets and a mistake'].map(
  (title) => ({
    file: 'bad-input/output.test.ts',
    title,
  }),
);

export const OUTSIDE: readonly Outside[] = [
  { id: '25', reason: 'a NetworkPolicy cannot say "all ports but these": there are no negated ports to get wrong' },
  {
    id: '28',
    reason: 'a flow has no source port, which no NetworkPolicy can name: there is nothing to take for the port of the destination',
  },
  { id: '31', reason: 'NetworkPolicy knows no layer 7, so no rule of a range can have a part that is left out' },
  { id: '70', reason: 'compares two sets of policies; only flows are judged here, each pair of ends in the direction that is asked' },
  { id: 'CVE-2023-30851', reason: 'rules about HTTP headers: NetworkPolicy ends at ports' },
  { id: 'CVE-2024-28248', reason: 'rules about HTTP, applied now and then: NetworkPolicy ends at ports' },
  {
    id: 'CVE-2024-42488',
    reason: 'a race at the start of an agent: all objects are read before the first question, so there is no before',
  },
  { id: 'CVE-2024-47825', reason: 'a deny rule lost against a narrower allow: NetworkPolicy has no deny rules and no order' },
  { id: 'CVE-2024-52529', reason: 'a layer 7 rule inside a range of ports: NetworkPolicy ends at ports' },
  { id: 'CVE-2025-30162', reason: 'traffic of a Gateway API load balancer: gateways are no participants here' },
  { id: 'CVE-2026-26963', reason: 'the firewall of nodes: NetworkPolicy does not police nodes' },
  {
    id: 'CVE-2026-53935',
    reason: 'redirection of a Service address: an address of a Service has no verdict here (bug 26), so nothing can redirect it',
  },
  { id: 'CVE-2026-25804', reason: 'an overflow of priorities: NetworkPolicy has no priorities' },
  { id: 'CVE-2024-33522', reason: 'rights of an installed binary: no verdict is involved' },
  {
    id: 'CVE-2025-48056',
    reason: 'control characters that reach a terminal: no verdict is involved; the mutant output-controls fails what is shown instead',
    tests: ['ESC[2J', 'a link of a terminal', 'ESC[2J as a kind of another API'].map((title) => ({
      file: 'bad-input/names.test.ts',
      title,
    })),
  },
  { id: 'CVE-2025-23047', reason: 'a web server that answers foreign pages: there is no server here' },
  {
    id: 'CVE-2024-37307',
    reason: 'secrets in an archive for support: no verdict is involved; nothing of a Secret is kept or said',
    tests: SECRETS,
  },
  {
    id: 'CVE-2026-41520',
    reason: 'secrets in an archive for support: no verdict is involved; nothing of a Secret is kept or said',
    tests: SECRETS,
  },
  { id: 'CVE-2026-41184', reason: 'secrets in a log: no verdict is involved; nothing of a Secret is kept or said', tests: SECRETS },
  { id: 'CVE-2026-41185', reason: 'secrets in a log: no verdict is involved; nothing of a Secret is kept or said', tests: SECRETS },
  { id: 'CVE-2026-6720', reason: 'secrets in a log: no verdict is involved; nothing of a Secret is kept or said', tests: SECRETS },
];
