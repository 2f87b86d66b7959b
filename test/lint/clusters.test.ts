/**
 * What lint says about the bundled clusters, each finding looked at by hand: every one is true, and what their authors hid in them is found. And about the recipes that everybody learns from: nothing that their author would object to.
 */
import { describe, expect, it } from 'vitest';
import { manifestsFromObjects } from '../../src/input/manifests-from-objects.ts';
import { lint } from '../../src/lint/lint.ts';
import { loadManifests } from '../../src/node.ts';
import { hasCorpus, readSteps } from '../support/corpora.ts';

const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'web-shop': [
    // Staging and the gateway's namespace have no policy for all pods.
    'warning no-default-deny staging',
    'warning no-default-deny ingress',
    // The service that is only planned.
    'warning peer-matches-nothing shop/orders-db spec.ingress[1].from[0]',
    // It may connect to the shop, and cannot ask where that is.
    'warning no-dns ingress/gateway spec.egress',
    'note ingress-only monitoring',
    // The page of the office that is gone.
    'note undeclared-port shop/web spec.ingress[1].ports[0]',
    'note internet-exposure ingress/gateway spec.ingress[0]',
  ],
  'three-tier': [
    'warning no-default-deny sandbox',
    // The backup job that was never deployed.
    'warning peer-matches-nothing bookstore/database spec.ingress[1].from[0]',
    'note ingress-only ingress-nginx',
    'note internet-exposure ingress-nginx/controller spec.ingress[0]',
  ],
  platform: [
    'warning no-default-deny ingress-system',
    'warning no-default-deny sandbox',
    // The wrong label.
    'warning selects-nothing kube-system/metrics-server spec.podSelector',
    'note ingress-only monitoring',
    'note ingress-only globex',
    'note internet-exposure ingress-system/controller-in spec.ingress[0]',
    // The node exporter is on the network of its host.
    'note host-network monitoring/default-deny spec.podSelector',
    'note undeclared-port initech/legacy spec.ingress[1].ports[0]',
  ],
  guardrails: [
    'warning no-default-deny gateway',
    'warning no-default-deny monitoring',
    'note internet-exposure cards/acquirer-link spec.ingress[0]',
  ],
};

describe('bundled clusters', () => {
  for (const [cluster, expected] of Object.entries(FINDINGS)) {
    it(cluster, async () => {
      const { findings } = lint(await loadManifests([`datasets/clusters/${cluster}`]));
      const texts = findings.map(({ severity, rule, object: { namespace, name }, field }) =>
        [severity, rule, namespace === undefined ? name : `${namespace}/${name}`, ...(field === null ? [] : [field])].join(' '),
      );
      expect(texts).toEqual(expected);
    });
  }
});

describe.skipIf(!hasCorpus('recipes'))('recipes', () => {
  it('have no warning but what their steps mean to show, and no default deny where they speak of one application', () => {
    const found = readSteps('recipes').flatMap(({ file, step, objects }) =>
      lint(manifestsFromObjects(objects))
        .findings.filter(({ severity, rule }) => severity !== 'note' && rule !== 'no-default-deny')
        .map(({ rule, object }) => `${file} ${step} ${rule} ${object.name}`),
    );
    expect(found).toEqual([
      // A remark: "from: []" is the same as nothing.
      expect.stringMatching(/^05-\S+ \d empty-peers web-allow-all-namespaces$/),
    ]);
  });
});
