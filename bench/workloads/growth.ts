/**
 * The same pods under ever more policies: what a verdict costs must not follow the number of policies. 5,000 pods in 100 namespaces of 10 apps; a policy names one app, and lets in, or out, one to three peers
 * (an app of its own or of another namespace, a block of addresses) at one or two of 60 ports. The policies of a smaller set are the first of a larger one.
 */

import type { NetworkPolicyPeer } from '../../src/model/resource.ts';
import {
  FIRST_POD_ADDRESS,
  ipv4,
  type KubernetesObject,
  NAMESPACE_NAME,
  namespaceObject,
  oneWay,
  podObject,
  policyObject,
  tcp,
} from '../../src/shapes/objects.ts';
import { createRandom, type Random } from '../../src/shapes/random.ts';

const NAMESPACES = 100;
const PODS_PER_NAMESPACE = 50;
const APPS = 10;
const BLOCKS = 500;
const PORTS = 60;
const OWN_NAMESPACE = 0.5;
const BLOCK = 0.2;
const INGRESS = 0.7;

/** @param small a tenth of the namespaces, for runs that only prove that everything works */
export function* growthObjects(policies: number, small: boolean): Generator<KubernetesObject> {
  const namespaces = small ? NAMESPACES / 10 : NAMESPACES;
  for (let i = 0; i < namespaces; i++) yield namespaceObject(`team-${i}`);
  for (let i = 0; i < namespaces * PODS_PER_NAMESPACE; i++) {
    yield podObject({
      namespace: `team-${Math.floor(i / PODS_PER_NAMESPACE)}`,
      name: `pod-${i % PODS_PER_NAMESPACE}`,
      labels: { app: `app-${i % APPS}` },
      addresses: [ipv4(FIRST_POD_ADDRESS, i)],
    });
  }
  const random = createRandom(1);
  for (let i = 0; i < policies; i++) yield policy(i, namespaces, random);
}

function policy(number: number, namespaces: number, random: Random): KubernetesObject {
  const peers = Array.from({ length: 1 + random.int(3) }, () => peer(namespaces, random));
  const ports = Array.from({ length: 1 + random.int(2) }, () => tcp(8000 + random.int(PORTS)));
  const direction = random.chance(INGRESS) ? 'Ingress' : 'Egress';
  const subject = { matchLabels: { app: `app-${random.int(APPS)}` } };
  return policyObject(`team-${random.int(namespaces)}`, `policy-${number}`, oneWay(direction, subject, [{ peers, ports }]));
}

function peer(namespaces: number, random: Random): NetworkPolicyPeer {
  if (random.chance(BLOCK)) return { ipBlock: { cidr: `${ipv4(0xcb000000, random.int(BLOCKS) * 256)}/24` } };
  const podSelector = { matchLabels: { app: `app-${random.int(APPS)}` } };
  if (random.chance(OWN_NAMESPACE / (1 - BLOCK))) return { podSelector };
  return { podSelector, namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: `team-${random.int(namespaces)}` } } };
}
