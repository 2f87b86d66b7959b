/**
 * Flags that several commands have: what is read, and how results are told.
 */
import { Option } from 'commander';
import { EQUAL_PRIORITY_RULES, PROFILE_NAMES } from '../index.ts';
import { choiceFlag, listFlag, textFlag, valueFlag, wholeFlag } from './flags.ts';
import { parseWhole } from './numbers.ts';
import { readSelector } from './scope.ts';

export const INPUT_FILES = 'manifests and snapshots: files, directories (recursive), `-` for stdin; may be repeated';

export function inputFlags(): Option[] {
  return [
    listFlag('-f, --file <path...>', INPUT_FILES),
    textFlag('--tables <file>', 'compiled tables instead of manifests'),
    ...readingFlags(),
  ];
}

/** How manifests are read, and what is made of them. */
export function readingFlags(): Option[] {
  return [
    choiceFlag('--cni <profile>', 'CNI profile: how a data plane reads what the specification leaves open; default spec', PROFILE_NAMES),
    ...policyFlags(),
  ];
}

/** What is made of manifests, whatever the profile. */
export function policyFlags(): Option[] {
  return [
    choiceFlag(
      '--equal-priority <rule>',
      "order of administrators' policies of one priority: undefined (verdicts that depend on it are unknown), name, calico, cilium; default: the profile's",
      EQUAL_PRIORITY_RULES,
    ),
    textFlag('--domain-names <file>', 'addresses of domain names that policies speak of: a mapping from name to list (JSON or YAML)'),
    ...manifestFlags(),
  ];
}

export function manifestFlags(): Option[] {
  return [
    valueFlag(
      '--workload-pods <n>',
      'pods that a workload without pods of its own stands for: 0 to 10,000, or `declared`; default 1',
      workloadPods,
    ),
    new Option('--strict', 'unknown fields are errors in objects of every kind'),
    wholeFlag('--read-timeout <s>', 'seconds that a pipe may bring nothing: 0 (for ever) to 86,400; default 60', { min: 0, max: 86_400 }),
    new Option('--keep-going', 'go on after errors in the input: verdicts that depend on them are unknown'),
  ];
}

/** The namespace of names that are written without one. */
export function namespaceFlag(description = 'namespace of names that are written without one: `web`, `deploy/web`'): Option {
  return textFlag('-n, --namespace <name>', description);
}

/** What a list is about. `podsOfSelector` and `inNamespace` read them. */
export function scopeFlags(): Option[] {
  return [
    namespaceFlag('only rows with an end in this namespace, which names without one are in'),
    new Option('-A, --all-namespaces', 'rows of every namespace, which is the default'),
    valueFlag(
      '-l, --selector <labels>',
      'only rows with an end among pods with these labels: app=web,tier in (a,b),!x,env!=prod',
      readSelector,
    ),
  ];
}

export function outputFlags(): Option[] {
  return [choiceFlag('-o, --output <format>', 'table or json; default table', ['table', 'json']), ...verbosityFlags()];
}

export function verbosityFlags(): Option[] {
  return [
    new Option('-q, --quiet', 'no warnings on stderr, and no progress'),
    new Option('-v, --verbose', 'notes as well, and every diagnostic instead of the first 50 of each kind'),
  ];
}

function workloadPods(text: string, flag: string): number | 'declared' {
  return text === 'declared' ? text : parseWhole(flag, text, { min: 0, max: 10_000 }, ', or `declared`');
}
