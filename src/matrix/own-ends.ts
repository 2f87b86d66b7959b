/**
 * Ends that comparison may decide about: the same pod, a pod and its own node. Rows of their classes do not hold for them.
 */
import { append } from '../lib/append.ts';
import { ENDPOINT_PREFIX } from '../tables/layout.ts';
import type { Columns } from '../tables/rule-tables.ts';

export class OwnEnds {
  private readonly columns: Columns;
  private readonly bySelf = new Map<number, number[]>();
  private readonly byHost = new Map<number, number[]>();

  constructor(columns: Columns, isWanted: (endpoint: number) => boolean) {
    this.columns = columns;
    const { endpointSelf, endpointHost, endpointKind } = columns;
    for (let endpoint = 0; endpoint < endpointSelf.length; endpoint++) {
      if (endpointKind[endpoint] === ENDPOINT_PREFIX || !isWanted(endpoint)) continue;
      append(this.bySelf, endpointSelf[endpoint]!, endpoint);
      append(this.byHost, endpointHost[endpoint]!, endpoint);
    }
  }

  /** Those that comparison may decide about, each once. */
  of(endpoint: number): Set<number> {
    const { endpointSelf, endpointHost } = this.columns;
    const [self, host] = [endpointSelf[endpoint]!, endpointHost[endpoint]!];
    return new Set([...(this.bySelf.get(self) ?? []), ...(this.bySelf.get(host) ?? []), ...(this.byHost.get(self) ?? [])]);
  }
}
