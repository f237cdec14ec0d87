import type { CheckResult } from '../../events/check-result.ts';
import type { Target } from '../definition/document.ts';
import type { Secrets } from '../definition/secret.ts';
import type { CheckSettings } from '../definition/target-schemas.ts';
import type { BatchLedger, ExecutionHistory } from '../history/execution-history.ts';

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
  'connection',
] as const;

/**
 * Why the body of an answer is not all there: longer than is read, an encoding that we do not know, not what its encoding
 * says, or the stream broke off. Of account only to who wants to read it.
 */
export interface BodyFault {
  class: 'too-large' | 'encoding' | 'corrupt' | 'read-timeout' | 'connection';
  message: string;
}

export type HttpAnswer =
  | {
      answered: true;
      status: number;
      /** As far as it could be read, without a byte order mark. */
      body: string;
      bodyFault?: BodyFault | undefined;
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

/** How a URL is asked. */
export interface HttpAsk {
  /** Until the answer is whole. */
  timeoutMs: number;
  /** How much of the body is read. */
  maxBytes: number;
  /** Redirects that stay on scheme, host and port. @default true */
  followRedirects?: boolean | undefined;
  /** The header of that name. */
  authorization?: string | undefined;
}

/** GETs a URL once. Never throws for what the network or the server does, and always ends within the timeout. */
export interface HttpProbe {
  get(url: string, ask: HttpAsk): Promise<HttpAnswer>;
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
  secrets: Secrets;
  ledger: BatchLedger;
  /** The runs of batch jobs. */
  runs: Pick<ExecutionHistory, 'newestRuns'>;
  localDisks: LocalDisks;
  agentDisks: AgentDisks;
}
