/**
 * Cases from a few lines of YAML, against a cluster from YAML: for tests of what becomes of them.
 */
import { parseReachabilityTest } from '../../src/expectations/read-test.ts';
import { type CaseResult, type ReachabilityTestReport, reachabilityTestReport } from '../../src/expectations/report.ts';
import { type TestOptions, testReachability } from '../../src/expectations/test-reachability.ts';
import { parseManifests } from '../../src/input/parse-manifests.ts';

/** `web` may reach `api` at its port `http`; outside, 192.0.2.0/24 may, but for one address of it. Nothing may reach `db`. `alone` is in a namespace without policies. */
export const CLUSTER = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
status: { podIP: 10.0.0.1 }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
status: { podIP: 10.0.0.2 }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
status: { podIP: 10.0.0.3 }
---
apiVersion: v1
kind: Pod
metadata: { name: alone, namespace: other, labels: { app: alone } }
status: { podIP: 10.0.0.4 }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { clusterIP: 10.96.0.1 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: http }]
    - from: [{ ipBlock: { cidr: 192.0.2.0/24, except: [192.0.2.255/32] } }]
      ports: [{ port: 8080 }, { port: 9000, endPort: 9100 }]
`;

/** `cases`: each a flow mapping of YAML, without a name. */
export function runCases(
  cases: readonly string[],
  options: TestOptions & { readonly cluster?: string; readonly rest?: string } = {},
): ReachabilityTestReport {
  const { cluster = CLUSTER, rest = '', ...others } = options;
  const list = cases.map((each, i) => `  - { name: case ${i + 1}, ${each} }\n`).join('');
  const text = `apiVersion: netpolsim/v1\nkind: ReachabilityTest\nmetadata: { name: t }\ncases:\n${list}${rest}`;
  const test = parseReachabilityTest(text, { file: 't.yaml' });
  return reachabilityTestReport(testReachability(parseManifests(cluster, { file: 'c.yaml' }), [test], others));
}

export function runCase(each: string, options: Parameters<typeof runCases>[1] = {}): CaseResult {
  return runCases([each], options).files[0]!.cases[0]!;
}
