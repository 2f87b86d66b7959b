// Generated from proto/netpolsim/v1 by `npm run wire:generate`: do not edit.
import type * as $protobuf from "protobufjs/minimal.js";

export declare namespace netpolsim {

    namespace v1 {

        enum Protocol {
            PROTOCOL_UNSPECIFIED = 0,
            PROTOCOL_TCP = 1,
            PROTOCOL_UDP = 2,
            PROTOCOL_SCTP = 3
        }

        interface IOrigin extends netpolsim.v1.Origin.$Properties {
        }

        class Origin {
            constructor(properties?: netpolsim.v1.Origin.$Properties);
            $unknowns?: Uint8Array[];
            file?: (number|null);
            line?: (number|null);
            column?: (number|null);
            static create(properties: netpolsim.v1.Origin.$Shape): netpolsim.v1.Origin & netpolsim.v1.Origin.$Shape;
            static create(properties?: netpolsim.v1.Origin.$Properties): netpolsim.v1.Origin;
            static encode(message: netpolsim.v1.Origin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Origin & netpolsim.v1.Origin.$Shape;
        }

        namespace Origin {
            interface $Properties {
                file?: (number|null);
                line?: (number|null);
                column?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Origin.$Properties;
        }

        interface ILabelSet extends netpolsim.v1.LabelSet.$Properties {
        }

        class LabelSet {
            constructor(properties?: netpolsim.v1.LabelSet.$Properties);
            $unknowns?: Uint8Array[];
            pairs: number[];
            static create(properties: netpolsim.v1.LabelSet.$Shape): netpolsim.v1.LabelSet & netpolsim.v1.LabelSet.$Shape;
            static create(properties?: netpolsim.v1.LabelSet.$Properties): netpolsim.v1.LabelSet;
            static encode(message: netpolsim.v1.LabelSet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.LabelSet & netpolsim.v1.LabelSet.$Shape;
        }

