/**
 * Administrators' policies for a cluster that has none: what a platform team writes over its tenants' NetworkPolicies, in the size that one does by hand (Admin: DNS for everyone, the
 * metadata service for nobody, a range of namespaces closed to the rest, passes; Baseline: private addresses). Numbers follow from the names of the namespaces.
 */

const API_VERSION = 'policy.networking.k8s.io/v1alpha2';
const ZONES = 20;

/** The policies, as objects to be read beside those of the cluster. */
export function administratorsPolicies(namespaces: readonly string[]): object[] {
  const everyone = { namespaces: {} };
  const policy = (name: string, tier: 'Admin' | 'Baseline', priority: number, spec: object): object => ({
    apiVersion: API_VERSION,
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: { tier, priority, ...spec },
  });
  const named = (...names: readonly string[]) => ({
    namespaces: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }] },
  });
  const step = Math.max(1, Math.floor(namespaces.length / ZONES));
  const zones = Array.from({ length: Math.min(ZONES, namespaces.length) }, (_, i) => namespaces.slice(i * step, (i + 1) * step));
  return [
    policy('dns-for-everyone', 'Admin', 10, {
      subject: everyone,
      egress: [
        {
          action: 'Accept',
          to: [everyone],
          protocols: [{ udp: { destinationPort: { number: 53 } } }, { tcp: { destinationPort: { number: 53 } } }],
        },
      ],
    }),
    policy('no-metadata-service', 'Admin', 20, {
      subject: everyone,
      egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
    }),
    ...zones.map((zone, i) =>
      policy(`zone-${i}`, 'Admin', 100 + i, {
        subject: named(...zone),
        ingress: [
          { action: 'Pass', from: [named(...zone)] },
          {
            action: 'Deny',
            from: [named(...zones[(i + 1) % zones.length]!)],
            protocols: [{ tcp: { destinationPort: { range: { start: 1, end: 1023 } } } }],
          },
        ],
      }),
    ),
    policy('private-addresses', 'Baseline', 100, {
      subject: everyone,
      egress: [{ action: 'Deny', to: [{ networks: ['172.16.0.0/12', '192.168.0.0/16'] }] }],
    }),
  ];
}
