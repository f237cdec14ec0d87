import type { CheckResult } from '../../events/check-result.ts';
import type { Target } from '../config/document.ts';
import type { CheckSettings } from '../config/target-schemas.ts';
import type { BatchLedger } from '../history/execution-history.ts';

/** What one look at one target showed: a {@link CheckResult} without the frame that every check shares. */
export type Observation = Pick<CheckResult, 'outcome' | 'error' | 'measurements' | 'details'>;

/** A look at one target. It throws only on what is our own fault; what is the target's fault is an observation. */
export type Observe = (target: Target, settings: CheckSettings, scheduledAt: number) => Promise<Observation>;

/** How long the phases of a request took, in milliseconds. A phase that did not happen (no TLS, reused name) is absent. */
export type Timings = Partial<Record<'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs' | 'totalMs', number>>;

/** Why a request brought no whole answer. */
export const httpErrorClasses = [
  'dns',
  'refused',
  'connect-timeout',
  'tls',
  'read-timeout',
  'redirect',
  'too-large',
  'connection',
] as const;

export type HttpAnswer =
  | {
      answered: true;
      status: number;
      body: string;
      timings: Timings;
      /** When the answer was whole, by the clock of the machine that asked. Unknown to a probe without a clock. */
      answeredAt?: number | undefined;
      certificateExpiresAt?: number | undefined;
    }
  | {
      answered: false;
      error: { class: (typeof httpErrorClasses)[number]; message: string };
      timings: Timings;
      /** Known too when the certificate is the reason, as when it has expired. */
      certificateExpiresAt?: number | undefined;
    };

/** GETs a URL once. Never throws for what the network or the server does. */
export interface HttpProbe {
  get(url: string, limits: { timeoutMs: number; maxBytes: number }): Promise<HttpAnswer>;
}

/** Free and total bytes of a volume. */
export interface Room {
  freeBytes: number;
  totalBytes: number;
}

/** The disks of this machine. @throws when the path does not exist */
export interface LocalDisks {
  room(path: string): Promise<Room>;
}

/** A disk as the CloudWatch agent of an instance reports it. @throws when none or several series match, listing them */
export interface AgentDisks {
  room(source: { instanceId: string; path: string; namespace: string }, now: number): Promise<Room>;
}

/** All that checks can look with. A check takes those that it needs. */
export interface Instruments {
  http: HttpProbe;
  ledger: BatchLedger;
  localDisks: LocalDisks;
  agentDisks: AgentDisks;
}
