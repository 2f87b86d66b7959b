/**
 * netpolsim: verdicts and reasons from Kubernetes network policies. Every public name that runs anywhere; what needs Node is in `netpolsim/node`.
 */
export { EQUAL_PRIORITY_RULES, PROFILE_NAMES, profileOf } from './cni/check-profile.ts';
export { spec } from './cni/spec.ts';
export { type ComplianceOptions, complianceReport } from './compliance/compliance.ts';
export type { CheckId, ControlId } from './compliance/controls.ts';
export { ComplianceZoneError, parseComplianceZone } from './compliance/parse-zone.ts';
export type {
  CheckResult,
  ComplianceFinding,
  ComplianceReport,
  ComplianceStatus,
  ControlResult,
  PathResult,
  PolicyEvidence,
  ZoneConnections,
  ZoneEnds,
} from './compliance/report.ts';
export type { ComplianceZone, ListedPath } from './compliance/zone.ts';
export { type DiffLimits, type DiffOptions, reachabilityDiff } from './diff/diff.ts';
export type { DiffSide } from './diff/doubts.ts';
export type {
  DiffCause,
  DiffChange,
  DiffEffect,
  DiffEnds,
  DiffNotice,
  DiffPairs,
  DiffReason,
  DiffRow,
  DiffVerdict,
  PlacedPolicy,
  ReachabilityDiff,
  ServiceChanges,
} from './diff/report.ts';
export { type CompileOptions, compile, type Engine, type EngineSource, engineFromTables } from './engine/engine.ts';
export { type AddressLookup, createIPv4Lookup, createIPv6Lookup } from './evaluate/address-lookup.ts';
export { createDecisionKernel, type DecisionColumns, type DecisionKernel } from './evaluate/decision-kernel.ts';
export { Directory, type ResolvedEnd } from './evaluate/directory.ts';
export { createKernel, type Kernel } from './evaluate/kernel.ts';
export { TableNames } from './evaluate/names.ts';
export type { Deciding } from './expectations/deciding.ts';
export { DocumentError } from './expectations/document-error.ts';
export type { Counterexample } from './expectations/judge-pairs.ts';
export { matchesText } from './expectations/path-pattern.ts';
export { parseReachabilityTest, ReachabilityTestError, type TestReadOptions } from './expectations/read-test.ts';
export {
  type CaseResult,
  type CaseStatus,
  type LimitResult,
  type ReachabilityTestReport,
  reachabilityTestReport,
  type TestedFile,
} from './expectations/report.ts';
export type { Because, ReachabilityTest, TestCase, TestEnd, TestPort } from './expectations/test-case.ts';
export { type TestOptions, testReachability } from './expectations/test-reachability.ts';
export { type ExposureOptions, exposureMatrix } from './exposure/exposure.ts';
export { encodeFlows } from './flows/encode-flows.ts';
export { type MixEntry, parseTrafficMix, type TrafficMix, TrafficMixError } from './flows/mix.ts';
export { applyChanges, type ManifestChanges } from './input/changes.ts';
export { choosePods, type PodChoice } from './input/choose-pods.ts';
export type { InputOptions } from './input/input-options.ts';
export { type LabelQuery, LabelQueryError, type LabelTerm, matchesLabelQuery, parseLabelQuery } from './input/label-query.ts';
export { INCOMPLETE_INPUT_CODES } from './input/limits.ts';
export { manifestsFromObjects } from './input/manifests-from-objects.ts';
export { parseManifests } from './input/parse-manifests.ts';
export { parsePlainYaml as parseYaml } from './input/plain-yaml.ts';
export { decodeSnapshot } from './input/snapshot/decode-snapshot.ts';
export { encodeSnapshot } from './input/snapshot/encode-snapshot.ts';
export { type CheckedCluster, checkInvariants, type InvariantOptions } from './invariants/check-invariants.ts';
export type { FuzzCounterexample, FuzzedInvariant, FuzzReport } from './invariants/fuzz-report.ts';
export type {
  BrokenFlow,
  FlowInvariant,
  Invariant,
  InvariantJudgement,
  InvariantStatus,
  UnchangedInvariant,
} from './invariants/invariant.ts';
export { InvariantsError, type InvariantsFile, parseInvariants, type UnreadUnchanged } from './invariants/read-invariants.ts';
export { always, never, type StatedEnd, type StatedHead, type StatedPorts, unchanged } from './invariants/state-invariants.ts';
export { withPolicies } from './invariants/with-policies.ts';
export { LinearMemory, NoLinearMemory } from './lib/linear-memory.ts';
export { nearest } from './lib/nearest.ts';
export { escapeControls } from './lib/quote.ts';
export { ADOPTED_CODES } from './lint/adopted.ts';
export {
  LINT_SEVERITIES,
  type LintFinding,
  type LintReport,
  type LintRule,
  type LintSeverity,
  type RelatedPlace,
  type Suppression,
  type Unchecked,
} from './lint/finding.ts';
export { type LintOptions, lint, SYSTEM_NAMESPACES } from './lint/lint.ts';
export { LINT_RULES } from './lint/registry.ts';
export {
  type AddressRange,
  type ChosenPods,
  type FuturePods,
  type LabelRequirement,
  type MatrixEnd,
  type MatrixOptions,
  type MatrixRow,
  type MixedSpan,
  type NamedSpan,
  type PodCondition,
  type PodGranularity,
  type PortSpan,
  type PortVerdicts,
  type ReachabilityMatrix,
  reachabilityMatrix,
} from './matrix/matrix.ts';
export type { Decision, DefaultReason, DirectionDecision, RuleReason, UnknownCause, Verdict } from './model/decision.ts';
export type { Diagnostic, Severity } from './model/diagnostic.ts';
export { type DomainNameTable, DomainNameTableError } from './model/domain-names.ts';
export type { FlowEnd, FlowQuery } from './model/flow.ts';
export type { ObjectRef, Origin } from './model/origin.ts';
export type { CniProfile } from './model/profile.ts';
export { type Direction, PROTOCOLS, type Protocol } from './model/protocol.ts';
export type { Manifests } from './model/resource.ts';
export { applyMutations } from './neighbours/apply-mutations.ts';
export { DEFAULT_MUTATIONS, MUTATION_KINDS, type Mutation, type MutationKind, type Neighbour } from './neighbours/mutation.ts';
export { writtenObjects } from './neighbours/written-objects.ts';
export { type PortabilityLimits, type PortabilityOptions, portability } from './portability/portability.ts';
export type {
  CausePlace,
  Caveat,
  ChangedConnections,
  CniPortability,
  Effect,
  PortabilityFinding,
  PortabilityReport,
  PortRange,
  SwitchChange,
  SwitchName,
  UnenforcedPolicy,
} from './portability/report.ts';
export { compareReach, type PortChange, type ReachComparison, type ReachDifference, type ReachLimits } from './reach/compare-reach.ts';
export { type Coarsest, type EndGroup, RollUp } from './reach/roll-up.ts';
export { type CompileResult, compileDocument, formatCompilation } from './report/compile-report.ts';
export { type ComplianceDocument, complianceDocument, formatCompliance, worstStatus } from './report/compliance.ts';
export { formatComplianceMarkdown } from './report/compliance-markdown.ts';
export { formatReachability, type ReachabilityResult, reachabilityDocument } from './report/decision.ts';
export { formatDiagnostics } from './report/diagnostics.ts';
export { DIFF_FORMATS, type DiffDocument, type DiffFormat, type DiffSummary, diffDocument, formatDiff } from './report/diff.ts';
export { counterexamplePage, type FuzzDocument, formatFuzz, fuzzDocument } from './report/fuzz.ts';
export { canReachArguments } from './report/fuzz-words.ts';
export { type GitHubOptions, MOST_SUMMARY_BYTES } from './report/github.ts';
export { inspectTables, type TableInspection } from './report/inspection.ts';
export { formatInspection, inspectDocument } from './report/inspection-report.ts';
export { formatJson } from './report/json.ts';
export { formatLint, type LintDocument, lintDocument } from './report/lint-document.ts';
export { formatLintGitHub, formatLintSummary } from './report/lint-github.ts';
export { formatLintSarif } from './report/lint-sarif.ts';
export { formatMatrix, MATRIX_FORMATS, type MatrixDocument, type MatrixFormat, type MatrixRowDocument } from './report/matrix.ts';
export {
  formatNamedReachability,
  type NamedReachabilityDocument,
  type NamedResult,
  namedReachabilityDocument,
} from './report/named-reachability.ts';
export { formatBytes, formatCount, formatRounded } from './report/numbers.ts';
export type { Paint } from './report/paint.ts';
export { policyPlaces } from './report/policy-places.ts';
export { formatPortability, type PortabilityDocument, portabilityDocument } from './report/portability.ts';
export { formatPortabilityMarkdown } from './report/portability-markdown.ts';
export type { SarifOptions } from './report/sarif.ts';
export { type Answer, rollOut } from './report/scale-answer.ts';
export { scaleDocument } from './report/scale-document.ts';
export { plotScale } from './report/scale-plot.ts';
export { formatScale, formatScaleMarkdown } from './report/scale-text.ts';
export {
  formatGeneration,
  formatShapeList,
  type GenerateResult,
  generateDocument,
  type ListedShape,
  shapeListDocument,
} from './report/shapes.ts';
export { formatSimulation, simulationDocument } from './report/simulation.ts';
export { formatSnapshot, type SnapshotResult, snapshotDocument } from './report/snapshot-report.ts';
export { formatReachabilityTest, type ReachabilityTestDocument, reachabilityTestDocument } from './report/test-document.ts';
export { formatGitHub, formatTestSummary } from './report/test-github.ts';
export { formatJUnit } from './report/test-junit.ts';
export { formatSarif } from './report/test-sarif.ts';
export {
  formatTroubleshooting,
  type TroubleshootingDocument,
  type TroubleshootingResult,
  troubleshootingDocument,
} from './report/troubleshooting.ts';
export { formatKinds, summariseInput } from './report/written.ts';
export type { ScaleReport } from './scale/report.ts';
export { canReachNamed, type NamedOptions } from './services/can-reach-named.ts';
export { endOf } from './services/meant-flows.ts';
export { type NamedEnd, readNamedEnd, type ServiceReference } from './services/named-end.ts';
export type { MeantEnd, NamedFlow, NamedQuery, NamedReachability, NamedVerdict } from './services/named-reachability.ts';
export { type Backend, type ResolvedService, resolveService } from './services/resolve-service.ts';
export type { ServicePort } from './services/service-ports.ts';
export {
  CLUSTER_ENDINGS,
  type ClusterFormat,
  clusterFormatOf,
  encodeCluster,
  encodeFolder,
  encodeUpdates,
  type FolderPiece,
} from './shapes/encode.ts';
export type { ShapeUpdate, Sizes as ShapeSizes } from './shapes/generator.ts';
export type { KubernetesObject } from './shapes/objects.ts';
export { parseShape, type Shape, ShapeError, type ShapeOptions, shapeObjects, shapeUpdates } from './shapes/shape.ts';
export { reproduciblePart, type SimulationReport } from './simulate/report.ts';
export { createFlowBatch, type FlowBatch } from './tables/flow-batch.ts';
export { RuleTables, TableFormatError } from './tables/rule-tables.ts';
export { type TroubleshootOptions, troubleshoot } from './troubleshoot/troubleshoot.ts';
export type {
  EditCode,
  Step,
  StepDetail,
  StepOutcome,
  StepTopic,
  Suggestion,
  Troubleshooting,
  WalkOutcome,
} from './troubleshoot/troubleshooting.ts';
export { decodeFlowBatch, encodeFlowBatch, type JudgedFlowBatch } from './wire/flow.ts';
export { decodeTables, encodeTables } from './wire/tables.ts';
export { WireFormatError } from './wire/wire-error.ts';
