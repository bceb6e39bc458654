import { delimiter, dirname } from 'node:path';
import { asItIs, HostBroker, systemNames, type BrokerHost } from '#internal/core/execution/broker/broker.js';
import { Turns } from '#internal/core/execution/broker/turns.js';

/** What a test says of whoever it asks the broker for. */
export interface BrokerSetup extends Partial<Omit<BrokerHost, 'permissions'>> {
  readonly net?: readonly string[];
  readonly run?: readonly string[];
  readonly seen?: readonly string[];
}

/** Leads to the Node that runs the tests first. */
export const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);

/** The broker of a plugin that may do what is said, and nothing else. */
export function brokerOf({ net = [], run = [], seen = [], ...host }: BrokerSetup): HostBroker {
  return new HostBroker({ resolve: systemNames, confine: asItIs, onDenied: () => undefined, plugin: 'probe', permissions: { net, run, env: seen }, asked: { net, run, env: seen }, env: { PATH }, cwd: process.cwd(), turns: { programs: new Turns(), fetches: new Turns(), lookups: new Turns() }, limits: {}, signal: new AbortController().signal, ...host });
}
