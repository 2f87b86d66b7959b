/**
 * The meaning of fields of Namespace, Pod, Node and Service (pkg/apis/core/validation, the parts that bear on verdicts).
 */
import { isMappedIPv4, parseAddress, parseIPv4 } from '../../lib/ip-address.ts';
import { quote } from '../../lib/quote.ts';
import { NAME_LABEL } from '../../model/object-names.ts';
import type {
  Container,
  ContainerPort,
  Maybe,
  NamespaceObject,
  NodeObject,
  PodObject,
  PodSpec,
  ServiceObject,
} from '../../model/resource.ts';
import { faultOfPortName, faultOfPortNumber } from '../name-syntax.ts';
import type { FieldPath } from '../problem.ts';
import { checkLabels } from './check-metadata.ts';
import { checkEach, type Reporter } from './reporter.ts';

export function checkNamespace({ metadata }: NamespaceObject, report: Reporter): void {
  const { name, labels, deletionTimestamp } = metadata;
  if (labels && Object.hasOwn(labels, NAME_LABEL) && labels[NAME_LABEL] !== name) {
    const message = `found ${quote(labels[NAME_LABEL] ?? '')}, expected ${quote(name)}: the control plane sets this label from the name`;
    report.error('false-name-label', ['metadata', 'labels', NAME_LABEL], message);
  }
  if (deletionTimestamp) {
    const message = 'the namespace is being deleted: its policies may go before its pods do';
    report.warn('terminating-namespace', ['metadata', 'deletionTimestamp'], message);
  }
}

export function checkPod({ spec, status }: PodObject, report: Reporter): void {
  checkPodSpec(spec, report);
  checkPodStatus(status, report);
}

export function checkPodStatus(status: PodObject['status'], report: Reporter): void {
  if (!status || (isOneAddress(status.podIP, status.podIPs) && isOneAddress(status.hostIP, status.hostIPs))) return;
  report.enter('status');
  checkAddress(status.podIP, 'podIP', report);
  checkAddress(status.hostIP, 'hostIP', report);
  checkPodIps(status, report);
  checkEach(status.hostIPs, 'hostIPs', report, checkIpEntry);
  report.leave();
}

/** Nearly every pod: an IPv4 address, written twice. */
function isOneAddress(text: Maybe<string>, entries: Maybe<readonly { readonly ip?: Maybe<string> }[]>): boolean {
  return !!text && entries?.length === 1 && entries[0]!.ip === text && parseIPv4(text) >= 0;
}

function checkIpEntry({ ip }: { readonly ip?: Maybe<string> }, report: Reporter): void {
  checkAddress(ip, 'ip', report);
}

/** At most one address of each family; the first is `podIP`. */
function checkPodIps({ podIP, podIPs }: NonNullable<PodObject['status']>, report: Reporter): void {
  if (podIPs?.length === 1) checkEach(podIPs, 'podIPs', report, checkIpEntry);
  else {
    const seen = { 4: false, 6: false };
    checkEach(podIPs, 'podIPs', report, ({ ip }) => {
      const family = checkAddress(ip, 'ip', report);
      if (family === undefined) return;
      if (seen[family]) {
        report.error('too-many-pod-ips', ['ip'], `${quote(ip)} is a second IPv${family} address, a pod has at most one of each family`);
      }
      seen[family] = true;
    });
  }
  const first = podIPs?.[0]?.ip;
  if (podIP && first !== undefined && first !== podIP) {
    report.error('pod-ip-mismatch', ['podIPs'], `\`podIP\` is ${quote(podIP)}, but the first of \`podIPs\` is ${quote(first)}`);
  }
}

/** `spec` of a pod or of a workload's template, below the reporter's place. */
export function checkPodSpec(spec: Maybe<PodSpec>, report: Reporter): void {
  if (!spec) return;
  report.enter('spec');
  checkEach(spec.containers, 'containers', report, checkContainer);
  checkEach(spec.initContainers, 'initContainers', report, checkContainer);
  report.leave();
}

function checkContainer({ ports }: Container, report: Reporter): void {
  checkEach(ports, 'ports', report, checkContainerPort);
}

function checkContainerPort({ name, containerPort }: ContainerPort, report: Reporter): void {
  reportFault('invalid-port', ['containerPort'], faultOfPortNumber(containerPort), report);
  if (name) reportFault('invalid-port', ['name'], faultOfPortName(name), report);
}

export function checkNode({ status }: NodeObject, report: Reporter): void {
  report.enter('status');
  checkEach(status?.addresses, 'addresses', report, ({ type, address }) => {
    if (type === 'InternalIP' || type === 'ExternalIP') checkAddress(address, 'address', report);
  });
  report.leave();
}

export function checkService({ spec, status }: ServiceObject, report: Reporter): void {
  report.enter('spec');
  checkServiceAddress(spec?.clusterIP, 'clusterIP', report);
  checkEach(spec?.clusterIPs, 'clusterIPs', report, (ip) => checkServiceAddress(ip, undefined, report));
  checkEach(spec?.externalIPs, 'externalIPs', report, (ip) => checkServiceAddress(ip, undefined, report));
  checkLabels(spec?.selector, 'selector', report);
  checkEach(spec?.ports, 'ports', report, ({ port, targetPort }) => {
    reportFault('invalid-port', ['port'], faultOfPortNumber(port), report);
    // 0 and the empty text stand for "the same as port".
    if (targetPort) {
      const fault = typeof targetPort === 'string' ? faultOfPortName(targetPort) : faultOfPortNumber(targetPort);
      reportFault('invalid-port', ['targetPort'], fault, report);
    }
  });
  report.leave();
  report.enter('status');
  report.enter('loadBalancer');
  checkEach(status?.loadBalancer?.ingress, 'ingress', report, ({ ip }) => checkAddress(ip, 'ip', report));
  report.leave();
  report.leave();
}

/** `None` is a headless Service. */
function checkServiceAddress(text: Maybe<string>, field: string | undefined, report: Reporter): void {
  if (text !== 'None') checkAddress(text, field, report);
}

/** The family. Absent and empty are "none yet". */
function checkAddress(text: Maybe<string>, field: string | undefined, report: Reporter): 4 | 6 | undefined {
  if (!text) return undefined;
  if (parseIPv4(text) >= 0) return 4;
  const address = parseAddress(text);
  if (address !== undefined && !isMappedIPv4(address)) return address.family;
  const expected = address === undefined ? 'expected an IP address' : 'an IPv4 address written as IPv6; expected the IPv4 form';
  report.error('invalid-address', field === undefined ? [] : [field], `found ${quote(text)}, ${expected}`);
  return undefined;
}

function reportFault(code: string, field: FieldPath, fault: string | undefined, report: Reporter): void {
  if (fault !== undefined) report.error(code, field, fault);
}
