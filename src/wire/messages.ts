/**
 * The generated protobuf code with its generated types. Everything else here imports messages from this file only.
 */
import type { netpolsim as Types } from './gen/message-types.ts';
import { netpolsim } from './gen/messages.ts';

export const v1: typeof Types.v1 = (netpolsim as unknown as typeof Types).v1;
export type { Types };
