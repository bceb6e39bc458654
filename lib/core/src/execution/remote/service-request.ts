import { catalogued, messageOf } from '../../errors/index.js';
import type { Sent } from './peer.js';

/** What one side asks of a service of the other. */
export interface ServiceRequest {
  readonly service: string;
  readonly member: string;
  /** Absent where it is asked what the member is. */
  readonly args?: readonly unknown[] | undefined;
  /** On whose behalf. */
  readonly call?: string | undefined;
}

/**
 * With arguments as they arrive: an instance of a class is what it holds.
 * @throws `SERVICE_DATA_NOT_CLONEABLE`
 */
export function serviceRequest(request: ServiceRequest): ServiceRequest {
  return request.args === undefined ? request : { ...request, args: cloned(request.args, 'request', request) };
}

/**
 * What a method gives, as it arrives.
 * @throws `SERVICE_DATA_NOT_CLONEABLE`
 */
export function serviceAnswer(answer: unknown, request: ServiceRequest): unknown {
  return cloned(answer, 'answer', request);
}

/** What it stands for that a request or its answer cannot be sent: `error` itself where what is in it is not to blame. */
export function unsendableService(error: unknown, kind: Sent['kind'], { service, member }: ServiceRequest): unknown {
  if (!(error instanceof DOMException) || error.name !== 'DataCloneError') return error;
  const part = kind === 'request' ? 'arguments' : 'result';
  return catalogued('SERVICE_DATA_NOT_CLONEABLE', { service, method: member, part, reason: messageOf(error) }, error);
}

function cloned<Data>(data: Data, kind: Sent['kind'], request: ServiceRequest): Data {
  try {
    return structuredClone(data);
  } catch (error) {
    throw unsendableService(error, kind, request);
  }
}
