import type { CheckResult } from '../../events/check-result.ts';
import type { Target } from '../definition/document.ts';
import type { Secrets } from '../definition/secret.ts';
import type { CheckSettings } from '../definition/target-schemas.ts';
import type { BatchLedger, ExecutionHistory } from '../history/execution-history.ts';

/** The result of observing one target: a {@link CheckResult} without the fields that every check shares. */
export type Observation = Pick<CheckResult, 'outcome' | 'error' | 'measurements' | 'details'>;

/** Observes one target. It throws only on errors of Tocsin itself; a failure of the target is an observation. */
export type Observe = (target: Target, settings: CheckSettings, scheduledAt: number) => Promise<Observation>;

/** The duration of the phases of a request, in milliseconds. A phase that did not take place (no TLS, no DNS lookup) is absent. */
export type Timings = Partial<Record<'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs' | 'totalMs', number>>;

/** Why a request has no complete response. */
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
 * Why the body of a response is incomplete: it is too large, has an unknown encoding, does not match its encoding, or the
 * stream ended early. Relevant only if the body is needed.
 */
export interface BodyFault {
  class: 'too-large' | 'encoding' | 'corrupt' | 'read-timeout' | 'connection';
  message: string;
}

export type HttpResponse =
  | {
      answered: true;
      status: number;
      /** The part that could be read, without a byte order mark. */
      body: string;
      bodyFault?: BodyFault | undefined;
      timings: Timings;
      /** When the response was complete, by the local clock. Undefined for a probe without a clock. */
      answeredAt?: number | undefined;
      certificateExpiresAt?: number | undefined;
    }
  | {
      answered: false;
      error: { class: (typeof httpErrorClasses)[number]; message: string };
      timings: Timings;
      /** Also set if the certificate is the reason of the failure, for example because it has expired. */
      certificateExpiresAt?: number | undefined;
    };

/** The options of a request. */
export interface HttpRequest {
  /** Until the response is complete. */
  timeoutMs: number;
  /** The maximum number of body bytes to read. */
  maxBytes: number;
  /** Whether to follow redirects to the same scheme, host and port. @default true */
  followRedirects?: boolean | undefined;
  /** The value of the Authorization header. */
  authorization?: string | undefined;
}

/** Sends one GET request. Network and server errors are results, not exceptions. Always ends within the timeout. */
export interface HttpProbe {
  get(url: string, request: HttpRequest): Promise<HttpResponse>;
}

/** Free and total bytes of a volume. */
export interface Room {
  freeBytes: number;
  totalBytes: number;
}

/** The disks of this machine. @throws if the path does not exist */
export interface LocalDisks {
  room(path: string): Promise<Room>;
}

/** A disk as reported by the CloudWatch agent of an instance. @throws if no series or several match; the message lists them */
export interface AgentDisks {
  room(source: { instanceId: string; path: string; namespace: string }, now: number): Promise<Room>;
}

/** The ports that checks use. Each check takes those that it needs. */
export interface Instruments {
  http: HttpProbe;
  secrets: Secrets;
  ledger: BatchLedger;
  /** The runs of batch jobs. */
  runs: Pick<ExecutionHistory, 'newestRuns'>;
  localDisks: LocalDisks;
  agentDisks: AgentDisks;
}
