// Generated from proto/netpolsim/v1 by `npm run wire:generate`: do not edit.
// @ts-nocheck
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["netpolsim"] || ($protobuf.roots["netpolsim"] = {});

export const netpolsim = $root.netpolsim = (() => {

    const netpolsim = {};

    netpolsim.v1 = (function() {

        const v1 = {};

        v1.Protocol = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PROTOCOL_UNSPECIFIED"] = 0;
            values[valuesById[1] = "PROTOCOL_TCP"] = 1;
            values[valuesById[2] = "PROTOCOL_UDP"] = 2;
            values[valuesById[3] = "PROTOCOL_SCTP"] = 3;
            return values;
        })();

        v1.Origin = (function() {

            const Origin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Origin.prototype.file = null;
            Origin.prototype.line = null;
            Origin.prototype.column = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Origin.prototype, "_file", {
                get: $util.oneOfGetter($oneOfFields = ["file"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Origin.prototype, "_line", {
                get: $util.oneOfGetter($oneOfFields = ["line"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Origin.prototype, "_column", {
                get: $util.oneOfGetter($oneOfFields = ["column"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Origin.create = function(properties) {
                return new Origin(properties);
            };

            Origin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                    writer.uint32(8).uint32(message.file);
                if (message.line != null && $Object.hasOwnProperty.call(message, "line"))
                    writer.uint32(16).uint32(message.line);
                if (message.column != null && $Object.hasOwnProperty.call(message, "column"))
                    writer.uint32(24).uint32(message.column);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Origin.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Origin();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.file = reader.uint32();
                            message._file = "file";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.line = reader.uint32();
                            message._line = "line";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.column = reader.uint32();
                            message._column = "column";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Origin;
        })();

        v1.LabelSet = (function() {

            const LabelSet = function (properties) {
                this.pairs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            LabelSet.prototype.pairs = $util.emptyArray;

            LabelSet.create = function(properties) {
                return new LabelSet(properties);
            };

            LabelSet.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pairs != null && message.pairs.length)
                    writer.uint32(10).fixed32s(message.pairs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            LabelSet.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.LabelSet();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.pairs && message.pairs.length))
                                    message.pairs = [];
                                reader.fixed32s(message.pairs);
                                continue;
                            }
                            if (wireType !== 5)
                                break;
                            if (!(message.pairs && message.pairs.length))
                                message.pairs = [];
                            message.pairs.push(reader.fixed32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return LabelSet;
        })();

        v1.Namespace = (function() {

            const Namespace = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Namespace.prototype.name = null;
            Namespace.prototype.labelSet = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Namespace.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Namespace.prototype, "_labelSet", {
                get: $util.oneOfGetter($oneOfFields = ["labelSet"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Namespace.create = function(properties) {
                return new Namespace(properties);
            };

            Namespace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(8).uint32(message.name);
                if (message.labelSet != null && $Object.hasOwnProperty.call(message, "labelSet"))
                    writer.uint32(16).uint32(message.labelSet);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Namespace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Namespace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.labelSet = reader.uint32();
                            message._labelSet = "labelSet";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Namespace;
        })();

        v1.NamedPort = (function() {

            const NamedPort = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            NamedPort.prototype.name = null;
            NamedPort.prototype.port = null;
            NamedPort.prototype.protocol = 0;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NamedPort.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NamedPort.prototype, "_port", {
                get: $util.oneOfGetter($oneOfFields = ["port"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            NamedPort.create = function(properties) {
                return new NamedPort(properties);
            };

            NamedPort.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(8).uint32(message.name);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(16).uint32(message.port);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(24).int32(message.protocol);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            NamedPort.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.NamedPort();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.port = reader.uint32();
                            message._port = "port";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NamedPort;
        })();

        v1.Workload = (function() {

            const Workload = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Workload.prototype.kind = null;
            Workload.prototype.name = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Workload.prototype, "_kind", {
                get: $util.oneOfGetter($oneOfFields = ["kind"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Workload.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Workload.create = function(properties) {
                return new Workload(properties);
            };

            Workload.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    writer.uint32(8).uint32(message.kind);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(16).uint32(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Workload.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Workload();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.kind = reader.uint32();
                            message._kind = "kind";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Workload;
        })();

        v1.Pod = (function() {

            const Pod = function (properties) {
                this.ips = [];
                this.namedPorts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Pod.prototype.namespace = null;
            Pod.prototype.name = null;
            Pod.prototype.labelSet = null;
            Pod.prototype.ips = $util.emptyArray;
            Pod.prototype.namedPorts = $util.emptyArray;
            Pod.prototype.hostNetwork = null;
            Pod.prototype.node = null;
            Pod.prototype.workload = null;
            Pod.prototype.origin = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Pod.prototype, "_namespace", {
                get: $util.oneOfGetter($oneOfFields = ["namespace"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Pod.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Pod.prototype, "_labelSet", {
                get: $util.oneOfGetter($oneOfFields = ["labelSet"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Pod.prototype, "_hostNetwork", {
                get: $util.oneOfGetter($oneOfFields = ["hostNetwork"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Pod.prototype, "_node", {
                get: $util.oneOfGetter($oneOfFields = ["node"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Pod.create = function(properties) {
                return new Pod(properties);
            };

            Pod.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    writer.uint32(8).uint32(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(16).uint32(message.name);
                if (message.labelSet != null && $Object.hasOwnProperty.call(message, "labelSet"))
                    writer.uint32(24).uint32(message.labelSet);
                if (message.ips != null && message.ips.length)
                    for (let i = 0; i < message.ips.length; ++i)
                        writer.uint32(34).bytes(message.ips[i]);
                if (message.namedPorts != null && message.namedPorts.length)
                    for (let i = 0; i < message.namedPorts.length; ++i)
                        $root.netpolsim.v1.NamedPort.encode(message.namedPorts[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.hostNetwork != null && $Object.hasOwnProperty.call(message, "hostNetwork"))
                    writer.uint32(48).bool(message.hostNetwork);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    writer.uint32(56).uint32(message.node);
                if (message.workload != null && $Object.hasOwnProperty.call(message, "workload"))
                    $root.netpolsim.v1.Workload.encode(message.workload, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.netpolsim.v1.Origin.encode(message.origin, writer.uint32(74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Pod.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Pod();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.namespace = reader.uint32();
                            message._namespace = "namespace";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.labelSet = reader.uint32();
                            message._labelSet = "labelSet";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ips && message.ips.length))
                                message.ips = [];
                            message.ips.push(reader.bytes());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namedPorts && message.namedPorts.length))
                                message.namedPorts = [];
                            message.namedPorts.push($root.netpolsim.v1.NamedPort.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.hostNetwork = reader.bool();
                            message._hostNetwork = "hostNetwork";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.node = reader.uint32();
                            message._node = "node";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.workload = $root.netpolsim.v1.Workload.decode(reader, reader.size(), $undefined, _depth + 1, message.workload);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.netpolsim.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Pod;
        })();

        v1.Node = (function() {

            const Node = function (properties) {
                this.ips = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Node.prototype.name = null;
            Node.prototype.ips = $util.emptyArray;
            Node.prototype.labelSet = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Node.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Node.prototype, "_labelSet", {
                get: $util.oneOfGetter($oneOfFields = ["labelSet"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Node.create = function(properties) {
                return new Node(properties);
            };

            Node.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(8).uint32(message.name);
                if (message.ips != null && message.ips.length)
                    for (let i = 0; i < message.ips.length; ++i)
                        writer.uint32(18).bytes(message.ips[i]);
                if (message.labelSet != null && $Object.hasOwnProperty.call(message, "labelSet"))
                    writer.uint32(24).uint32(message.labelSet);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Node.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Node();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ips && message.ips.length))
                                message.ips = [];
                            message.ips.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.labelSet = reader.uint32();
                            message._labelSet = "labelSet";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Node;
        })();

        v1.ServiceAddress = (function() {

            const ServiceAddress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ServiceAddress.prototype.namespace = null;
            ServiceAddress.prototype.name = null;
            ServiceAddress.prototype.ip = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ServiceAddress.prototype, "_namespace", {
                get: $util.oneOfGetter($oneOfFields = ["namespace"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ServiceAddress.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ServiceAddress.prototype, "_ip", {
                get: $util.oneOfGetter($oneOfFields = ["ip"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ServiceAddress.create = function(properties) {
                return new ServiceAddress(properties);
            };

            ServiceAddress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    writer.uint32(8).uint32(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(16).uint32(message.name);
                if (message.ip != null && $Object.hasOwnProperty.call(message, "ip"))
                    writer.uint32(26).bytes(message.ip);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ServiceAddress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.ServiceAddress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.namespace = reader.uint32();
                            message._namespace = "namespace";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.ip = reader.bytes();
                            message._ip = "ip";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ServiceAddress;
        })();

        v1.UnreadableAddress = (function() {

            const UnreadableAddress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            UnreadableAddress.prototype.kind = null;
            UnreadableAddress.prototype.namespace = null;
            UnreadableAddress.prototype.name = null;
            UnreadableAddress.prototype.ip = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreadableAddress.prototype, "_kind", {
                get: $util.oneOfGetter($oneOfFields = ["kind"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreadableAddress.prototype, "_namespace", {
                get: $util.oneOfGetter($oneOfFields = ["namespace"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreadableAddress.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreadableAddress.prototype, "_ip", {
                get: $util.oneOfGetter($oneOfFields = ["ip"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            UnreadableAddress.create = function(properties) {
                return new UnreadableAddress(properties);
            };

            UnreadableAddress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    writer.uint32(8).uint32(message.kind);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    writer.uint32(16).uint32(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(24).uint32(message.name);
                if (message.ip != null && $Object.hasOwnProperty.call(message, "ip"))
                    writer.uint32(34).bytes(message.ip);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            UnreadableAddress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.UnreadableAddress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.kind = reader.uint32();
                            message._kind = "kind";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.namespace = reader.uint32();
                            message._namespace = "namespace";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.ip = reader.bytes();
                            message._ip = "ip";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return UnreadableAddress;
        })();

        v1.Cluster = (function() {

            const Cluster = function (properties) {
                this.strings = [];
                this.labelSets = [];
                this.namespaces = [];
                this.pods = [];
                this.nodes = [];
                this.serviceAddresses = [];
                this.unreadableAddresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Cluster.prototype.formatVersion = 0;
            Cluster.prototype.strings = $util.emptyArray;
            Cluster.prototype.labelSets = $util.emptyArray;
            Cluster.prototype.namespaces = $util.emptyArray;
            Cluster.prototype.pods = $util.emptyArray;
            Cluster.prototype.nodes = $util.emptyArray;
            Cluster.prototype.serviceAddresses = $util.emptyArray;
            Cluster.prototype.unreadableAddresses = $util.emptyArray;

            Cluster.create = function(properties) {
                return new Cluster(properties);
            };

            Cluster.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(8).uint32(message.formatVersion);
                if (message.strings != null && message.strings.length)
                    for (let i = 0; i < message.strings.length; ++i)
                        writer.uint32(18).string(message.strings[i]);
                if (message.labelSets != null && message.labelSets.length)
                    for (let i = 0; i < message.labelSets.length; ++i)
                        $root.netpolsim.v1.LabelSet.encode(message.labelSets[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.namespaces != null && message.namespaces.length)
                    for (let i = 0; i < message.namespaces.length; ++i)
                        $root.netpolsim.v1.Namespace.encode(message.namespaces[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.pods != null && message.pods.length)
                    for (let i = 0; i < message.pods.length; ++i)
                        $root.netpolsim.v1.Pod.encode(message.pods[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.nodes != null && message.nodes.length)
                    for (let i = 0; i < message.nodes.length; ++i)
                        $root.netpolsim.v1.Node.encode(message.nodes[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.serviceAddresses != null && message.serviceAddresses.length)
                    for (let i = 0; i < message.serviceAddresses.length; ++i)
                        $root.netpolsim.v1.ServiceAddress.encode(message.serviceAddresses[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.unreadableAddresses != null && message.unreadableAddresses.length)
                    for (let i = 0; i < message.unreadableAddresses.length; ++i)
                        $root.netpolsim.v1.UnreadableAddress.encode(message.unreadableAddresses[i], writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Cluster.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Cluster();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.strings && message.strings.length))
                                message.strings = [];
                            message.strings.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.labelSets && message.labelSets.length))
                                message.labelSets = [];
                            message.labelSets.push($root.netpolsim.v1.LabelSet.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.namespaces && message.namespaces.length))
                                message.namespaces = [];
                            message.namespaces.push($root.netpolsim.v1.Namespace.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pods && message.pods.length))
                                message.pods = [];
                            message.pods.push($root.netpolsim.v1.Pod.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.nodes && message.nodes.length))
                                message.nodes = [];
                            message.nodes.push($root.netpolsim.v1.Node.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.serviceAddresses && message.serviceAddresses.length))
                                message.serviceAddresses = [];
                            message.serviceAddresses.push($root.netpolsim.v1.ServiceAddress.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unreadableAddresses && message.unreadableAddresses.length))
                                message.unreadableAddresses = [];
                            message.unreadableAddresses.push($root.netpolsim.v1.UnreadableAddress.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Cluster;
        })();

        v1.Action = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "ACTION_UNSPECIFIED"] = 0;
            values[valuesById[1] = "ACTION_ALLOW"] = 1;
            values[valuesById[2] = "ACTION_DENY"] = 2;
            values[valuesById[3] = "ACTION_PASS"] = 3;
            values[valuesById[4] = "ACTION_LOG"] = 4;
            values[valuesById[5] = "ACTION_UNKNOWN"] = 5;
            return values;
        })();

        v1.Direction = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DIRECTION_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DIRECTION_INGRESS"] = 1;
            values[valuesById[2] = "DIRECTION_EGRESS"] = 2;
            return values;
        })();

        v1.TierMatch = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "TIER_MATCH_UNSPECIFIED"] = 0;
            values[valuesById[1] = "TIER_MATCH_FIRST"] = 1;
            values[valuesById[2] = "TIER_MATCH_ALL"] = 2;
            return values;
        })();

        v1.UnmatchedVerdict = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "UNMATCHED_VERDICT_UNSPECIFIED"] = 0;
            values[valuesById[1] = "UNMATCHED_VERDICT_ALLOW"] = 1;
            values[valuesById[2] = "UNMATCHED_VERDICT_DENY"] = 2;
            return values;
        })();

        v1.Operator = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "OPERATOR_UNSPECIFIED"] = 0;
            values[valuesById[1] = "OPERATOR_IN"] = 1;
            values[valuesById[2] = "OPERATOR_NOT_IN"] = 2;
            values[valuesById[3] = "OPERATOR_EXISTS"] = 3;
            values[valuesById[4] = "OPERATOR_DOES_NOT_EXIST"] = 4;
            return values;
        })();

        v1.Any = (function() {

            const Any = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Any.create = function(properties) {
                return new Any(properties);
            };

            Any.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Any.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Any();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Any;
        })();

        v1.Requirement = (function() {

            const Requirement = function (properties) {
                this.values = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Requirement.prototype.key = null;
            Requirement.prototype.operator = 0;
            Requirement.prototype.values = $util.emptyArray;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Requirement.prototype, "_key", {
                get: $util.oneOfGetter($oneOfFields = ["key"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Requirement.create = function(properties) {
                return new Requirement(properties);
            };

            Requirement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    writer.uint32(8).uint32(message.key);
                if (message.operator != null && $Object.hasOwnProperty.call(message, "operator") && message.operator !== 0)
                    writer.uint32(16).int32(message.operator);
                if (message.values != null && message.values.length)
                    writer.uint32(26).uint32s(message.values);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Requirement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Requirement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.key = reader.uint32();
                            message._key = "key";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.operator = value;
                            else
                                delete message.operator;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.values && message.values.length))
                                    message.values = [];
                                reader.uint32s(message.values);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.values && message.values.length))
                                message.values = [];
                            message.values.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Requirement;
        })();

        v1.Selector = (function() {

            const Selector = function (properties) {
                this.requirements = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Selector.prototype.requirements = $util.emptyArray;

            Selector.create = function(properties) {
                return new Selector(properties);
            };

            Selector.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requirements != null && message.requirements.length)
                    for (let i = 0; i < message.requirements.length; ++i)
                        $root.netpolsim.v1.Requirement.encode(message.requirements[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Selector.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Selector();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.requirements && message.requirements.length))
                                message.requirements = [];
                            message.requirements.push($root.netpolsim.v1.Requirement.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Selector;
        })();

        v1.PodMatch = (function() {

            const PodMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PodMatch.prototype.namespace = null;
            PodMatch.prototype.namespaceSelector = null;
            PodMatch.prototype.pods = null;

            let $oneOfFields;

            $Object.defineProperty(PodMatch.prototype, "namespaces", {
                get: $util.oneOfGetter($oneOfFields = ["namespace", "namespaceSelector"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PodMatch.create = function(properties) {
                return new PodMatch(properties);
            };

            PodMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    writer.uint32(8).uint32(message.namespace);
                if (message.namespaceSelector != null && $Object.hasOwnProperty.call(message, "namespaceSelector"))
                    $root.netpolsim.v1.Selector.encode(message.namespaceSelector, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods"))
                    $root.netpolsim.v1.Selector.encode(message.pods, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PodMatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PodMatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.namespace = reader.uint32();
                            message.namespaces = "namespace";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.namespaceSelector = $root.netpolsim.v1.Selector.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceSelector);
                            message.namespaces = "namespaceSelector";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.pods = $root.netpolsim.v1.Selector.decode(reader, reader.size(), $undefined, _depth + 1, message.pods);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodMatch;
        })();

        v1.IpPrefix = (function() {

            const IpPrefix = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IpPrefix.prototype.address = null;
            IpPrefix.prototype.length = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(IpPrefix.prototype, "_address", {
                get: $util.oneOfGetter($oneOfFields = ["address"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(IpPrefix.prototype, "_length", {
                get: $util.oneOfGetter($oneOfFields = ["length"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            IpPrefix.create = function(properties) {
                return new IpPrefix(properties);
            };

            IpPrefix.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
                    writer.uint32(10).bytes(message.address);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length"))
                    writer.uint32(16).uint32(message.length);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IpPrefix.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.IpPrefix();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.address = reader.bytes();
                            message._address = "address";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.length = reader.uint32();
                            message._length = "length";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IpPrefix;
        })();

        v1.IpBlock = (function() {

            const IpBlock = function (properties) {
                this.except = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            IpBlock.prototype.cidr = null;
            IpBlock.prototype.except = $util.emptyArray;

            IpBlock.create = function(properties) {
                return new IpBlock(properties);
            };

            IpBlock.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cidr != null && $Object.hasOwnProperty.call(message, "cidr"))
                    $root.netpolsim.v1.IpPrefix.encode(message.cidr, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.except != null && message.except.length)
                    for (let i = 0; i < message.except.length; ++i)
                        $root.netpolsim.v1.IpPrefix.encode(message.except[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            IpBlock.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.IpBlock();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.cidr = $root.netpolsim.v1.IpPrefix.decode(reader, reader.size(), $undefined, _depth + 1, message.cidr);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.except && message.except.length))
                                message.except = [];
                            message.except.push($root.netpolsim.v1.IpPrefix.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return IpBlock;
        })();

        v1.Networks = (function() {

            const Networks = function (properties) {
                this.cidrs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Networks.prototype.cidrs = $util.emptyArray;

            Networks.create = function(properties) {
                return new Networks(properties);
            };

            Networks.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cidrs != null && message.cidrs.length)
                    for (let i = 0; i < message.cidrs.length; ++i)
                        $root.netpolsim.v1.IpPrefix.encode(message.cidrs[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Networks.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Networks();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.cidrs && message.cidrs.length))
                                message.cidrs = [];
                            message.cidrs.push($root.netpolsim.v1.IpPrefix.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Networks;
        })();

        v1.NodeMatch = (function() {

            const NodeMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            NodeMatch.prototype.nodes = null;

            NodeMatch.create = function(properties) {
                return new NodeMatch(properties);
            };

            NodeMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes"))
                    $root.netpolsim.v1.Selector.encode(message.nodes, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            NodeMatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.NodeMatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.nodes = $root.netpolsim.v1.Selector.decode(reader, reader.size(), $undefined, _depth + 1, message.nodes);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NodeMatch;
        })();

        v1.DomainNames = (function() {

            const DomainNames = function (properties) {
                this.known = [];
                this.names = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DomainNames.prototype.known = $util.emptyArray;
            DomainNames.prototype.names = $util.emptyArray;

            DomainNames.create = function(properties) {
                return new DomainNames(properties);
            };

            DomainNames.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.known != null && message.known.length)
                    for (let i = 0; i < message.known.length; ++i)
                        $root.netpolsim.v1.IpPrefix.encode(message.known[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.names != null && message.names.length)
                    writer.uint32(18).uint32s(message.names);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DomainNames.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.DomainNames();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.known && message.known.length))
                                message.known = [];
                            message.known.push($root.netpolsim.v1.IpPrefix.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                reader.uint32s(message.names);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DomainNames;
        })();

        v1.Peer = (function() {

            const Peer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Peer.prototype.pods = null;
            Peer.prototype.ipBlock = null;
            Peer.prototype.networks = null;
            Peer.prototype.nodes = null;
            Peer.prototype.domainNames = null;

            let $oneOfFields;

            $Object.defineProperty(Peer.prototype, "match", {
                get: $util.oneOfGetter($oneOfFields = ["pods", "ipBlock", "networks", "nodes", "domainNames"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Peer.create = function(properties) {
                return new Peer(properties);
            };

            Peer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods"))
                    $root.netpolsim.v1.PodMatch.encode(message.pods, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.ipBlock != null && $Object.hasOwnProperty.call(message, "ipBlock"))
                    $root.netpolsim.v1.IpBlock.encode(message.ipBlock, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.networks != null && $Object.hasOwnProperty.call(message, "networks"))
                    $root.netpolsim.v1.Networks.encode(message.networks, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes"))
                    $root.netpolsim.v1.NodeMatch.encode(message.nodes, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.domainNames != null && $Object.hasOwnProperty.call(message, "domainNames"))
                    $root.netpolsim.v1.DomainNames.encode(message.domainNames, writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Peer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Peer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.pods = $root.netpolsim.v1.PodMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.pods);
                            message.match = "pods";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.ipBlock = $root.netpolsim.v1.IpBlock.decode(reader, reader.size(), $undefined, _depth + 1, message.ipBlock);
                            message.match = "ipBlock";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.networks = $root.netpolsim.v1.Networks.decode(reader, reader.size(), $undefined, _depth + 1, message.networks);
                            message.match = "networks";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.nodes = $root.netpolsim.v1.NodeMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.nodes);
                            message.match = "nodes";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.domainNames = $root.netpolsim.v1.DomainNames.decode(reader, reader.size(), $undefined, _depth + 1, message.domainNames);
                            message.match = "domainNames";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Peer;
        })();

        v1.PeerList = (function() {

            const PeerList = function (properties) {
                this.peers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PeerList.prototype.peers = $util.emptyArray;

            PeerList.create = function(properties) {
                return new PeerList(properties);
            };

            PeerList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peers != null && message.peers.length)
                    for (let i = 0; i < message.peers.length; ++i)
                        $root.netpolsim.v1.Peer.encode(message.peers[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PeerList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PeerList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.peers && message.peers.length))
                                message.peers = [];
                            message.peers.push($root.netpolsim.v1.Peer.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PeerList;
        })();

        v1.PortRange = (function() {

            const PortRange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PortRange.prototype.protocol = 0;
            PortRange.prototype.from = null;
            PortRange.prototype.to = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PortRange.prototype, "_from", {
                get: $util.oneOfGetter($oneOfFields = ["from"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PortRange.prototype, "_to", {
                get: $util.oneOfGetter($oneOfFields = ["to"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PortRange.create = function(properties) {
                return new PortRange(properties);
            };

            PortRange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(8).int32(message.protocol);
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    writer.uint32(16).uint32(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    writer.uint32(24).uint32(message.to);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PortRange.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PortRange();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.from = reader.uint32();
                            message._from = "from";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.to = reader.uint32();
                            message._to = "to";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PortRange;
        })();

        v1.PortName = (function() {

            const PortName = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PortName.prototype.protocol = 0;
            PortName.prototype.name = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PortName.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PortName.create = function(properties) {
                return new PortName(properties);
            };

            PortName.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(8).int32(message.protocol);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(16).uint32(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PortName.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PortName();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PortName;
        })();

        v1.PortMatch = (function() {

            const PortMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PortMatch.prototype.range = null;
            PortMatch.prototype.named = null;

            let $oneOfFields;

            $Object.defineProperty(PortMatch.prototype, "match", {
                get: $util.oneOfGetter($oneOfFields = ["range", "named"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PortMatch.create = function(properties) {
                return new PortMatch(properties);
            };

            PortMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.range != null && $Object.hasOwnProperty.call(message, "range"))
                    $root.netpolsim.v1.PortRange.encode(message.range, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.named != null && $Object.hasOwnProperty.call(message, "named"))
                    $root.netpolsim.v1.PortName.encode(message.named, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PortMatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PortMatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.range = $root.netpolsim.v1.PortRange.decode(reader, reader.size(), $undefined, _depth + 1, message.range);
                            message.match = "range";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.named = $root.netpolsim.v1.PortName.decode(reader, reader.size(), $undefined, _depth + 1, message.named);
                            message.match = "named";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PortMatch;
        })();

        v1.PortList = (function() {

            const PortList = function (properties) {
                this.ports = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PortList.prototype.ports = $util.emptyArray;

            PortList.create = function(properties) {
                return new PortList(properties);
            };

            PortList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ports != null && message.ports.length)
                    for (let i = 0; i < message.ports.length; ++i)
                        $root.netpolsim.v1.PortMatch.encode(message.ports[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PortList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PortList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ports && message.ports.length))
                                message.ports = [];
                            message.ports.push($root.netpolsim.v1.PortMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PortList;
        })();

        v1.Rule = (function() {

            const Rule = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Rule.prototype.direction = 0;
            Rule.prototype.action = 0;
            Rule.prototype.anyPeer = null;
            Rule.prototype.peerList = null;
            Rule.prototype.anyPort = null;
            Rule.prototype.portList = null;
            Rule.prototype.index = null;
            Rule.prototype.origin = null;
            Rule.prototype.reason = null;

            let $oneOfFields;

            $Object.defineProperty(Rule.prototype, "peers", {
                get: $util.oneOfGetter($oneOfFields = ["anyPeer", "peerList"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            $Object.defineProperty(Rule.prototype, "ports", {
                get: $util.oneOfGetter($oneOfFields = ["anyPort", "portList"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Rule.prototype, "_index", {
                get: $util.oneOfGetter($oneOfFields = ["index"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Rule.prototype, "_reason", {
                get: $util.oneOfGetter($oneOfFields = ["reason"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Rule.create = function(properties) {
                return new Rule(properties);
            };

            Rule.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                    writer.uint32(8).int32(message.direction);
                if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
                    writer.uint32(16).int32(message.action);
                if (message.anyPeer != null && $Object.hasOwnProperty.call(message, "anyPeer"))
                    $root.netpolsim.v1.Any.encode(message.anyPeer, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.peerList != null && $Object.hasOwnProperty.call(message, "peerList"))
                    $root.netpolsim.v1.PeerList.encode(message.peerList, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.anyPort != null && $Object.hasOwnProperty.call(message, "anyPort"))
                    $root.netpolsim.v1.Any.encode(message.anyPort, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.portList != null && $Object.hasOwnProperty.call(message, "portList"))
                    $root.netpolsim.v1.PortList.encode(message.portList, writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                    writer.uint32(56).sint32(message.index);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.netpolsim.v1.Origin.encode(message.origin, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    writer.uint32(72).uint32(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Rule.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Rule();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.action = value;
                            else
                                delete message.action;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.anyPeer = $root.netpolsim.v1.Any.decode(reader, reader.size(), $undefined, _depth + 1, message.anyPeer);
                            message.peers = "anyPeer";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.peerList = $root.netpolsim.v1.PeerList.decode(reader, reader.size(), $undefined, _depth + 1, message.peerList);
                            message.peers = "peerList";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.anyPort = $root.netpolsim.v1.Any.decode(reader, reader.size(), $undefined, _depth + 1, message.anyPort);
                            message.ports = "anyPort";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.portList = $root.netpolsim.v1.PortList.decode(reader, reader.size(), $undefined, _depth + 1, message.portList);
                            message.ports = "portList";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.index = reader.sint32();
                            message._index = "index";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.netpolsim.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            message.reason = reader.uint32();
                            message._reason = "reason";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Rule;
        })();

        v1.ObjectRef = (function() {

            const ObjectRef = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ObjectRef.prototype.kind = null;
            ObjectRef.prototype.namespace = null;
            ObjectRef.prototype.name = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectRef.prototype, "_kind", {
                get: $util.oneOfGetter($oneOfFields = ["kind"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectRef.prototype, "_namespace", {
                get: $util.oneOfGetter($oneOfFields = ["namespace"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectRef.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ObjectRef.create = function(properties) {
                return new ObjectRef(properties);
            };

            ObjectRef.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                    writer.uint32(8).uint32(message.kind);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                    writer.uint32(16).uint32(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(24).uint32(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ObjectRef.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.ObjectRef();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.kind = reader.uint32();
                            message._kind = "kind";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.namespace = reader.uint32();
                            message._namespace = "namespace";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ObjectRef;
        })();

        v1.Policy = (function() {

            const Policy = function (properties) {
                this.rules = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Policy.prototype.ref = null;
            Policy.prototype.origin = null;
            Policy.prototype.subject = null;
            Policy.prototype.isolatesIngress = null;
            Policy.prototype.isolatesEgress = null;
            Policy.prototype.rules = $util.emptyArray;
            Policy.prototype.rank = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Policy.prototype, "_isolatesIngress", {
                get: $util.oneOfGetter($oneOfFields = ["isolatesIngress"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Policy.prototype, "_isolatesEgress", {
                get: $util.oneOfGetter($oneOfFields = ["isolatesEgress"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Policy.prototype, "_rank", {
                get: $util.oneOfGetter($oneOfFields = ["rank"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Policy.create = function(properties) {
                return new Policy(properties);
            };

            Policy.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ref != null && $Object.hasOwnProperty.call(message, "ref"))
                    $root.netpolsim.v1.ObjectRef.encode(message.ref, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.netpolsim.v1.Origin.encode(message.origin, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject"))
                    $root.netpolsim.v1.PodMatch.encode(message.subject, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.isolatesIngress != null && $Object.hasOwnProperty.call(message, "isolatesIngress"))
                    writer.uint32(32).bool(message.isolatesIngress);
                if (message.isolatesEgress != null && $Object.hasOwnProperty.call(message, "isolatesEgress"))
                    writer.uint32(40).bool(message.isolatesEgress);
                if (message.rules != null && message.rules.length)
                    for (let i = 0; i < message.rules.length; ++i)
                        $root.netpolsim.v1.Rule.encode(message.rules[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                    writer.uint32(57).double(message.rank);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Policy.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Policy();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.ref = $root.netpolsim.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.ref);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.netpolsim.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.subject = $root.netpolsim.v1.PodMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.subject);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.isolatesIngress = reader.bool();
                            message._isolatesIngress = "isolatesIngress";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.isolatesEgress = reader.bool();
                            message._isolatesEgress = "isolatesEgress";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rules && message.rules.length))
                                message.rules = [];
                            message.rules.push($root.netpolsim.v1.Rule.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.rank = reader.double();
                            message._rank = "rank";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Policy;
        })();

        v1.Tier = (function() {

            const Tier = function (properties) {
                this.policies = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Tier.prototype.name = null;
            Tier.prototype.match = 0;
            Tier.prototype.policies = $util.emptyArray;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tier.prototype, "_name", {
                get: $util.oneOfGetter($oneOfFields = ["name"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Tier.create = function(properties) {
                return new Tier(properties);
            };

            Tier.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    writer.uint32(8).uint32(message.name);
                if (message.match != null && $Object.hasOwnProperty.call(message, "match") && message.match !== 0)
                    writer.uint32(16).int32(message.match);
                if (message.policies != null && message.policies.length)
                    for (let i = 0; i < message.policies.length; ++i)
                        $root.netpolsim.v1.Policy.encode(message.policies[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Tier.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Tier();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.name = reader.uint32();
                            message._name = "name";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.match = value;
                            else
                                delete message.match;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.policies && message.policies.length))
                                message.policies = [];
                            message.policies.push($root.netpolsim.v1.Policy.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Tier;
        })();

        v1.PolicySet = (function() {

            const PolicySet = function (properties) {
                this.strings = [];
                this.tiers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PolicySet.prototype.formatVersion = 0;
            PolicySet.prototype.strings = $util.emptyArray;
            PolicySet.prototype.tiers = $util.emptyArray;
            PolicySet.prototype.onUnmatched = 0;

            PolicySet.create = function(properties) {
                return new PolicySet(properties);
            };

            PolicySet.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(8).uint32(message.formatVersion);
                if (message.strings != null && message.strings.length)
                    for (let i = 0; i < message.strings.length; ++i)
                        writer.uint32(18).string(message.strings[i]);
                if (message.tiers != null && message.tiers.length)
                    for (let i = 0; i < message.tiers.length; ++i)
                        $root.netpolsim.v1.Tier.encode(message.tiers[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.onUnmatched != null && $Object.hasOwnProperty.call(message, "onUnmatched") && message.onUnmatched !== 0)
                    writer.uint32(32).int32(message.onUnmatched);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PolicySet.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PolicySet();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.strings && message.strings.length))
                                message.strings = [];
                            message.strings.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tiers && message.tiers.length))
                                message.tiers = [];
                            message.tiers.push($root.netpolsim.v1.Tier.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.onUnmatched = value;
                            else
                                delete message.onUnmatched;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PolicySet;
        })();

        v1.Tables = (function() {

            const Tables = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Tables.prototype.formatVersion = 0;
            Tables.prototype.layoutVersion = null;
            Tables.prototype.lengthBytes = null;
            Tables.prototype.checksum = null;
            Tables.prototype.buffer = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tables.prototype, "_layoutVersion", {
                get: $util.oneOfGetter($oneOfFields = ["layoutVersion"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tables.prototype, "_lengthBytes", {
                get: $util.oneOfGetter($oneOfFields = ["lengthBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tables.prototype, "_checksum", {
                get: $util.oneOfGetter($oneOfFields = ["checksum"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Tables.prototype, "_buffer", {
                get: $util.oneOfGetter($oneOfFields = ["buffer"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Tables.create = function(properties) {
                return new Tables(properties);
            };

            Tables.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(8).uint32(message.formatVersion);
                if (message.layoutVersion != null && $Object.hasOwnProperty.call(message, "layoutVersion"))
                    writer.uint32(16).uint32(message.layoutVersion);
                if (message.lengthBytes != null && $Object.hasOwnProperty.call(message, "lengthBytes"))
                    writer.uint32(25).double(message.lengthBytes);
                if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum"))
                    writer.uint32(37).fixed32(message.checksum);
                if (message.buffer != null && $Object.hasOwnProperty.call(message, "buffer"))
                    writer.uint32(42).bytes(message.buffer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Tables.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Tables();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.layoutVersion = reader.uint32();
                            message._layoutVersion = "layoutVersion";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.lengthBytes = reader.double();
                            message._lengthBytes = "lengthBytes";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            message.checksum = reader.fixed32();
                            message._checksum = "checksum";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.buffer = reader.bytes();
                            message._buffer = "buffer";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Tables;
        })();

        v1.FlowBatch = (function() {

            const FlowBatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            FlowBatch.prototype.formatVersion = 0;
            FlowBatch.prototype.count = null;
            FlowBatch.prototype.source = null;
            FlowBatch.prototype.destination = null;
            FlowBatch.prototype.protocol = null;
            FlowBatch.prototype.port = null;
            FlowBatch.prototype.verdict = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_count", {
                get: $util.oneOfGetter($oneOfFields = ["count"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_source", {
                get: $util.oneOfGetter($oneOfFields = ["source"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_destination", {
                get: $util.oneOfGetter($oneOfFields = ["destination"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_protocol", {
                get: $util.oneOfGetter($oneOfFields = ["protocol"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_port", {
                get: $util.oneOfGetter($oneOfFields = ["port"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(FlowBatch.prototype, "_verdict", {
                get: $util.oneOfGetter($oneOfFields = ["verdict"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            FlowBatch.create = function(properties) {
                return new FlowBatch(properties);
            };

            FlowBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(8).uint32(message.formatVersion);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    writer.uint32(16).uint32(message.count);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                    writer.uint32(26).bytes(message.source);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination"))
                    writer.uint32(34).bytes(message.destination);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol"))
                    writer.uint32(42).bytes(message.protocol);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(50).bytes(message.port);
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict"))
                    writer.uint32(58).bytes(message.verdict);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            FlowBatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.FlowBatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.count = reader.uint32();
                            message._count = "count";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.source = reader.bytes();
                            message._source = "source";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.destination = reader.bytes();
                            message._destination = "destination";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.protocol = reader.bytes();
                            message._protocol = "protocol";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.port = reader.bytes();
                            message._port = "port";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.verdict = reader.bytes();
                            message._verdict = "verdict";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FlowBatch;
        })();

        v1.CounterLevel = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "COUNTER_LEVEL_UNSPECIFIED"] = 0;
            values[valuesById[1] = "COUNTER_LEVEL_VERDICTS"] = 1;
            values[valuesById[2] = "COUNTER_LEVEL_RULES"] = 2;
            values[valuesById[3] = "COUNTER_LEVEL_FULL"] = 3;
            return values;
        })();

        v1.DeniedLevel = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DENIED_LEVEL_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DENIED_LEVEL_WORKLOAD"] = 1;
            values[valuesById[2] = "DENIED_LEVEL_NAMESPACE"] = 2;
            values[valuesById[3] = "DENIED_LEVEL_COARSE"] = 3;
            values[valuesById[4] = "DENIED_LEVEL_DESTINATION"] = 4;
            return values;
        })();

        v1.DefaultReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DEFAULT_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DEFAULT_REASON_NOT_A_POLICED_POD"] = 1;
            values[valuesById[2] = "DEFAULT_REASON_NOT_ISOLATED"] = 2;
            values[valuesById[3] = "DEFAULT_REASON_ISOLATED_NO_RULE_MATCHES"] = 3;
            values[valuesById[4] = "DEFAULT_REASON_POD_TO_ITSELF"] = 4;
            values[valuesById[5] = "DEFAULT_REASON_OWN_NODE"] = 5;
            values[valuesById[6] = "DEFAULT_REASON_UNMATCHED"] = 6;
            values[valuesById[7] = "DEFAULT_REASON_PROTOCOL_NOT_POLICED"] = 7;
            return values;
        })();

        v1.GeneratedFlows = (function() {

            const GeneratedFlows = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            GeneratedFlows.prototype.aimed = null;
            GeneratedFlows.prototype.mix = null;
            GeneratedFlows.prototype.uniform = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GeneratedFlows.prototype, "_aimed", {
                get: $util.oneOfGetter($oneOfFields = ["aimed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GeneratedFlows.prototype, "_mix", {
                get: $util.oneOfGetter($oneOfFields = ["mix"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GeneratedFlows.prototype, "_uniform", {
                get: $util.oneOfGetter($oneOfFields = ["uniform"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            GeneratedFlows.create = function(properties) {
                return new GeneratedFlows(properties);
            };

            GeneratedFlows.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.aimed != null && $Object.hasOwnProperty.call(message, "aimed"))
                    writer.uint32(9).double(message.aimed);
                if (message.mix != null && $Object.hasOwnProperty.call(message, "mix"))
                    writer.uint32(17).double(message.mix);
                if (message.uniform != null && $Object.hasOwnProperty.call(message, "uniform"))
                    writer.uint32(25).double(message.uniform);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            GeneratedFlows.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.GeneratedFlows();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            message.aimed = reader.double();
                            message._aimed = "aimed";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.mix = reader.double();
                            message._mix = "mix";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.uniform = reader.double();
                            message._uniform = "uniform";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return GeneratedFlows;
        })();

        v1.VerdictCounts = (function() {

            const VerdictCounts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            VerdictCounts.prototype.allow = null;
            VerdictCounts.prototype.deny = null;
            VerdictCounts.prototype.unknown = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(VerdictCounts.prototype, "_allow", {
                get: $util.oneOfGetter($oneOfFields = ["allow"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(VerdictCounts.prototype, "_deny", {
                get: $util.oneOfGetter($oneOfFields = ["deny"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(VerdictCounts.prototype, "_unknown", {
                get: $util.oneOfGetter($oneOfFields = ["unknown"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            VerdictCounts.create = function(properties) {
                return new VerdictCounts(properties);
            };

            VerdictCounts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.allow != null && $Object.hasOwnProperty.call(message, "allow"))
                    writer.uint32(9).double(message.allow);
                if (message.deny != null && $Object.hasOwnProperty.call(message, "deny"))
                    writer.uint32(17).double(message.deny);
                if (message.unknown != null && $Object.hasOwnProperty.call(message, "unknown"))
                    writer.uint32(25).double(message.unknown);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            VerdictCounts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.VerdictCounts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            message.allow = reader.double();
                            message._allow = "allow";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.deny = reader.double();
                            message._deny = "deny";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.unknown = reader.double();
                            message._unknown = "unknown";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VerdictCounts;
        })();

        v1.ProtocolCounts = (function() {

            const ProtocolCounts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ProtocolCounts.prototype.tcp = null;
            ProtocolCounts.prototype.udp = null;
            ProtocolCounts.prototype.sctp = null;

            ProtocolCounts.create = function(properties) {
                return new ProtocolCounts(properties);
            };

            ProtocolCounts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.tcp != null && $Object.hasOwnProperty.call(message, "tcp"))
                    $root.netpolsim.v1.VerdictCounts.encode(message.tcp, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.udp != null && $Object.hasOwnProperty.call(message, "udp"))
                    $root.netpolsim.v1.VerdictCounts.encode(message.udp, writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.sctp != null && $Object.hasOwnProperty.call(message, "sctp"))
                    $root.netpolsim.v1.VerdictCounts.encode(message.sctp, writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ProtocolCounts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.ProtocolCounts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.tcp = $root.netpolsim.v1.VerdictCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.tcp);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.udp = $root.netpolsim.v1.VerdictCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.udp);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.sctp = $root.netpolsim.v1.VerdictCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.sctp);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProtocolCounts;
        })();

        v1.RuleRef = (function() {

            const RuleRef = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RuleRef.prototype.policy = null;
            RuleRef.prototype.direction = 0;
            RuleRef.prototype.rule = null;
            RuleRef.prototype.origin = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RuleRef.prototype, "_rule", {
                get: $util.oneOfGetter($oneOfFields = ["rule"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            RuleRef.create = function(properties) {
                return new RuleRef(properties);
            };

            RuleRef.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    $root.netpolsim.v1.ObjectRef.encode(message.policy, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                    writer.uint32(16).int32(message.direction);
                if (message.rule != null && $Object.hasOwnProperty.call(message, "rule"))
                    writer.uint32(24).sint32(message.rule);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    $root.netpolsim.v1.Origin.encode(message.origin, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RuleRef.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.RuleRef();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.policy = $root.netpolsim.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.rule = reader.sint32();
                            message._rule = "rule";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.origin = $root.netpolsim.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RuleRef;
        })();

        v1.RuleHits = (function() {

            const RuleHits = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RuleHits.prototype.rule = null;
            RuleHits.prototype.hits = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RuleHits.prototype, "_hits", {
                get: $util.oneOfGetter($oneOfFields = ["hits"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            RuleHits.create = function(properties) {
                return new RuleHits(properties);
            };

            RuleHits.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rule != null && $Object.hasOwnProperty.call(message, "rule"))
                    $root.netpolsim.v1.RuleRef.encode(message.rule, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.hits != null && $Object.hasOwnProperty.call(message, "hits"))
                    writer.uint32(17).double(message.hits);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RuleHits.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.RuleHits();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.rule = $root.netpolsim.v1.RuleRef.decode(reader, reader.size(), $undefined, _depth + 1, message.rule);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.hits = reader.double();
                            message._hits = "hits";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RuleHits;
        })();

        v1.PolicyHits = (function() {

            const PolicyHits = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PolicyHits.prototype.policy = null;
            PolicyHits.prototype.hits = null;
            PolicyHits.prototype.defaultDenials = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PolicyHits.prototype, "_hits", {
                get: $util.oneOfGetter($oneOfFields = ["hits"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PolicyHits.prototype, "_defaultDenials", {
                get: $util.oneOfGetter($oneOfFields = ["defaultDenials"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PolicyHits.create = function(properties) {
                return new PolicyHits(properties);
            };

            PolicyHits.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    $root.netpolsim.v1.ObjectRef.encode(message.policy, writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.hits != null && $Object.hasOwnProperty.call(message, "hits"))
                    writer.uint32(17).double(message.hits);
                if (message.defaultDenials != null && $Object.hasOwnProperty.call(message, "defaultDenials"))
                    writer.uint32(25).double(message.defaultDenials);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            PolicyHits.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.PolicyHits();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.policy = $root.netpolsim.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.hits = reader.double();
                            message._hits = "hits";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.defaultDenials = reader.double();
                            message._defaultDenials = "defaultDenials";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PolicyHits;
        })();

        v1.DefaultCount = (function() {

            const DefaultCount = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DefaultCount.prototype.reason = 0;
            DefaultCount.prototype.flows = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DefaultCount.prototype, "_flows", {
                get: $util.oneOfGetter($oneOfFields = ["flows"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            DefaultCount.create = function(properties) {
                return new DefaultCount(properties);
            };

            DefaultCount.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(8).int32(message.reason);
                if (message.flows != null && $Object.hasOwnProperty.call(message, "flows"))
                    writer.uint32(17).double(message.flows);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DefaultCount.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.DefaultCount();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.flows = reader.double();
                            message._flows = "flows";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DefaultCount;
        })();

        v1.DeniedPair = (function() {

            const DeniedPair = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DeniedPair.prototype.from = null;
            DeniedPair.prototype.to = null;
            DeniedPair.prototype.flows = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DeniedPair.prototype, "_from", {
                get: $util.oneOfGetter($oneOfFields = ["from"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DeniedPair.prototype, "_to", {
                get: $util.oneOfGetter($oneOfFields = ["to"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DeniedPair.prototype, "_flows", {
                get: $util.oneOfGetter($oneOfFields = ["flows"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            DeniedPair.create = function(properties) {
                return new DeniedPair(properties);
            };

            DeniedPair.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.from != null && $Object.hasOwnProperty.call(message, "from"))
                    writer.uint32(8).uint32(message.from);
                if (message.to != null && $Object.hasOwnProperty.call(message, "to"))
                    writer.uint32(16).uint32(message.to);
                if (message.flows != null && $Object.hasOwnProperty.call(message, "flows"))
                    writer.uint32(25).double(message.flows);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DeniedPair.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.DeniedPair();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.from = reader.uint32();
                            message._from = "from";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.to = reader.uint32();
                            message._to = "to";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.flows = reader.double();
                            message._flows = "flows";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeniedPair;
        })();

        v1.RuleCounters = (function() {

            const RuleCounters = function (properties) {
                this.rules = [];
                this.policies = [];
                this.neverHitRules = [];
                this.neverHitPolicies = [];
                this.ingressDefaults = [];
                this.egressDefaults = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RuleCounters.prototype.rules = $util.emptyArray;
            RuleCounters.prototype.policies = $util.emptyArray;
            RuleCounters.prototype.neverHitRules = $util.emptyArray;
            RuleCounters.prototype.neverHitPolicies = $util.emptyArray;
            RuleCounters.prototype.ingressDefaults = $util.emptyArray;
            RuleCounters.prototype.egressDefaults = $util.emptyArray;

            RuleCounters.create = function(properties) {
                return new RuleCounters(properties);
            };

            RuleCounters.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rules != null && message.rules.length)
                    for (let i = 0; i < message.rules.length; ++i)
                        $root.netpolsim.v1.RuleHits.encode(message.rules[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                if (message.policies != null && message.policies.length)
                    for (let i = 0; i < message.policies.length; ++i)
                        $root.netpolsim.v1.PolicyHits.encode(message.policies[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.neverHitRules != null && message.neverHitRules.length)
                    for (let i = 0; i < message.neverHitRules.length; ++i)
                        $root.netpolsim.v1.RuleRef.encode(message.neverHitRules[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.neverHitPolicies != null && message.neverHitPolicies.length)
                    for (let i = 0; i < message.neverHitPolicies.length; ++i)
                        $root.netpolsim.v1.ObjectRef.encode(message.neverHitPolicies[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.ingressDefaults != null && message.ingressDefaults.length)
                    for (let i = 0; i < message.ingressDefaults.length; ++i)
                        $root.netpolsim.v1.DefaultCount.encode(message.ingressDefaults[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.egressDefaults != null && message.egressDefaults.length)
                    for (let i = 0; i < message.egressDefaults.length; ++i)
                        $root.netpolsim.v1.DefaultCount.encode(message.egressDefaults[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RuleCounters.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.RuleCounters();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rules && message.rules.length))
                                message.rules = [];
                            message.rules.push($root.netpolsim.v1.RuleHits.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.policies && message.policies.length))
                                message.policies = [];
                            message.policies.push($root.netpolsim.v1.PolicyHits.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.neverHitRules && message.neverHitRules.length))
                                message.neverHitRules = [];
                            message.neverHitRules.push($root.netpolsim.v1.RuleRef.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.neverHitPolicies && message.neverHitPolicies.length))
                                message.neverHitPolicies = [];
                            message.neverHitPolicies.push($root.netpolsim.v1.ObjectRef.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ingressDefaults && message.ingressDefaults.length))
                                message.ingressDefaults = [];
                            message.ingressDefaults.push($root.netpolsim.v1.DefaultCount.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.egressDefaults && message.egressDefaults.length))
                                message.egressDefaults = [];
                            message.egressDefaults.push($root.netpolsim.v1.DefaultCount.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RuleCounters;
        })();

        v1.DeniedPairs = (function() {

            const DeniedPairs = function (properties) {
                this.pairs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            DeniedPairs.prototype.level = 0;
            DeniedPairs.prototype.pairs = $util.emptyArray;

            DeniedPairs.create = function(properties) {
                return new DeniedPairs(properties);
            };

            DeniedPairs.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(8).int32(message.level);
                if (message.pairs != null && message.pairs.length)
                    for (let i = 0; i < message.pairs.length; ++i)
                        $root.netpolsim.v1.DeniedPair.encode(message.pairs[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            DeniedPairs.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.DeniedPairs();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pairs && message.pairs.length))
                                message.pairs = [];
                            message.pairs.push($root.netpolsim.v1.DeniedPair.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeniedPairs;
        })();

        v1.TableFacts = (function() {

            const TableFacts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            TableFacts.prototype.sizeBytes = null;
            TableFacts.prototype.endpoints = null;
            TableFacts.prototype.policies = null;
            TableFacts.prototype.rules = null;
            TableFacts.prototype.decisions = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TableFacts.prototype, "_sizeBytes", {
                get: $util.oneOfGetter($oneOfFields = ["sizeBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TableFacts.prototype, "_endpoints", {
                get: $util.oneOfGetter($oneOfFields = ["endpoints"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TableFacts.prototype, "_policies", {
                get: $util.oneOfGetter($oneOfFields = ["policies"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TableFacts.prototype, "_rules", {
                get: $util.oneOfGetter($oneOfFields = ["rules"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(TableFacts.prototype, "_decisions", {
                get: $util.oneOfGetter($oneOfFields = ["decisions"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            TableFacts.create = function(properties) {
                return new TableFacts(properties);
            };

            TableFacts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sizeBytes != null && $Object.hasOwnProperty.call(message, "sizeBytes"))
                    writer.uint32(9).double(message.sizeBytes);
                if (message.endpoints != null && $Object.hasOwnProperty.call(message, "endpoints"))
                    writer.uint32(16).uint32(message.endpoints);
                if (message.policies != null && $Object.hasOwnProperty.call(message, "policies"))
                    writer.uint32(24).uint32(message.policies);
                if (message.rules != null && $Object.hasOwnProperty.call(message, "rules"))
                    writer.uint32(32).uint32(message.rules);
                if (message.decisions != null && $Object.hasOwnProperty.call(message, "decisions"))
                    writer.uint32(40).uint32(message.decisions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            TableFacts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.TableFacts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            message.sizeBytes = reader.double();
                            message._sizeBytes = "sizeBytes";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.endpoints = reader.uint32();
                            message._endpoints = "endpoints";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.policies = reader.uint32();
                            message._policies = "policies";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.rules = reader.uint32();
                            message._rules = "rules";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.decisions = reader.uint32();
                            message._decisions = "decisions";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TableFacts;
        })();

        v1.RunFacts = (function() {

            const RunFacts = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            RunFacts.prototype.workers = null;
            RunFacts.prototype.durationMs = null;
            RunFacts.prototype.flowsPerSecond = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RunFacts.prototype, "_workers", {
                get: $util.oneOfGetter($oneOfFields = ["workers"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RunFacts.prototype, "_durationMs", {
                get: $util.oneOfGetter($oneOfFields = ["durationMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(RunFacts.prototype, "_flowsPerSecond", {
                get: $util.oneOfGetter($oneOfFields = ["flowsPerSecond"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            RunFacts.create = function(properties) {
                return new RunFacts(properties);
            };

            RunFacts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.workers != null && $Object.hasOwnProperty.call(message, "workers"))
                    writer.uint32(8).uint32(message.workers);
                if (message.durationMs != null && $Object.hasOwnProperty.call(message, "durationMs"))
                    writer.uint32(17).double(message.durationMs);
                if (message.flowsPerSecond != null && $Object.hasOwnProperty.call(message, "flowsPerSecond"))
                    writer.uint32(25).double(message.flowsPerSecond);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            RunFacts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.RunFacts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.workers = reader.uint32();
                            message._workers = "workers";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.durationMs = reader.double();
                            message._durationMs = "durationMs";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.flowsPerSecond = reader.double();
                            message._flowsPerSecond = "flowsPerSecond";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RunFacts;
        })();

        v1.SimulationReport = (function() {

            const SimulationReport = function (properties) {
                this.strings = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            SimulationReport.prototype.formatVersion = 0;
            SimulationReport.prototype.strings = $util.emptyArray;
            SimulationReport.prototype.profile = null;
            SimulationReport.prototype.seed = null;
            SimulationReport.prototype.flows = null;
            SimulationReport.prototype.counters = 0;
            SimulationReport.prototype.generated = null;
            SimulationReport.prototype.verdicts = null;
            SimulationReport.prototype.verdictsByProtocol = null;
            SimulationReport.prototype.ruleCounters = null;
            SimulationReport.prototype.deniedPairs = null;
            SimulationReport.prototype.tables = null;
            SimulationReport.prototype.run = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SimulationReport.prototype, "_profile", {
                get: $util.oneOfGetter($oneOfFields = ["profile"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SimulationReport.prototype, "_seed", {
                get: $util.oneOfGetter($oneOfFields = ["seed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SimulationReport.prototype, "_flows", {
                get: $util.oneOfGetter($oneOfFields = ["flows"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            SimulationReport.create = function(properties) {
                return new SimulationReport(properties);
            };

            SimulationReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(8).uint32(message.formatVersion);
                if (message.strings != null && message.strings.length)
                    for (let i = 0; i < message.strings.length; ++i)
                        writer.uint32(18).string(message.strings[i]);
                if (message.profile != null && $Object.hasOwnProperty.call(message, "profile"))
                    writer.uint32(24).uint32(message.profile);
                if (message.seed != null && $Object.hasOwnProperty.call(message, "seed"))
                    writer.uint32(33).double(message.seed);
                if (message.flows != null && $Object.hasOwnProperty.call(message, "flows"))
                    writer.uint32(41).double(message.flows);
                if (message.counters != null && $Object.hasOwnProperty.call(message, "counters") && message.counters !== 0)
                    writer.uint32(48).int32(message.counters);
                if (message.generated != null && $Object.hasOwnProperty.call(message, "generated"))
                    $root.netpolsim.v1.GeneratedFlows.encode(message.generated, writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.verdicts != null && $Object.hasOwnProperty.call(message, "verdicts"))
                    $root.netpolsim.v1.VerdictCounts.encode(message.verdicts, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.verdictsByProtocol != null && $Object.hasOwnProperty.call(message, "verdictsByProtocol"))
                    $root.netpolsim.v1.ProtocolCounts.encode(message.verdictsByProtocol, writer.uint32(74).fork(), _depth + 1).ldelim();
                if (message.ruleCounters != null && $Object.hasOwnProperty.call(message, "ruleCounters"))
                    $root.netpolsim.v1.RuleCounters.encode(message.ruleCounters, writer.uint32(82).fork(), _depth + 1).ldelim();
                if (message.deniedPairs != null && $Object.hasOwnProperty.call(message, "deniedPairs"))
                    $root.netpolsim.v1.DeniedPairs.encode(message.deniedPairs, writer.uint32(90).fork(), _depth + 1).ldelim();
                if (message.tables != null && $Object.hasOwnProperty.call(message, "tables"))
                    $root.netpolsim.v1.TableFacts.encode(message.tables, writer.uint32(98).fork(), _depth + 1).ldelim();
                if (message.run != null && $Object.hasOwnProperty.call(message, "run"))
                    $root.netpolsim.v1.RunFacts.encode(message.run, writer.uint32(106).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            SimulationReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.SimulationReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.strings && message.strings.length))
                                message.strings = [];
                            message.strings.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.profile = reader.uint32();
                            message._profile = "profile";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.seed = reader.double();
                            message._seed = "seed";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.flows = reader.double();
                            message._flows = "flows";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.counters = value;
                            else
                                delete message.counters;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.generated = $root.netpolsim.v1.GeneratedFlows.decode(reader, reader.size(), $undefined, _depth + 1, message.generated);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.verdicts = $root.netpolsim.v1.VerdictCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.verdicts);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.verdictsByProtocol = $root.netpolsim.v1.ProtocolCounts.decode(reader, reader.size(), $undefined, _depth + 1, message.verdictsByProtocol);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.ruleCounters = $root.netpolsim.v1.RuleCounters.decode(reader, reader.size(), $undefined, _depth + 1, message.ruleCounters);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.deniedPairs = $root.netpolsim.v1.DeniedPairs.decode(reader, reader.size(), $undefined, _depth + 1, message.deniedPairs);
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.tables = $root.netpolsim.v1.TableFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.tables);
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.run = $root.netpolsim.v1.RunFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.run);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SimulationReport;
        })();

        v1.ValueGroup = (function() {

            const ValueGroup = function (properties) {
                this.cells = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ValueGroup.prototype.count = null;
            ValueGroup.prototype.keys = null;
            ValueGroup.prototype.lengths = null;
            ValueGroup.prototype.cells = $util.emptyArray;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ValueGroup.prototype, "_count", {
                get: $util.oneOfGetter($oneOfFields = ["count"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ValueGroup.prototype, "_keys", {
                get: $util.oneOfGetter($oneOfFields = ["keys"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ValueGroup.prototype, "_lengths", {
                get: $util.oneOfGetter($oneOfFields = ["lengths"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ValueGroup.create = function(properties) {
                return new ValueGroup(properties);
            };

            ValueGroup.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    writer.uint32(8).uint32(message.count);
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                    writer.uint32(18).bytes(message.keys);
                if (message.lengths != null && $Object.hasOwnProperty.call(message, "lengths"))
                    writer.uint32(26).bytes(message.lengths);
                if (message.cells != null && message.cells.length)
                    for (let i = 0; i < message.cells.length; ++i)
                        writer.uint32(34).bytes(message.cells[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ValueGroup.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.ValueGroup();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.count = reader.uint32();
                            message._count = "count";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.keys = reader.bytes();
                            message._keys = "keys";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.lengths = reader.bytes();
                            message._lengths = "lengths";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.cells && message.cells.length))
                                message.cells = [];
                            message.cells.push(reader.bytes());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ValueGroup;
        })();

        v1.ObjectColumns = (function() {

            const ObjectColumns = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            ObjectColumns.prototype.count = null;
            ObjectColumns.prototype.object = null;
            ObjectColumns.prototype.file = null;
            ObjectColumns.prototype.line = null;
            ObjectColumns.prototype.column = null;
            ObjectColumns.prototype.workload = null;
            ObjectColumns.prototype.places = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_count", {
                get: $util.oneOfGetter($oneOfFields = ["count"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_object", {
                get: $util.oneOfGetter($oneOfFields = ["object"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_file", {
                get: $util.oneOfGetter($oneOfFields = ["file"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_line", {
                get: $util.oneOfGetter($oneOfFields = ["line"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_column", {
                get: $util.oneOfGetter($oneOfFields = ["column"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_workload", {
                get: $util.oneOfGetter($oneOfFields = ["workload"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObjectColumns.prototype, "_places", {
                get: $util.oneOfGetter($oneOfFields = ["places"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            ObjectColumns.create = function(properties) {
                return new ObjectColumns(properties);
            };

            ObjectColumns.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    writer.uint32(8).uint32(message.count);
                if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                    writer.uint32(18).bytes(message.object);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                    writer.uint32(26).bytes(message.file);
                if (message.line != null && $Object.hasOwnProperty.call(message, "line"))
                    writer.uint32(34).bytes(message.line);
                if (message.column != null && $Object.hasOwnProperty.call(message, "column"))
                    writer.uint32(42).bytes(message.column);
                if (message.workload != null && $Object.hasOwnProperty.call(message, "workload"))
                    writer.uint32(50).bytes(message.workload);
                if (message.places != null && $Object.hasOwnProperty.call(message, "places"))
                    writer.uint32(58).bytes(message.places);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            ObjectColumns.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.ObjectColumns();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.count = reader.uint32();
                            message._count = "count";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.object = reader.bytes();
                            message._object = "object";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.file = reader.bytes();
                            message._file = "file";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.line = reader.bytes();
                            message._line = "line";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.column = reader.bytes();
                            message._column = "column";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.workload = reader.bytes();
                            message._workload = "workload";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.places = reader.bytes();
                            message._places = "places";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ObjectColumns;
        })();

        v1.SnapshotContents = (function() {

            const SnapshotContents = function (properties) {
                this.values = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            SnapshotContents.prototype.texts = null;
            SnapshotContents.prototype.textLengths = null;
            SnapshotContents.prototype.values = $util.emptyArray;
            SnapshotContents.prototype.namespaces = null;
            SnapshotContents.prototype.pods = null;
            SnapshotContents.prototype.nodes = null;
            SnapshotContents.prototype.services = null;
            SnapshotContents.prototype.networkPolicies = null;
            SnapshotContents.prototype.adminPolicies = null;
            SnapshotContents.prototype.workloads = null;
            SnapshotContents.prototype.places = null;
            SnapshotContents.prototype.findings = null;
            SnapshotContents.prototype.textCount = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SnapshotContents.prototype, "_texts", {
                get: $util.oneOfGetter($oneOfFields = ["texts"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SnapshotContents.prototype, "_textLengths", {
                get: $util.oneOfGetter($oneOfFields = ["textLengths"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SnapshotContents.prototype, "_places", {
                get: $util.oneOfGetter($oneOfFields = ["places"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SnapshotContents.prototype, "_findings", {
                get: $util.oneOfGetter($oneOfFields = ["findings"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SnapshotContents.prototype, "_textCount", {
                get: $util.oneOfGetter($oneOfFields = ["textCount"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            SnapshotContents.create = function(properties) {
                return new SnapshotContents(properties);
            };

            SnapshotContents.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.texts != null && $Object.hasOwnProperty.call(message, "texts"))
                    writer.uint32(10).bytes(message.texts);
                if (message.textLengths != null && $Object.hasOwnProperty.call(message, "textLengths"))
                    writer.uint32(18).bytes(message.textLengths);
                if (message.values != null && message.values.length)
                    for (let i = 0; i < message.values.length; ++i)
                        $root.netpolsim.v1.ValueGroup.encode(message.values[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                if (message.namespaces != null && $Object.hasOwnProperty.call(message, "namespaces"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.namespaces, writer.uint32(34).fork(), _depth + 1).ldelim();
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.pods, writer.uint32(42).fork(), _depth + 1).ldelim();
                if (message.nodes != null && $Object.hasOwnProperty.call(message, "nodes"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.nodes, writer.uint32(50).fork(), _depth + 1).ldelim();
                if (message.services != null && $Object.hasOwnProperty.call(message, "services"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.services, writer.uint32(58).fork(), _depth + 1).ldelim();
                if (message.networkPolicies != null && $Object.hasOwnProperty.call(message, "networkPolicies"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.networkPolicies, writer.uint32(66).fork(), _depth + 1).ldelim();
                if (message.adminPolicies != null && $Object.hasOwnProperty.call(message, "adminPolicies"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.adminPolicies, writer.uint32(74).fork(), _depth + 1).ldelim();
                if (message.workloads != null && $Object.hasOwnProperty.call(message, "workloads"))
                    $root.netpolsim.v1.ObjectColumns.encode(message.workloads, writer.uint32(82).fork(), _depth + 1).ldelim();
                if (message.places != null && $Object.hasOwnProperty.call(message, "places"))
                    writer.uint32(90).bytes(message.places);
                if (message.findings != null && $Object.hasOwnProperty.call(message, "findings"))
                    writer.uint32(96).uint32(message.findings);
                if (message.textCount != null && $Object.hasOwnProperty.call(message, "textCount"))
                    writer.uint32(104).uint32(message.textCount);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            SnapshotContents.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.SnapshotContents();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.texts = reader.bytes();
                            message._texts = "texts";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.textLengths = reader.bytes();
                            message._textLengths = "textLengths";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.values && message.values.length))
                                message.values = [];
                            message.values.push($root.netpolsim.v1.ValueGroup.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.namespaces = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaces);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.pods = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.pods);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.nodes = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.nodes);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.services = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.services);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.networkPolicies = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.networkPolicies);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.adminPolicies = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.adminPolicies);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.workloads = $root.netpolsim.v1.ObjectColumns.decode(reader, reader.size(), $undefined, _depth + 1, message.workloads);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.places = reader.bytes();
                            message._places = "places";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            message.findings = reader.uint32();
                            message._findings = "findings";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            message.textCount = reader.uint32();
                            message._textCount = "textCount";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SnapshotContents;
        })();

        v1.Snapshot = (function() {

            const Snapshot = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            Snapshot.prototype.magic = null;
            Snapshot.prototype.formatVersion = 0;
            Snapshot.prototype.lengthBytes = null;
            Snapshot.prototype.checksum = null;
            Snapshot.prototype.contents = null;

            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Snapshot.prototype, "_magic", {
                get: $util.oneOfGetter($oneOfFields = ["magic"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Snapshot.prototype, "_lengthBytes", {
                get: $util.oneOfGetter($oneOfFields = ["lengthBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Snapshot.prototype, "_checksum", {
                get: $util.oneOfGetter($oneOfFields = ["checksum"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Snapshot.prototype, "_contents", {
                get: $util.oneOfGetter($oneOfFields = ["contents"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            Snapshot.create = function(properties) {
                return new Snapshot(properties);
            };

            Snapshot.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.magic != null && $Object.hasOwnProperty.call(message, "magic"))
                    writer.uint32(10).string(message.magic);
                if (message.formatVersion != null && $Object.hasOwnProperty.call(message, "formatVersion") && message.formatVersion !== 0)
                    writer.uint32(16).uint32(message.formatVersion);
                if (message.lengthBytes != null && $Object.hasOwnProperty.call(message, "lengthBytes"))
                    writer.uint32(25).double(message.lengthBytes);
                if (message.checksum != null && $Object.hasOwnProperty.call(message, "checksum"))
                    writer.uint32(37).fixed32(message.checksum);
                if (message.contents != null && $Object.hasOwnProperty.call(message, "contents"))
                    writer.uint32(42).bytes(message.contents);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            Snapshot.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.netpolsim.v1.Snapshot();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.magic = reader.stringVerify();
                            message._magic = "magic";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.formatVersion = value;
                            else
                                delete message.formatVersion;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.lengthBytes = reader.double();
                            message._lengthBytes = "lengthBytes";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 5)
                                break;
                            message.checksum = reader.fixed32();
                            message._checksum = "checksum";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.contents = reader.bytes();
                            message._contents = "contents";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Snapshot;
        })();

        return v1;
    })();

    return netpolsim;
})();

export {
  $root as default
};
