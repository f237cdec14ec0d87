import type { HealthSettings } from '../../core/checks/health.ts';
import type { HttpAnswer, Observation } from '../../core/checks/observe.ts';

type Answered = Extract<HttpAnswer, { answered: true }>;
type Body = Readonly<Record<string, unknown>>;
type Details = Observation['details'];
interface Fault {
  class: string;
  message: string;
}

const dayMs = 86_400_000;

/**
 * What an answer says of a service. `ServiceUp` and `ModelLoaded` are two things: a service that answers as expected but
 * has no model is up, so that one fault opens one incident.
 */
export function evaluate(answer: HttpAnswer, settings: HealthSettings, now: number): Observation {
  if (!answer.answered) {
    // Waiting in vain is the slowest answer of all: a limit as high as the timeout is crossed by it.
    const waited = answer.error.class === 'read-timeout' && { ResponseSeconds: settings.timeout + 0.001 };
    const measurements = { ServiceUp: 0, ...waited, ...certificateDays(answer, now) };
    return { outcome: 'failed', error: answer.error, measurements, details: { ...answer.timings } };
  }
  const body = bodyOf(answer);
  const fault = faultOf(answer, body, settings, answer.answeredAt ?? now);
  const loaded = body?.['model_loaded'];
  const modelFault: Fault | undefined =
    loaded === false && settings.expect['model_loaded'] !== false
      ? { class: 'model-not-loaded', message: 'model_loaded is false' }
      : undefined;
  const error = fault ?? modelFault;
  const { totalMs } = answer.timings;
  return {
    outcome: error ? 'failed' : 'ok',
    ...(error && { error }),
    measurements: {
      ServiceUp: fault ? 0 : 1,
      ...(typeof loaded === 'boolean' && { ModelLoaded: loaded ? 1 : 0 }),
      ...(totalMs !== undefined && { ResponseSeconds: totalMs / 1000 }),
      ...certificateDays(answer, now),
    },
    details: { status: answer.status, ...answer.timings, ...bodyDetails(answer, body) },
  };
}

const certificateDays = ({ certificateExpiresAt: end }: HttpAnswer, now: number): Record<string, number> =>
  end === undefined ? {} : { CertificateDaysLeft: Math.floor((end - now) / dayMs) };

/** Why the service does not answer as it should, the model aside; the first of what could be said. */
function faultOf(answer: Answered, body: Body | undefined, settings: HealthSettings, now: number): Fault | undefined {
  const { statusCode, expect, maxClockSkew } = settings;
  const statusHolds = statusCode ? answer.status === statusCode : answer.status >= 200 && answer.status < 300;
  if (!statusHolds) {
    return { class: 'status', message: `status ${answer.status}, expected ${statusCode ?? '200 to 299'}` };
  }
  const expected = Object.entries(expect);
  if (!body) {
    const asksForBody = expected.length > 0 || maxClockSkew !== undefined;
    return asksForBody
      ? { class: 'body-not-json', message: `the body is no JSON object: ${say(answer.body)}` }
      : undefined;
  }
  const wrong = expected.find(([field, value]) => !holds(field, body[field], value));
  if (wrong) {
    const [field, value] = wrong;
    const message = `${field} is ${say(body[field])}, expected ${say(value)}`;
    return { class: field === 'status' ? 'unhealthy' : 'body-wrong', message };
  }
  return maxClockSkew === undefined ? undefined : skewOf(body['timestamp'], maxClockSkew, now);
}

/** A model that is said not to be loaded is told by `ModelLoaded`; one that nothing is said of is a wrong body. */
const holds = (field: string, received: unknown, expected: unknown) =>
  field === 'model_loaded' && expected === true ? typeof received === 'boolean' : received === expected;

function skewOf(timestamp: unknown, maxSeconds: number, now: number): Fault | undefined {
  const at = typeof timestamp === 'string' ? parseMoment(timestamp) : Number.NaN;
  if (Number.isNaN(at))
    return { class: 'body-wrong', message: `timestamp is ${say(timestamp)}, expected an ISO 8601 time` };
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) <= maxSeconds) return undefined;
  const says = `timestamp is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} our clock`;
  return { class: 'clock-skew', message: `${says}, at most ${maxSeconds} s are allowed` };
}

/** A time without an offset is UTC: services seldom say it and seldom mean another. */
const parseMoment = (text: string) => Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);

function bodyOf({ body }: Answered): Body | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Body) : undefined;
  } catch {
    return undefined;
  }
}

/** The plain fields of the body, or its beginning when it is no JSON; bounded, since it is kept for months. */
function bodyDetails({ body: text }: Answered, body: Body | undefined): Details {
  if (!body) return text === '' ? {} : { body: text.slice(0, 200) };
  const plain = Object.entries(body).flatMap(([field, value]): [string, string | number | boolean | null][] => {
    if (typeof value === 'string') return [[field, value.slice(0, 200)]];
    return typeof value === 'number' || typeof value === 'boolean' || value === null ? [[field, value]] : [];
  });
  return { body: Object.fromEntries(plain.slice(0, 20)) };
}

const say = (value: unknown) => {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};