        namespace LabelSet {
            interface $Properties {
                pairs?: (number[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.LabelSet.$Properties;
        }

        interface INamespace extends netpolsim.v1.Namespace.$Properties {
        }

        class Namespace {
            constructor(properties?: netpolsim.v1.Namespace.$Properties);
            $unknowns?: Uint8Array[];
            name?: (number|null);
            labelSet?: (number|null);
            static create(properties: netpolsim.v1.Namespace.$Shape): netpolsim.v1.Namespace & netpolsim.v1.Namespace.$Shape;
            static create(properties?: netpolsim.v1.Namespace.$Properties): netpolsim.v1.Namespace;
            static encode(message: netpolsim.v1.Namespace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Namespace & netpolsim.v1.Namespace.$Shape;
        }

        namespace Namespace {
            interface $Properties {
                name?: (number|null);
                labelSet?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Namespace.$Properties;
        }

        interface INamedPort extends netpolsim.v1.NamedPort.$Properties {
        }

        class NamedPort {
            constructor(properties?: netpolsim.v1.NamedPort.$Properties);
            $unknowns?: Uint8Array[];
            name?: (number|null);
            port?: (number|null);
            protocol: netpolsim.v1.Protocol;
            static create(properties: netpolsim.v1.NamedPort.$Shape): netpolsim.v1.NamedPort & netpolsim.v1.NamedPort.$Shape;
            static create(properties?: netpolsim.v1.NamedPort.$Properties): netpolsim.v1.NamedPort;
            static encode(message: netpolsim.v1.NamedPort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.NamedPort & netpolsim.v1.NamedPort.$Shape;
        }

        namespace NamedPort {
            interface $Properties {
                name?: (number|null);
                port?: (number|null);
                protocol?: (netpolsim.v1.Protocol|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.NamedPort.$Properties;
        }

        interface IWorkload extends netpolsim.v1.Workload.$Properties {
        }

        class Workload {
            constructor(properties?: netpolsim.v1.Workload.$Properties);
            $unknowns?: Uint8Array[];
            kind?: (number|null);
            name?: (number|null);
            static create(properties: netpolsim.v1.Workload.$Shape): netpolsim.v1.Workload & netpolsim.v1.Workload.$Shape;
            static create(properties?: netpolsim.v1.Workload.$Properties): netpolsim.v1.Workload;
            static encode(message: netpolsim.v1.Workload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Workload & netpolsim.v1.Workload.$Shape;
        }

        namespace Workload {
            interface $Properties {
                kind?: (number|null);
                name?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Workload.$Properties;
        }

        interface IPod extends netpolsim.v1.Pod.$Properties {
        }

        class Pod {
            constructor(properties?: netpolsim.v1.Pod.$Properties);
            $unknowns?: Uint8Array[];
            namespace?: (number|null);
            name?: (number|null);
            labelSet?: (number|null);
            ips: Uint8Array[];
            namedPorts: netpolsim.v1.NamedPort.$Properties[];
            hostNetwork?: (boolean|null);
            node?: (number|null);
            workload?: (netpolsim.v1.Workload.$Properties|null);
            origin?: (netpolsim.v1.Origin.$Properties|null);
            static create(properties: netpolsim.v1.Pod.$Shape): netpolsim.v1.Pod & netpolsim.v1.Pod.$Shape;
            static create(properties?: netpolsim.v1.Pod.$Properties): netpolsim.v1.Pod;
            static encode(message: netpolsim.v1.Pod.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Pod & netpolsim.v1.Pod.$Shape;
        }

        namespace Pod {
            interface $Properties {
                namespace?: (number|null);
                name?: (number|null);
                labelSet?: (number|null);
                ips?: (Uint8Array[]|null);
                namedPorts?: (netpolsim.v1.NamedPort.$Properties[]|null);
                hostNetwork?: (boolean|null);
                node?: (number|null);
                workload?: (netpolsim.v1.Workload.$Properties|null);
                origin?: (netpolsim.v1.Origin.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Pod.$Properties;
        }

        interface INode extends netpolsim.v1.Node.$Properties {
        }

        class Node {
            constructor(properties?: netpolsim.v1.Node.$Properties);
            $unknowns?: Uint8Array[];
            name?: (number|null);
            ips: Uint8Array[];
            labelSet?: (number|null);
            static create(properties: netpolsim.v1.Node.$Shape): netpolsim.v1.Node & netpolsim.v1.Node.$Shape;
            static create(properties?: netpolsim.v1.Node.$Properties): netpolsim.v1.Node;
            static encode(message: netpolsim.v1.Node.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Node & netpolsim.v1.Node.$Shape;
        }

        namespace Node {
            interface $Properties {
                name?: (number|null);
                ips?: (Uint8Array[]|null);
                labelSet?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Node.$Properties;
        }

        interface IServiceAddress extends netpolsim.v1.ServiceAddress.$Properties {
        }

        class ServiceAddress {
            constructor(properties?: netpolsim.v1.ServiceAddress.$Properties);
            $unknowns?: Uint8Array[];
            namespace?: (number|null);
            name?: (number|null);
            ip?: (Uint8Array|null);
            static create(properties: netpolsim.v1.ServiceAddress.$Shape): netpolsim.v1.ServiceAddress & netpolsim.v1.ServiceAddress.$Shape;
            static create(properties?: netpolsim.v1.ServiceAddress.$Properties): netpolsim.v1.ServiceAddress;
            static encode(message: netpolsim.v1.ServiceAddress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.ServiceAddress & netpolsim.v1.ServiceAddress.$Shape;
        }

        namespace ServiceAddress {
            interface $Properties {
                namespace?: (number|null);
                name?: (number|null);
                ip?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.ServiceAddress.$Properties;
        }

        interface IUnreadableAddress extends netpolsim.v1.UnreadableAddress.$Properties {
        }

        class UnreadableAddress {
            constructor(properties?: netpolsim.v1.UnreadableAddress.$Properties);
            $unknowns?: Uint8Array[];
            kind?: (number|null);
            namespace?: (number|null);
            name?: (number|null);
            ip?: (Uint8Array|null);
            static create(properties: netpolsim.v1.UnreadableAddress.$Shape): netpolsim.v1.UnreadableAddress & netpolsim.v1.UnreadableAddress.$Shape;
            static create(properties?: netpolsim.v1.UnreadableAddress.$Properties): netpolsim.v1.UnreadableAddress;
            static encode(message: netpolsim.v1.UnreadableAddress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.UnreadableAddress & netpolsim.v1.UnreadableAddress.$Shape;
        }

        namespace UnreadableAddress {
            interface $Properties {
                kind?: (number|null);
                namespace?: (number|null);
                name?: (number|null);
                ip?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.UnreadableAddress.$Properties;
        }

        interface ICluster extends netpolsim.v1.Cluster.$Properties {
        }

        class Cluster {
            constructor(properties?: netpolsim.v1.Cluster.$Properties);
            $unknowns?: Uint8Array[];
            formatVersion: number;
            strings: string[];
            labelSets: netpolsim.v1.LabelSet.$Properties[];
            namespaces: netpolsim.v1.Namespace.$Properties[];
            pods: netpolsim.v1.Pod.$Properties[];
            nodes: netpolsim.v1.Node.$Properties[];
            serviceAddresses: netpolsim.v1.ServiceAddress.$Properties[];
            unreadableAddresses: netpolsim.v1.UnreadableAddress.$Properties[];
            static create(properties: netpolsim.v1.Cluster.$Shape): netpolsim.v1.Cluster & netpolsim.v1.Cluster.$Shape;
            static create(properties?: netpolsim.v1.Cluster.$Properties): netpolsim.v1.Cluster;
            static encode(message: netpolsim.v1.Cluster.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Cluster & netpolsim.v1.Cluster.$Shape;
        }

        namespace Cluster {
            interface $Properties {
                formatVersion?: (number|null);
                strings?: (string[]|null);
                labelSets?: (netpolsim.v1.LabelSet.$Properties[]|null);
                namespaces?: (netpolsim.v1.Namespace.$Properties[]|null);
                pods?: (netpolsim.v1.Pod.$Properties[]|null);
                nodes?: (netpolsim.v1.Node.$Properties[]|null);
                serviceAddresses?: (netpolsim.v1.ServiceAddress.$Properties[]|null);
                unreadableAddresses?: (netpolsim.v1.UnreadableAddress.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Cluster.$Properties;
        }

        enum Action {
            ACTION_UNSPECIFIED = 0,
            ACTION_ALLOW = 1,
            ACTION_DENY = 2,
            ACTION_PASS = 3,
            ACTION_LOG = 4,
            ACTION_UNKNOWN = 5
        }

        enum Direction {
            DIRECTION_UNSPECIFIED = 0,
            DIRECTION_INGRESS = 1,
            DIRECTION_EGRESS = 2
        }

        enum TierMatch {
            TIER_MATCH_UNSPECIFIED = 0,
            TIER_MATCH_FIRST = 1,
            TIER_MATCH_ALL = 2
        }

        enum UnmatchedVerdict {
            UNMATCHED_VERDICT_UNSPECIFIED = 0,
            UNMATCHED_VERDICT_ALLOW = 1,
            UNMATCHED_VERDICT_DENY = 2
        }

        enum Operator {
            OPERATOR_UNSPECIFIED = 0,
            OPERATOR_IN = 1,
            OPERATOR_NOT_IN = 2,
            OPERATOR_EXISTS = 3,
            OPERATOR_DOES_NOT_EXIST = 4
        }

        interface IAny extends netpolsim.v1.Any.$Properties {
        }

        class Any {
            constructor(properties?: netpolsim.v1.Any.$Properties);
            $unknowns?: Uint8Array[];
            static create(properties: netpolsim.v1.Any.$Shape): netpolsim.v1.Any & netpolsim.v1.Any.$Shape;
            static create(properties?: netpolsim.v1.Any.$Properties): netpolsim.v1.Any;
            static encode(message: netpolsim.v1.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Any & netpolsim.v1.Any.$Shape;
        }

        namespace Any {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Any.$Properties;
        }

        interface IRequirement extends netpolsim.v1.Requirement.$Properties {
        }

        class Requirement {
            constructor(properties?: netpolsim.v1.Requirement.$Properties);
            $unknowns?: Uint8Array[];
            key?: (number|null);
            operator: netpolsim.v1.Operator;
            values: number[];
            static create(properties: netpolsim.v1.Requirement.$Shape): netpolsim.v1.Requirement & netpolsim.v1.Requirement.$Shape;
            static create(properties?: netpolsim.v1.Requirement.$Properties): netpolsim.v1.Requirement;
            static encode(message: netpolsim.v1.Requirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Requirement & netpolsim.v1.Requirement.$Shape;
        }

        namespace Requirement {
            interface $Properties {
                key?: (number|null);
                operator?: (netpolsim.v1.Operator|null);
                values?: (number[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Requirement.$Properties;
        }

        interface ISelector extends netpolsim.v1.Selector.$Properties {
        }

        class Selector {
            constructor(properties?: netpolsim.v1.Selector.$Properties);
            $unknowns?: Uint8Array[];
            requirements: netpolsim.v1.Requirement.$Properties[];
            static create(properties: netpolsim.v1.Selector.$Shape): netpolsim.v1.Selector & netpolsim.v1.Selector.$Shape;
            static create(properties?: netpolsim.v1.Selector.$Properties): netpolsim.v1.Selector;
            static encode(message: netpolsim.v1.Selector.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Selector & netpolsim.v1.Selector.$Shape;
        }

        namespace Selector {
            interface $Properties {
                requirements?: (netpolsim.v1.Requirement.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Selector.$Properties;
        }

        interface IPodMatch extends netpolsim.v1.PodMatch.$Properties {
        }

        class PodMatch {
            constructor(properties?: netpolsim.v1.PodMatch.$Properties);
            $unknowns?: Uint8Array[];
            namespace?: (number|null);
            namespaceSelector?: (netpolsim.v1.Selector.$Properties|null);
            pods?: (netpolsim.v1.Selector.$Properties|null);
            namespaces?: ("namespace"|"namespaceSelector");
            static create(properties: netpolsim.v1.PodMatch.$Shape): netpolsim.v1.PodMatch & netpolsim.v1.PodMatch.$Shape;
            static create(properties?: netpolsim.v1.PodMatch.$Properties): netpolsim.v1.PodMatch;
            static encode(message: netpolsim.v1.PodMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PodMatch & netpolsim.v1.PodMatch.$Shape;
        }

        namespace PodMatch {
            interface $Properties {
                namespace?: (number|null);
                namespaceSelector?: (netpolsim.v1.Selector.$Properties|null);
                pods?: (netpolsim.v1.Selector.$Properties|null);
                namespaces?: ("namespace"|"namespaceSelector");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              namespace?: number|null;
              namespaceSelector?: netpolsim.v1.Selector.$Shape|null;
              pods?: netpolsim.v1.Selector.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ namespaces?: undefined; namespace?: null; namespaceSelector?: null }|{ namespaces?: "namespace"; namespace: number; namespaceSelector?: null }|{ namespaces?: "namespaceSelector"; namespace?: null; namespaceSelector: netpolsim.v1.Selector.$Shape })
            );
        }

        interface IIpPrefix extends netpolsim.v1.IpPrefix.$Properties {
        }

        class IpPrefix {
            constructor(properties?: netpolsim.v1.IpPrefix.$Properties);
            $unknowns?: Uint8Array[];
            address?: (Uint8Array|null);
            length?: (number|null);
            static create(properties: netpolsim.v1.IpPrefix.$Shape): netpolsim.v1.IpPrefix & netpolsim.v1.IpPrefix.$Shape;
            static create(properties?: netpolsim.v1.IpPrefix.$Properties): netpolsim.v1.IpPrefix;
            static encode(message: netpolsim.v1.IpPrefix.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.IpPrefix & netpolsim.v1.IpPrefix.$Shape;
        }

        namespace IpPrefix {
            interface $Properties {
                address?: (Uint8Array|null);
                length?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.IpPrefix.$Properties;
        }

        interface IIpBlock extends netpolsim.v1.IpBlock.$Properties {
        }

        class IpBlock {
            constructor(properties?: netpolsim.v1.IpBlock.$Properties);
            $unknowns?: Uint8Array[];
            cidr?: (netpolsim.v1.IpPrefix.$Properties|null);
            except: netpolsim.v1.IpPrefix.$Properties[];
            static create(properties: netpolsim.v1.IpBlock.$Shape): netpolsim.v1.IpBlock & netpolsim.v1.IpBlock.$Shape;
            static create(properties?: netpolsim.v1.IpBlock.$Properties): netpolsim.v1.IpBlock;
            static encode(message: netpolsim.v1.IpBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.IpBlock & netpolsim.v1.IpBlock.$Shape;
        }

        namespace IpBlock {
            interface $Properties {
                cidr?: (netpolsim.v1.IpPrefix.$Properties|null);
                except?: (netpolsim.v1.IpPrefix.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.IpBlock.$Properties;
        }

        interface INetworks extends netpolsim.v1.Networks.$Properties {
        }

        class Networks {
            constructor(properties?: netpolsim.v1.Networks.$Properties);
            $unknowns?: Uint8Array[];
            cidrs: netpolsim.v1.IpPrefix.$Properties[];
            static create(properties: netpolsim.v1.Networks.$Shape): netpolsim.v1.Networks & netpolsim.v1.Networks.$Shape;
            static create(properties?: netpolsim.v1.Networks.$Properties): netpolsim.v1.Networks;
            static encode(message: netpolsim.v1.Networks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Networks & netpolsim.v1.Networks.$Shape;
        }

        namespace Networks {
            interface $Properties {
                cidrs?: (netpolsim.v1.IpPrefix.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Networks.$Properties;
        }

        interface INodeMatch extends netpolsim.v1.NodeMatch.$Properties {
        }

        class NodeMatch {
            constructor(properties?: netpolsim.v1.NodeMatch.$Properties);
            $unknowns?: Uint8Array[];
            nodes?: (netpolsim.v1.Selector.$Properties|null);
            static create(properties: netpolsim.v1.NodeMatch.$Shape): netpolsim.v1.NodeMatch & netpolsim.v1.NodeMatch.$Shape;
            static create(properties?: netpolsim.v1.NodeMatch.$Properties): netpolsim.v1.NodeMatch;
            static encode(message: netpolsim.v1.NodeMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.NodeMatch & netpolsim.v1.NodeMatch.$Shape;
        }

        namespace NodeMatch {
            interface $Properties {
                nodes?: (netpolsim.v1.Selector.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.NodeMatch.$Properties;
        }

        interface IDomainNames extends netpolsim.v1.DomainNames.$Properties {
        }

        class DomainNames {
            constructor(properties?: netpolsim.v1.DomainNames.$Properties);
            $unknowns?: Uint8Array[];
            known: netpolsim.v1.IpPrefix.$Properties[];
            names: number[];
            static create(properties: netpolsim.v1.DomainNames.$Shape): netpolsim.v1.DomainNames & netpolsim.v1.DomainNames.$Shape;
            static create(properties?: netpolsim.v1.DomainNames.$Properties): netpolsim.v1.DomainNames;
            static encode(message: netpolsim.v1.DomainNames.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.DomainNames & netpolsim.v1.DomainNames.$Shape;
        }

        namespace DomainNames {
            interface $Properties {
                known?: (netpolsim.v1.IpPrefix.$Properties[]|null);
                names?: (number[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.DomainNames.$Properties;
        }

        interface IPeer extends netpolsim.v1.Peer.$Properties {
        }

        class Peer {
            constructor(properties?: netpolsim.v1.Peer.$Properties);
            $unknowns?: Uint8Array[];
            pods?: (netpolsim.v1.PodMatch.$Properties|null);
            ipBlock?: (netpolsim.v1.IpBlock.$Properties|null);
            networks?: (netpolsim.v1.Networks.$Properties|null);
            nodes?: (netpolsim.v1.NodeMatch.$Properties|null);
            domainNames?: (netpolsim.v1.DomainNames.$Properties|null);
            match?: ("pods"|"ipBlock"|"networks"|"nodes"|"domainNames");
            static create(properties: netpolsim.v1.Peer.$Shape): netpolsim.v1.Peer & netpolsim.v1.Peer.$Shape;
            static create(properties?: netpolsim.v1.Peer.$Properties): netpolsim.v1.Peer;
            static encode(message: netpolsim.v1.Peer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Peer & netpolsim.v1.Peer.$Shape;
        }

        namespace Peer {
            interface $Properties {
                pods?: (netpolsim.v1.PodMatch.$Properties|null);
                ipBlock?: (netpolsim.v1.IpBlock.$Properties|null);
                networks?: (netpolsim.v1.Networks.$Properties|null);
                nodes?: (netpolsim.v1.NodeMatch.$Properties|null);
                domainNames?: (netpolsim.v1.DomainNames.$Properties|null);
                match?: ("pods"|"ipBlock"|"networks"|"nodes"|"domainNames");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              pods?: netpolsim.v1.PodMatch.$Shape|null;
              ipBlock?: netpolsim.v1.IpBlock.$Shape|null;
              networks?: netpolsim.v1.Networks.$Shape|null;
              nodes?: netpolsim.v1.NodeMatch.$Shape|null;
              domainNames?: netpolsim.v1.DomainNames.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ match?: undefined; pods?: null; ipBlock?: null; networks?: null; nodes?: null; domainNames?: null }|{ match?: "pods"; pods: netpolsim.v1.PodMatch.$Shape; ipBlock?: null; networks?: null; nodes?: null; domainNames?: null }|{ match?: "ipBlock"; pods?: null; ipBlock: netpolsim.v1.IpBlock.$Shape; networks?: null; nodes?: null; domainNames?: null }|{ match?: "networks"; pods?: null; ipBlock?: null; networks: netpolsim.v1.Networks.$Shape; nodes?: null; domainNames?: null }|{ match?: "nodes"; pods?: null; ipBlock?: null; networks?: null; nodes: netpolsim.v1.NodeMatch.$Shape; domainNames?: null }|{ match?: "domainNames"; pods?: null; ipBlock?: null; networks?: null; nodes?: null; domainNames: netpolsim.v1.DomainNames.$Shape })
            );
        }

        interface IPeerList extends netpolsim.v1.PeerList.$Properties {
        }

        class PeerList {
            constructor(properties?: netpolsim.v1.PeerList.$Properties);
            $unknowns?: Uint8Array[];
            peers: netpolsim.v1.Peer.$Properties[];
            static create(properties: netpolsim.v1.PeerList.$Shape): netpolsim.v1.PeerList & netpolsim.v1.PeerList.$Shape;
            static create(properties?: netpolsim.v1.PeerList.$Properties): netpolsim.v1.PeerList;
            static encode(message: netpolsim.v1.PeerList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PeerList & netpolsim.v1.PeerList.$Shape;
        }

        namespace PeerList {
            interface $Properties {
                peers?: (netpolsim.v1.Peer.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              peers?: netpolsim.v1.Peer.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface IPortRange extends netpolsim.v1.PortRange.$Properties {
        }

        class PortRange {
            constructor(properties?: netpolsim.v1.PortRange.$Properties);
            $unknowns?: Uint8Array[];
            protocol: netpolsim.v1.Protocol;
            from?: (number|null);
            to?: (number|null);
            static create(properties: netpolsim.v1.PortRange.$Shape): netpolsim.v1.PortRange & netpolsim.v1.PortRange.$Shape;
            static create(properties?: netpolsim.v1.PortRange.$Properties): netpolsim.v1.PortRange;
            static encode(message: netpolsim.v1.PortRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PortRange & netpolsim.v1.PortRange.$Shape;
        }

        namespace PortRange {
            interface $Properties {
                protocol?: (netpolsim.v1.Protocol|null);
                from?: (number|null);
                to?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.PortRange.$Properties;
        }

        interface IPortName extends netpolsim.v1.PortName.$Properties {
        }

        class PortName {
            constructor(properties?: netpolsim.v1.PortName.$Properties);
            $unknowns?: Uint8Array[];
            protocol: netpolsim.v1.Protocol;
            name?: (number|null);
            static create(properties: netpolsim.v1.PortName.$Shape): netpolsim.v1.PortName & netpolsim.v1.PortName.$Shape;
            static create(properties?: netpolsim.v1.PortName.$Properties): netpolsim.v1.PortName;
            static encode(message: netpolsim.v1.PortName.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PortName & netpolsim.v1.PortName.$Shape;
        }

        namespace PortName {
            interface $Properties {
                protocol?: (netpolsim.v1.Protocol|null);
                name?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.PortName.$Properties;
        }

        interface IPortMatch extends netpolsim.v1.PortMatch.$Properties {
        }

        class PortMatch {
            constructor(properties?: netpolsim.v1.PortMatch.$Properties);
            $unknowns?: Uint8Array[];
            range?: (netpolsim.v1.PortRange.$Properties|null);
            named?: (netpolsim.v1.PortName.$Properties|null);
            match?: ("range"|"named");
            static create(properties: netpolsim.v1.PortMatch.$Shape): netpolsim.v1.PortMatch & netpolsim.v1.PortMatch.$Shape;
            static create(properties?: netpolsim.v1.PortMatch.$Properties): netpolsim.v1.PortMatch;
            static encode(message: netpolsim.v1.PortMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PortMatch & netpolsim.v1.PortMatch.$Shape;
        }

        namespace PortMatch {
            interface $Properties {
                range?: (netpolsim.v1.PortRange.$Properties|null);
                named?: (netpolsim.v1.PortName.$Properties|null);
                match?: ("range"|"named");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              range?: netpolsim.v1.PortRange.$Shape|null;
              named?: netpolsim.v1.PortName.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ match?: undefined; range?: null; named?: null }|{ match?: "range"; range: netpolsim.v1.PortRange.$Shape; named?: null }|{ match?: "named"; range?: null; named: netpolsim.v1.PortName.$Shape })
            );
        }

        interface IPortList extends netpolsim.v1.PortList.$Properties {
        }

        class PortList {
            constructor(properties?: netpolsim.v1.PortList.$Properties);
            $unknowns?: Uint8Array[];
            ports: netpolsim.v1.PortMatch.$Properties[];
            static create(properties: netpolsim.v1.PortList.$Shape): netpolsim.v1.PortList & netpolsim.v1.PortList.$Shape;
            static create(properties?: netpolsim.v1.PortList.$Properties): netpolsim.v1.PortList;
            static encode(message: netpolsim.v1.PortList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PortList & netpolsim.v1.PortList.$Shape;
        }

        namespace PortList {
            interface $Properties {
                ports?: (netpolsim.v1.PortMatch.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              ports?: netpolsim.v1.PortMatch.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface IRule extends netpolsim.v1.Rule.$Properties {
        }

        class Rule {
            constructor(properties?: netpolsim.v1.Rule.$Properties);
            $unknowns?: Uint8Array[];
            direction: netpolsim.v1.Direction;
            action: netpolsim.v1.Action;
            anyPeer?: (netpolsim.v1.Any.$Properties|null);
            peerList?: (netpolsim.v1.PeerList.$Properties|null);
            anyPort?: (netpolsim.v1.Any.$Properties|null);
            portList?: (netpolsim.v1.PortList.$Properties|null);
            index?: (number|null);
            origin?: (netpolsim.v1.Origin.$Properties|null);
            reason?: (number|null);
            peers?: ("anyPeer"|"peerList");
            ports?: ("anyPort"|"portList");
            static create(properties: netpolsim.v1.Rule.$Shape): netpolsim.v1.Rule & netpolsim.v1.Rule.$Shape;
            static create(properties?: netpolsim.v1.Rule.$Properties): netpolsim.v1.Rule;
            static encode(message: netpolsim.v1.Rule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Rule & netpolsim.v1.Rule.$Shape;
        }

        namespace Rule {
            interface $Properties {
                direction?: (netpolsim.v1.Direction|null);
                action?: (netpolsim.v1.Action|null);
                anyPeer?: (netpolsim.v1.Any.$Properties|null);
                peerList?: (netpolsim.v1.PeerList.$Properties|null);
                anyPort?: (netpolsim.v1.Any.$Properties|null);
                portList?: (netpolsim.v1.PortList.$Properties|null);
                index?: (number|null);
                origin?: (netpolsim.v1.Origin.$Properties|null);
                reason?: (number|null);
                peers?: ("anyPeer"|"peerList");
                ports?: ("anyPort"|"portList");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              direction?: netpolsim.v1.Direction|null;
              action?: netpolsim.v1.Action|null;
              anyPeer?: netpolsim.v1.Any.$Shape|null;
              peerList?: netpolsim.v1.PeerList.$Shape|null;
              anyPort?: netpolsim.v1.Any.$Shape|null;
              portList?: netpolsim.v1.PortList.$Shape|null;
              index?: number|null;
              origin?: netpolsim.v1.Origin.$Shape|null;
              reason?: number|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ peers?: undefined; anyPeer?: null; peerList?: null }|{ peers?: "anyPeer"; anyPeer: netpolsim.v1.Any.$Shape; peerList?: null }|{ peers?: "peerList"; anyPeer?: null; peerList: netpolsim.v1.PeerList.$Shape })
            ) & (
              ({ ports?: undefined; anyPort?: null; portList?: null }|{ ports?: "anyPort"; anyPort: netpolsim.v1.Any.$Shape; portList?: null }|{ ports?: "portList"; anyPort?: null; portList: netpolsim.v1.PortList.$Shape })
            );
        }

        interface IObjectRef extends netpolsim.v1.ObjectRef.$Properties {
        }

        class ObjectRef {
            constructor(properties?: netpolsim.v1.ObjectRef.$Properties);
            $unknowns?: Uint8Array[];
            kind?: (number|null);
            namespace?: (number|null);
            name?: (number|null);
            static create(properties: netpolsim.v1.ObjectRef.$Shape): netpolsim.v1.ObjectRef & netpolsim.v1.ObjectRef.$Shape;
            static create(properties?: netpolsim.v1.ObjectRef.$Properties): netpolsim.v1.ObjectRef;
            static encode(message: netpolsim.v1.ObjectRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.ObjectRef & netpolsim.v1.ObjectRef.$Shape;
        }

        namespace ObjectRef {
            interface $Properties {
                kind?: (number|null);
                namespace?: (number|null);
                name?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.ObjectRef.$Properties;
        }

        interface IPolicy extends netpolsim.v1.Policy.$Properties {
        }

        class Policy {
            constructor(properties?: netpolsim.v1.Policy.$Properties);
            $unknowns?: Uint8Array[];
            ref?: (netpolsim.v1.ObjectRef.$Properties|null);
            origin?: (netpolsim.v1.Origin.$Properties|null);
            subject?: (netpolsim.v1.PodMatch.$Properties|null);
            isolatesIngress?: (boolean|null);
            isolatesEgress?: (boolean|null);
            rules: netpolsim.v1.Rule.$Properties[];
            rank?: (number|null);
            static create(properties: netpolsim.v1.Policy.$Shape): netpolsim.v1.Policy & netpolsim.v1.Policy.$Shape;
            static create(properties?: netpolsim.v1.Policy.$Properties): netpolsim.v1.Policy;
            static encode(message: netpolsim.v1.Policy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Policy & netpolsim.v1.Policy.$Shape;
        }

        namespace Policy {
            interface $Properties {
                ref?: (netpolsim.v1.ObjectRef.$Properties|null);
                origin?: (netpolsim.v1.Origin.$Properties|null);
                subject?: (netpolsim.v1.PodMatch.$Properties|null);
                isolatesIngress?: (boolean|null);
                isolatesEgress?: (boolean|null);
                rules?: (netpolsim.v1.Rule.$Properties[]|null);
                rank?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              ref?: netpolsim.v1.ObjectRef.$Shape|null;
              origin?: netpolsim.v1.Origin.$Shape|null;
              subject?: netpolsim.v1.PodMatch.$Shape|null;
              isolatesIngress?: boolean|null;
              isolatesEgress?: boolean|null;
              rules?: netpolsim.v1.Rule.$Shape[]|null;
              rank?: number|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface ITier extends netpolsim.v1.Tier.$Properties {
        }

        class Tier {
            constructor(properties?: netpolsim.v1.Tier.$Properties);
            $unknowns?: Uint8Array[];
            name?: (number|null);
            match: netpolsim.v1.TierMatch;
            policies: netpolsim.v1.Policy.$Properties[];
            static create(properties: netpolsim.v1.Tier.$Shape): netpolsim.v1.Tier & netpolsim.v1.Tier.$Shape;
            static create(properties?: netpolsim.v1.Tier.$Properties): netpolsim.v1.Tier;
            static encode(message: netpolsim.v1.Tier.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Tier & netpolsim.v1.Tier.$Shape;
        }

        namespace Tier {
            interface $Properties {
                name?: (number|null);
                match?: (netpolsim.v1.TierMatch|null);
                policies?: (netpolsim.v1.Policy.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              name?: number|null;
              match?: netpolsim.v1.TierMatch|null;
              policies?: netpolsim.v1.Policy.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface IPolicySet extends netpolsim.v1.PolicySet.$Properties {
        }

        class PolicySet {
            constructor(properties?: netpolsim.v1.PolicySet.$Properties);
            $unknowns?: Uint8Array[];
            formatVersion: number;
            strings: string[];
            tiers: netpolsim.v1.Tier.$Properties[];
            onUnmatched: netpolsim.v1.UnmatchedVerdict;
            static create(properties: netpolsim.v1.PolicySet.$Shape): netpolsim.v1.PolicySet & netpolsim.v1.PolicySet.$Shape;
            static create(properties?: netpolsim.v1.PolicySet.$Properties): netpolsim.v1.PolicySet;
            static encode(message: netpolsim.v1.PolicySet.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PolicySet & netpolsim.v1.PolicySet.$Shape;
        }

        namespace PolicySet {
            interface $Properties {
                formatVersion?: (number|null);
                strings?: (string[]|null);
                tiers?: (netpolsim.v1.Tier.$Properties[]|null);
                onUnmatched?: (netpolsim.v1.UnmatchedVerdict|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              formatVersion?: number|null;
              strings?: string[]|null;
              tiers?: netpolsim.v1.Tier.$Shape[]|null;
              onUnmatched?: netpolsim.v1.UnmatchedVerdict|null;
              $unknowns?: Uint8Array[];
            };
        }

        interface ITables extends netpolsim.v1.Tables.$Properties {
        }

        class Tables {
            constructor(properties?: netpolsim.v1.Tables.$Properties);
            $unknowns?: Uint8Array[];
            formatVersion: number;
            layoutVersion?: (number|null);
            lengthBytes?: (number|null);
            checksum?: (number|null);
            buffer?: (Uint8Array|null);
            static create(properties: netpolsim.v1.Tables.$Shape): netpolsim.v1.Tables & netpolsim.v1.Tables.$Shape;
            static create(properties?: netpolsim.v1.Tables.$Properties): netpolsim.v1.Tables;
            static encode(message: netpolsim.v1.Tables.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Tables & netpolsim.v1.Tables.$Shape;
        }

        namespace Tables {
            interface $Properties {
                formatVersion?: (number|null);
                layoutVersion?: (number|null);
                lengthBytes?: (number|null);
                checksum?: (number|null);
                buffer?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Tables.$Properties;
        }

        interface IFlowBatch extends netpolsim.v1.FlowBatch.$Properties {
        }

        class FlowBatch {
            constructor(properties?: netpolsim.v1.FlowBatch.$Properties);
            $unknowns?: Uint8Array[];
            formatVersion: number;
            count?: (number|null);
            source?: (Uint8Array|null);
            destination?: (Uint8Array|null);
            protocol?: (Uint8Array|null);
            port?: (Uint8Array|null);
            verdict?: (Uint8Array|null);
            static create(properties: netpolsim.v1.FlowBatch.$Shape): netpolsim.v1.FlowBatch & netpolsim.v1.FlowBatch.$Shape;
            static create(properties?: netpolsim.v1.FlowBatch.$Properties): netpolsim.v1.FlowBatch;
            static encode(message: netpolsim.v1.FlowBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.FlowBatch & netpolsim.v1.FlowBatch.$Shape;
        }

        namespace FlowBatch {
            interface $Properties {
                formatVersion?: (number|null);
                count?: (number|null);
                source?: (Uint8Array|null);
                destination?: (Uint8Array|null);
                protocol?: (Uint8Array|null);
                port?: (Uint8Array|null);
                verdict?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.FlowBatch.$Properties;
        }

        enum CounterLevel {
            COUNTER_LEVEL_UNSPECIFIED = 0,
            COUNTER_LEVEL_VERDICTS = 1,
            COUNTER_LEVEL_RULES = 2,
            COUNTER_LEVEL_FULL = 3
        }

        enum DeniedLevel {
            DENIED_LEVEL_UNSPECIFIED = 0,
            DENIED_LEVEL_WORKLOAD = 1,
            DENIED_LEVEL_NAMESPACE = 2,
            DENIED_LEVEL_COARSE = 3,
            DENIED_LEVEL_DESTINATION = 4
        }

        enum DefaultReason {
            DEFAULT_REASON_UNSPECIFIED = 0,
            DEFAULT_REASON_NOT_A_POLICED_POD = 1,
            DEFAULT_REASON_NOT_ISOLATED = 2,
            DEFAULT_REASON_ISOLATED_NO_RULE_MATCHES = 3,
            DEFAULT_REASON_POD_TO_ITSELF = 4,
            DEFAULT_REASON_OWN_NODE = 5,
            DEFAULT_REASON_UNMATCHED = 6,
            DEFAULT_REASON_PROTOCOL_NOT_POLICED = 7
        }

        interface IGeneratedFlows extends netpolsim.v1.GeneratedFlows.$Properties {
        }

        class GeneratedFlows {
            constructor(properties?: netpolsim.v1.GeneratedFlows.$Properties);
            $unknowns?: Uint8Array[];
            aimed?: (number|null);
            mix?: (number|null);
            uniform?: (number|null);
            static create(properties: netpolsim.v1.GeneratedFlows.$Shape): netpolsim.v1.GeneratedFlows & netpolsim.v1.GeneratedFlows.$Shape;
            static create(properties?: netpolsim.v1.GeneratedFlows.$Properties): netpolsim.v1.GeneratedFlows;
            static encode(message: netpolsim.v1.GeneratedFlows.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.GeneratedFlows & netpolsim.v1.GeneratedFlows.$Shape;
        }

        namespace GeneratedFlows {
            interface $Properties {
                aimed?: (number|null);
                mix?: (number|null);
                uniform?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.GeneratedFlows.$Properties;
        }

        interface IVerdictCounts extends netpolsim.v1.VerdictCounts.$Properties {
        }

        class VerdictCounts {
            constructor(properties?: netpolsim.v1.VerdictCounts.$Properties);
            $unknowns?: Uint8Array[];
            allow?: (number|null);
            deny?: (number|null);
            unknown?: (number|null);
            static create(properties: netpolsim.v1.VerdictCounts.$Shape): netpolsim.v1.VerdictCounts & netpolsim.v1.VerdictCounts.$Shape;
            static create(properties?: netpolsim.v1.VerdictCounts.$Properties): netpolsim.v1.VerdictCounts;
            static encode(message: netpolsim.v1.VerdictCounts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.VerdictCounts & netpolsim.v1.VerdictCounts.$Shape;
        }

        namespace VerdictCounts {
            interface $Properties {
                allow?: (number|null);
                deny?: (number|null);
                unknown?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.VerdictCounts.$Properties;
        }

        interface IProtocolCounts extends netpolsim.v1.ProtocolCounts.$Properties {
        }

        class ProtocolCounts {
            constructor(properties?: netpolsim.v1.ProtocolCounts.$Properties);
            $unknowns?: Uint8Array[];
            tcp?: (netpolsim.v1.VerdictCounts.$Properties|null);
            udp?: (netpolsim.v1.VerdictCounts.$Properties|null);
            sctp?: (netpolsim.v1.VerdictCounts.$Properties|null);
            static create(properties: netpolsim.v1.ProtocolCounts.$Shape): netpolsim.v1.ProtocolCounts & netpolsim.v1.ProtocolCounts.$Shape;
            static create(properties?: netpolsim.v1.ProtocolCounts.$Properties): netpolsim.v1.ProtocolCounts;
            static encode(message: netpolsim.v1.ProtocolCounts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.ProtocolCounts & netpolsim.v1.ProtocolCounts.$Shape;
        }

        namespace ProtocolCounts {
            interface $Properties {
                tcp?: (netpolsim.v1.VerdictCounts.$Properties|null);
                udp?: (netpolsim.v1.VerdictCounts.$Properties|null);
                sctp?: (netpolsim.v1.VerdictCounts.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.ProtocolCounts.$Properties;
        }

        interface IRuleRef extends netpolsim.v1.RuleRef.$Properties {
        }

        class RuleRef {
            constructor(properties?: netpolsim.v1.RuleRef.$Properties);
            $unknowns?: Uint8Array[];
            policy?: (netpolsim.v1.ObjectRef.$Properties|null);
            direction: netpolsim.v1.Direction;
            rule?: (number|null);
            origin?: (netpolsim.v1.Origin.$Properties|null);
            static create(properties: netpolsim.v1.RuleRef.$Shape): netpolsim.v1.RuleRef & netpolsim.v1.RuleRef.$Shape;
            static create(properties?: netpolsim.v1.RuleRef.$Properties): netpolsim.v1.RuleRef;
            static encode(message: netpolsim.v1.RuleRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.RuleRef & netpolsim.v1.RuleRef.$Shape;
        }

        namespace RuleRef {
            interface $Properties {
                policy?: (netpolsim.v1.ObjectRef.$Properties|null);
                direction?: (netpolsim.v1.Direction|null);
                rule?: (number|null);
                origin?: (netpolsim.v1.Origin.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.RuleRef.$Properties;
        }

        interface IRuleHits extends netpolsim.v1.RuleHits.$Properties {
        }

        class RuleHits {
            constructor(properties?: netpolsim.v1.RuleHits.$Properties);
            $unknowns?: Uint8Array[];
            rule?: (netpolsim.v1.RuleRef.$Properties|null);
            hits?: (number|null);
            static create(properties: netpolsim.v1.RuleHits.$Shape): netpolsim.v1.RuleHits & netpolsim.v1.RuleHits.$Shape;
            static create(properties?: netpolsim.v1.RuleHits.$Properties): netpolsim.v1.RuleHits;
            static encode(message: netpolsim.v1.RuleHits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.RuleHits & netpolsim.v1.RuleHits.$Shape;
        }

        namespace RuleHits {
            interface $Properties {
                rule?: (netpolsim.v1.RuleRef.$Properties|null);
                hits?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.RuleHits.$Properties;
        }

        interface IPolicyHits extends netpolsim.v1.PolicyHits.$Properties {
        }

        class PolicyHits {
            constructor(properties?: netpolsim.v1.PolicyHits.$Properties);
            $unknowns?: Uint8Array[];
            policy?: (netpolsim.v1.ObjectRef.$Properties|null);
            hits?: (number|null);
            defaultDenials?: (number|null);
            static create(properties: netpolsim.v1.PolicyHits.$Shape): netpolsim.v1.PolicyHits & netpolsim.v1.PolicyHits.$Shape;
            static create(properties?: netpolsim.v1.PolicyHits.$Properties): netpolsim.v1.PolicyHits;
            static encode(message: netpolsim.v1.PolicyHits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.PolicyHits & netpolsim.v1.PolicyHits.$Shape;
        }

        namespace PolicyHits {
            interface $Properties {
                policy?: (netpolsim.v1.ObjectRef.$Properties|null);
                hits?: (number|null);
                defaultDenials?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.PolicyHits.$Properties;
        }

        interface IDefaultCount extends netpolsim.v1.DefaultCount.$Properties {
        }

        class DefaultCount {
            constructor(properties?: netpolsim.v1.DefaultCount.$Properties);
            $unknowns?: Uint8Array[];
            reason: netpolsim.v1.DefaultReason;
            flows?: (number|null);
            static create(properties: netpolsim.v1.DefaultCount.$Shape): netpolsim.v1.DefaultCount & netpolsim.v1.DefaultCount.$Shape;
            static create(properties?: netpolsim.v1.DefaultCount.$Properties): netpolsim.v1.DefaultCount;
            static encode(message: netpolsim.v1.DefaultCount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.DefaultCount & netpolsim.v1.DefaultCount.$Shape;
        }

        namespace DefaultCount {
            interface $Properties {
                reason?: (netpolsim.v1.DefaultReason|null);
                flows?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.DefaultCount.$Properties;
        }

        interface IDeniedPair extends netpolsim.v1.DeniedPair.$Properties {
        }

        class DeniedPair {
            constructor(properties?: netpolsim.v1.DeniedPair.$Properties);
            $unknowns?: Uint8Array[];
            from?: (number|null);
            to?: (number|null);
            flows?: (number|null);
            static create(properties: netpolsim.v1.DeniedPair.$Shape): netpolsim.v1.DeniedPair & netpolsim.v1.DeniedPair.$Shape;
            static create(properties?: netpolsim.v1.DeniedPair.$Properties): netpolsim.v1.DeniedPair;
            static encode(message: netpolsim.v1.DeniedPair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.DeniedPair & netpolsim.v1.DeniedPair.$Shape;
        }

        namespace DeniedPair {
            interface $Properties {
                from?: (number|null);
                to?: (number|null);
                flows?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.DeniedPair.$Properties;
        }

        interface IRuleCounters extends netpolsim.v1.RuleCounters.$Properties {
        }

        class RuleCounters {
            constructor(properties?: netpolsim.v1.RuleCounters.$Properties);
            $unknowns?: Uint8Array[];
            rules: netpolsim.v1.RuleHits.$Properties[];
            policies: netpolsim.v1.PolicyHits.$Properties[];
            neverHitRules: netpolsim.v1.RuleRef.$Properties[];
            neverHitPolicies: netpolsim.v1.ObjectRef.$Properties[];
            ingressDefaults: netpolsim.v1.DefaultCount.$Properties[];
            egressDefaults: netpolsim.v1.DefaultCount.$Properties[];
            static create(properties: netpolsim.v1.RuleCounters.$Shape): netpolsim.v1.RuleCounters & netpolsim.v1.RuleCounters.$Shape;
            static create(properties?: netpolsim.v1.RuleCounters.$Properties): netpolsim.v1.RuleCounters;
            static encode(message: netpolsim.v1.RuleCounters.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.RuleCounters & netpolsim.v1.RuleCounters.$Shape;
        }

        namespace RuleCounters {
            interface $Properties {
                rules?: (netpolsim.v1.RuleHits.$Properties[]|null);
                policies?: (netpolsim.v1.PolicyHits.$Properties[]|null);
                neverHitRules?: (netpolsim.v1.RuleRef.$Properties[]|null);
                neverHitPolicies?: (netpolsim.v1.ObjectRef.$Properties[]|null);
                ingressDefaults?: (netpolsim.v1.DefaultCount.$Properties[]|null);
                egressDefaults?: (netpolsim.v1.DefaultCount.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.RuleCounters.$Properties;
        }

        interface IDeniedPairs extends netpolsim.v1.DeniedPairs.$Properties {
        }

        class DeniedPairs {
            constructor(properties?: netpolsim.v1.DeniedPairs.$Properties);
            $unknowns?: Uint8Array[];
            level: netpolsim.v1.DeniedLevel;
            pairs: netpolsim.v1.DeniedPair.$Properties[];
            static create(properties: netpolsim.v1.DeniedPairs.$Shape): netpolsim.v1.DeniedPairs & netpolsim.v1.DeniedPairs.$Shape;
            static create(properties?: netpolsim.v1.DeniedPairs.$Properties): netpolsim.v1.DeniedPairs;
            static encode(message: netpolsim.v1.DeniedPairs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.DeniedPairs & netpolsim.v1.DeniedPairs.$Shape;
        }

        namespace DeniedPairs {
            interface $Properties {
                level?: (netpolsim.v1.DeniedLevel|null);
                pairs?: (netpolsim.v1.DeniedPair.$Properties[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.DeniedPairs.$Properties;
        }

        interface ITableFacts extends netpolsim.v1.TableFacts.$Properties {
        }

        class TableFacts {
            constructor(properties?: netpolsim.v1.TableFacts.$Properties);
            $unknowns?: Uint8Array[];
            sizeBytes?: (number|null);
            endpoints?: (number|null);
            policies?: (number|null);
            rules?: (number|null);
            decisions?: (number|null);
            static create(properties: netpolsim.v1.TableFacts.$Shape): netpolsim.v1.TableFacts & netpolsim.v1.TableFacts.$Shape;
            static create(properties?: netpolsim.v1.TableFacts.$Properties): netpolsim.v1.TableFacts;
            static encode(message: netpolsim.v1.TableFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.TableFacts & netpolsim.v1.TableFacts.$Shape;
        }

        namespace TableFacts {
            interface $Properties {
                sizeBytes?: (number|null);
                endpoints?: (number|null);
                policies?: (number|null);
                rules?: (number|null);
                decisions?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.TableFacts.$Properties;
        }

        interface IRunFacts extends netpolsim.v1.RunFacts.$Properties {
        }

        class RunFacts {
            constructor(properties?: netpolsim.v1.RunFacts.$Properties);
            $unknowns?: Uint8Array[];
            workers?: (number|null);
            durationMs?: (number|null);
            flowsPerSecond?: (number|null);
            static create(properties: netpolsim.v1.RunFacts.$Shape): netpolsim.v1.RunFacts & netpolsim.v1.RunFacts.$Shape;
            static create(properties?: netpolsim.v1.RunFacts.$Properties): netpolsim.v1.RunFacts;
            static encode(message: netpolsim.v1.RunFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.RunFacts & netpolsim.v1.RunFacts.$Shape;
        }

        namespace RunFacts {
            interface $Properties {
                workers?: (number|null);
                durationMs?: (number|null);
                flowsPerSecond?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.RunFacts.$Properties;
        }

        interface ISimulationReport extends netpolsim.v1.SimulationReport.$Properties {
        }

        class SimulationReport {
            constructor(properties?: netpolsim.v1.SimulationReport.$Properties);
            $unknowns?: Uint8Array[];
            formatVersion: number;
            strings: string[];
            profile?: (number|null);
            seed?: (number|null);
            flows?: (number|null);
            counters: netpolsim.v1.CounterLevel;
            generated?: (netpolsim.v1.GeneratedFlows.$Properties|null);
            verdicts?: (netpolsim.v1.VerdictCounts.$Properties|null);
            verdictsByProtocol?: (netpolsim.v1.ProtocolCounts.$Properties|null);
            ruleCounters?: (netpolsim.v1.RuleCounters.$Properties|null);
            deniedPairs?: (netpolsim.v1.DeniedPairs.$Properties|null);
            tables?: (netpolsim.v1.TableFacts.$Properties|null);
            run?: (netpolsim.v1.RunFacts.$Properties|null);
            static create(properties: netpolsim.v1.SimulationReport.$Shape): netpolsim.v1.SimulationReport & netpolsim.v1.SimulationReport.$Shape;
            static create(properties?: netpolsim.v1.SimulationReport.$Properties): netpolsim.v1.SimulationReport;
            static encode(message: netpolsim.v1.SimulationReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.SimulationReport & netpolsim.v1.SimulationReport.$Shape;
        }

        namespace SimulationReport {
            interface $Properties {
                formatVersion?: (number|null);
                strings?: (string[]|null);
                profile?: (number|null);
                seed?: (number|null);
                flows?: (number|null);
                counters?: (netpolsim.v1.CounterLevel|null);
                generated?: (netpolsim.v1.GeneratedFlows.$Properties|null);
                verdicts?: (netpolsim.v1.VerdictCounts.$Properties|null);
                verdictsByProtocol?: (netpolsim.v1.ProtocolCounts.$Properties|null);
                ruleCounters?: (netpolsim.v1.RuleCounters.$Properties|null);
                deniedPairs?: (netpolsim.v1.DeniedPairs.$Properties|null);
                tables?: (netpolsim.v1.TableFacts.$Properties|null);
                run?: (netpolsim.v1.RunFacts.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.SimulationReport.$Properties;
        }

        interface IValueGroup extends netpolsim.v1.ValueGroup.$Properties {
        }

        class ValueGroup {
            constructor(properties?: netpolsim.v1.ValueGroup.$Properties);
            $unknowns?: Uint8Array[];
            count?: (number|null);
            keys?: (Uint8Array|null);
            lengths?: (Uint8Array|null);
            cells: Uint8Array[];
            static create(properties: netpolsim.v1.ValueGroup.$Shape): netpolsim.v1.ValueGroup & netpolsim.v1.ValueGroup.$Shape;
            static create(properties?: netpolsim.v1.ValueGroup.$Properties): netpolsim.v1.ValueGroup;
            static encode(message: netpolsim.v1.ValueGroup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.ValueGroup & netpolsim.v1.ValueGroup.$Shape;
        }

        namespace ValueGroup {
            interface $Properties {
                count?: (number|null);
                keys?: (Uint8Array|null);
                lengths?: (Uint8Array|null);
                cells?: (Uint8Array[]|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.ValueGroup.$Properties;
        }

        interface IObjectColumns extends netpolsim.v1.ObjectColumns.$Properties {
        }

        class ObjectColumns {
            constructor(properties?: netpolsim.v1.ObjectColumns.$Properties);
            $unknowns?: Uint8Array[];
            count?: (number|null);
            object?: (Uint8Array|null);
            file?: (Uint8Array|null);
            line?: (Uint8Array|null);
            column?: (Uint8Array|null);
            workload?: (Uint8Array|null);
            places?: (Uint8Array|null);
            static create(properties: netpolsim.v1.ObjectColumns.$Shape): netpolsim.v1.ObjectColumns & netpolsim.v1.ObjectColumns.$Shape;
            static create(properties?: netpolsim.v1.ObjectColumns.$Properties): netpolsim.v1.ObjectColumns;
            static encode(message: netpolsim.v1.ObjectColumns.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.ObjectColumns & netpolsim.v1.ObjectColumns.$Shape;
        }

        namespace ObjectColumns {
            interface $Properties {
                count?: (number|null);
                object?: (Uint8Array|null);
                file?: (Uint8Array|null);
                line?: (Uint8Array|null);
                column?: (Uint8Array|null);
                workload?: (Uint8Array|null);
                places?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.ObjectColumns.$Properties;
        }

        interface ISnapshotContents extends netpolsim.v1.SnapshotContents.$Properties {
        }

        class SnapshotContents {
            constructor(properties?: netpolsim.v1.SnapshotContents.$Properties);
            $unknowns?: Uint8Array[];
            texts?: (Uint8Array|null);
            textLengths?: (Uint8Array|null);
            values: netpolsim.v1.ValueGroup.$Properties[];
            namespaces?: (netpolsim.v1.ObjectColumns.$Properties|null);
            pods?: (netpolsim.v1.ObjectColumns.$Properties|null);
            nodes?: (netpolsim.v1.ObjectColumns.$Properties|null);
            services?: (netpolsim.v1.ObjectColumns.$Properties|null);
            networkPolicies?: (netpolsim.v1.ObjectColumns.$Properties|null);
            adminPolicies?: (netpolsim.v1.ObjectColumns.$Properties|null);
            workloads?: (netpolsim.v1.ObjectColumns.$Properties|null);
            places?: (Uint8Array|null);
            findings?: (number|null);
            textCount?: (number|null);
            static create(properties: netpolsim.v1.SnapshotContents.$Shape): netpolsim.v1.SnapshotContents & netpolsim.v1.SnapshotContents.$Shape;
            static create(properties?: netpolsim.v1.SnapshotContents.$Properties): netpolsim.v1.SnapshotContents;
            static encode(message: netpolsim.v1.SnapshotContents.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.SnapshotContents & netpolsim.v1.SnapshotContents.$Shape;
        }

        namespace SnapshotContents {
            interface $Properties {
                texts?: (Uint8Array|null);
                textLengths?: (Uint8Array|null);
                values?: (netpolsim.v1.ValueGroup.$Properties[]|null);
                namespaces?: (netpolsim.v1.ObjectColumns.$Properties|null);
                pods?: (netpolsim.v1.ObjectColumns.$Properties|null);
                nodes?: (netpolsim.v1.ObjectColumns.$Properties|null);
                services?: (netpolsim.v1.ObjectColumns.$Properties|null);
                networkPolicies?: (netpolsim.v1.ObjectColumns.$Properties|null);
                adminPolicies?: (netpolsim.v1.ObjectColumns.$Properties|null);
                workloads?: (netpolsim.v1.ObjectColumns.$Properties|null);
                places?: (Uint8Array|null);
                findings?: (number|null);
                textCount?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.SnapshotContents.$Properties;
        }

        interface ISnapshot extends netpolsim.v1.Snapshot.$Properties {
        }

        class Snapshot {
            constructor(properties?: netpolsim.v1.Snapshot.$Properties);
            $unknowns?: Uint8Array[];
            magic?: (string|null);
            formatVersion: number;
            lengthBytes?: (number|null);
            checksum?: (number|null);
            contents?: (Uint8Array|null);
            static create(properties: netpolsim.v1.Snapshot.$Shape): netpolsim.v1.Snapshot & netpolsim.v1.Snapshot.$Shape;
            static create(properties?: netpolsim.v1.Snapshot.$Properties): netpolsim.v1.Snapshot;
            static encode(message: netpolsim.v1.Snapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): netpolsim.v1.Snapshot & netpolsim.v1.Snapshot.$Shape;
        }

        namespace Snapshot {
            interface $Properties {
                magic?: (string|null);
                formatVersion?: (number|null);
                lengthBytes?: (number|null);
                checksum?: (number|null);
                contents?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = netpolsim.v1.Snapshot.$Properties;
        }
    }
}
