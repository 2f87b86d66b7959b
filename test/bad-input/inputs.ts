/**
 * Small inputs without a mistake, for tables that add one.
 */

export const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c}]}
`;

export const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - ports: [{port: 80}]
`;

/** A pod and a policy that selects it. */
export const CLUSTER = `${POD}---\n${POLICY}`;

export function podOf(name: string): string {
  return POD.replace('name: web', `name: ${name}`);
}
